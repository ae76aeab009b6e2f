/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CELL_COLLECT_H
#define LAB_CELL_COLLECT_H

#include "cell.h"

/*
 * Make the recordings of a boot files in its directory: those that came over
 * a console are imported; log takes what the reader says, NULL: the terminal.
 * Returns 0, or what failed in why.
 */
int cell_collect(const struct plan_cell *cell,
		 const struct cell_inputs *inputs, const char *out,
		 const char *log, char why[256]);

#endif
