/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_LOAD_H
#define LAB_PLAN_LOAD_H

#include "plan.h"

/*
 * Load a plan from a file; errors go to stderr. Returns 0, 1 if the file cannot
 * be read, or 2 if its contents are wrong.
 */
int plan_load(struct plan *plan, const char *path);

/* Estimated time of one boot of a cell, in seconds on an idle host. */
double plan_cost(const struct plan_cell *cell);

/*
 * The numbers of the cells in the order in which they are started. The longest
 * cells are first, so that parallel lanes end at about the same time. The
 * caller frees the array. Returns NULL if there is no memory.
 */
size_t *plan_order(const struct plan *plan);

#endif
