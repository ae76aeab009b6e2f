/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CELL_BOOT_H
#define LAB_CELL_BOOT_H

#include "cell.h"

/* Boot it once, into that directory; boots count from 1. */
void cell_boot(const struct plan_cell *cell, int boot,
	       const struct cell_inputs *inputs, const char *out,
	       struct cell_outcome *outcome);

/* Boot nothing: add all that would be started, by content, to hash, with neither
 * the cell's name nor one of the host's. 0, or -errno with culprit. */
int cell_tell(const struct plan_cell *cell, int boot,
	      const struct cell_inputs *inputs, struct hash *hash,
	      char culprit[4096]);

#endif
