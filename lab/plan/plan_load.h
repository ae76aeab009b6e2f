/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_LOAD_H
#define LAB_PLAN_LOAD_H

#include "plan.h"

/* A plan from a file, complaints on stderr. 0; 1: it cannot be read; 2: it is
 * wrong. */
int plan_load(struct plan *plan, const char *path);

/* Roughly how long a boot of it takes, in seconds of an idle host. */
double plan_cost(const struct plan_cell *cell);

/*
 * The cells' numbers in the order of starting: the longest first, so that
 * lanes end at about the same time. NULL: no memory.
 */
size_t *plan_order(const struct plan *plan);

#endif
