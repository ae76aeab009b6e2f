/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CELL_BOOT_H
#define LAB_CELL_BOOT_H

#include "cell.h"

/* Boot the cell once; the results go to the directory out. boot is from 1. */
void cell_boot(const struct plan_cell *cell, int boot,
	       const struct cell_inputs *inputs, const char *out,
	       struct cell_outcome *outcome);

/*
 * Boot nothing, but add to hash the contents of everything that a boot would
 * start. Neither the name of the cell nor a path of the host is added. Returns
 * 0, or -errno with the file that failed in culprit.
 */
int cell_hash(const struct plan_cell *cell, int boot,
	      const struct cell_inputs *inputs, struct hash *hash,
	      char culprit[4096]);

#endif
