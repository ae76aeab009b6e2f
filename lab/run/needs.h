/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_NEEDS_H
#define LAB_NEEDS_H

#include <stdio.h>

#include "lab/plan/plan.h"

/*
 * What make has to provide before the cells of a plan, or that one only (NULL:
 * all), can be run, besides what every cell takes: the names of its targets
 * ("guest", "parts-trixie", "xen-4.17-debug"), a line each, each once, in the
 * order to make them in. A hypervisor of the user's own (build/xen/mine/xen)
 * is "xen-mine", too. Returns 0 or -ENOMEM.
 */
int needs_print(const struct plan *plan, const char *only, FILE *out);

#endif
