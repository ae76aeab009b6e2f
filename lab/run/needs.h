/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_NEEDS_H
#define LAB_NEEDS_H

#include <stdio.h>

#include "lab/plan/plan.h"

/*
 * Print the make targets that the cells of a plan need in addition to those
 * that every cell needs, for example "guest", "parts-trixie", "xen-4.17-debug".
 * If only is not NULL, look at the cell with this name alone. Each target is
 * printed once, on one line, in the order in which they must be made. The
 * target of a user's hypervisor (build/xen/mine/xen) is "xen-mine". Returns 0
 * or -ENOMEM.
 */
int needs_print(const struct plan *plan, const char *only, FILE *out);

#endif
