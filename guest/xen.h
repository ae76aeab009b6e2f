/* SPDX-License-Identifier: MIT */
/*
 * Hypercalls of a Xen guest on Arm. They are defined in Xen's public headers
 * arch-arm.h, xen.h, version.h, hvm/hvm_op.h, event_channel.h, sched.h and
 * io/console.h. A release build of Xen answers all of them.
 */
#ifndef GUEST_XEN_H
#define GUEST_XEN_H

#include <stdbool.h>
#include <stdint.h>

#include "console.h"
#include "text.h"

/** xen_find() - call it first; @hypervisor: enum xlat_hypervisor, is it Xen? */
void xen_find(uint32_t hypervisor);

/** xen_version() - append "4.17.4-pre" to @text, or nothing without Xen */
void xen_version(struct text *text);

/** xen_uuid() - append the domain's handle to @text, or nothing without Xen */
void xen_uuid(struct text *text);

/** xen_console_find() - the console ring that xl gives a domain; NULL: none */
const struct console *xen_console_find(void);

#endif /* GUEST_XEN_H */
