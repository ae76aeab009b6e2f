/* SPDX-License-Identifier: GPL-2.0 */
/* Collects the recordings of a boot as files in its directory. */
#ifndef LAB_CELL_COLLECT_H
#define LAB_CELL_COLLECT_H

#include "lab/plan/plan.h"

/**
 * cell_collect() - import the recordings from consoles, and check that every
 * recording of the boot is present
 * @out: directory of the boot
 * @why: set to what is missing or damaged
 *
 * Return: 0 or -1.
 */
int cell_collect(const struct plan_cell *cell, const char *out, char why[256]);

#endif
