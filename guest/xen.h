/* SPDX-License-Identifier: MIT */
/*
 * What a guest may ask of Xen on Arm: the public headers arch-arm.h, xen.h,
 * version.h, hvm/hvm_op.h, event_channel.h, sched.h and io/console.h. All of it
 * is answered by a release build.
 */
#ifndef GUEST_XEN_H
#define GUEST_XEN_H

#include <stdbool.h>
#include <stdint.h>

#include "console.h"
#include "text.h"

/** xen_find() - @hypervisor: enum xlat_hypervisor; before all others */
void xen_find(uint32_t hypervisor);

/** xen_version() - "4.17.4-pre" into @text; nothing where it is not Xen */
void xen_version(struct text *text);

/** xen_uuid() - the domain's handle, likewise */
void xen_uuid(struct text *text);

/** xen_console_find() - the console ring that xl gives a domain, or NULL */
const struct console *xen_console_find(void);

#endif /* GUEST_XEN_H */
