/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XEN_RING_H
#define LAB_XEN_RING_H

/*
 * Without a dom0 there is no "xl dmesg". Xen prints its command line before it
 * has a serial port; it is in its console ring, which the debug key 'w' puts
 * out. Asked for when the domain is gone: no input before that.
 */
#define XEN_RING_OPTIONS "conswitch=ax conring_size=32M"
#define XEN_RING_FILE "xen-ring.log"

/* The keys that it presses. */
extern const char xen_ring_keys[];

/* Press the key; wait until the command line is there, a minute at most, or
 * until nobody reads that pipe any more. */
void xen_ring_ask(int keys, const char *console, long from);

/* Move what the console has since then into that file beside it. */
void xen_ring_split(const char *console, long from, const char *out);

#endif
