/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XEN_RING_H
#define LAB_XEN_RING_H

/*
 * Without a dom0 there is no "xl dmesg". Xen prints its command line before it has
 * a serial port, so only its console ring holds it. The debug key 'w' prints that
 * ring. It is pressed after the domain is gone, because input before that would
 * disturb the measurement.
 */
#define XEN_RING_OPTIONS "conswitch=ax conring_size=32M"
#define XEN_RING_FILE "xen-ring.log"

/* The keys that xen_ring_ask() presses. */
extern const char xen_ring_keys[];

/* Press the key: write it to keys, a pipe. Wait until Xen has printed its
 * command line, for a minute at most, or until the reader of keys is gone. */
void xen_ring_ask(int keys, const char *console, long from);

/* The file console has Xen's answer at the offset from. Move the answer to the
 * file XEN_RING_FILE in the directory out. */
void xen_ring_split(const char *console, long from, const char *out);

#endif
