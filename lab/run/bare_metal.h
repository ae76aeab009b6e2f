/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_BARE_METAL_H
#define LAB_BARE_METAL_H

#include "cell.h"

/*
 * Run one boot of a cell whose guest is bare metal. The guest makes one
 * recording and then switches its machine off. Natively and without a dom0,
 * each recording has a separate machine and directory. With a dom0 there is one
 * machine, and dom0 creates one domain after the other.
 */
void bare_metal_boot(const struct plan_cell *cell, int boot,
		     const struct cell_inputs *inputs, const char *out,
		     struct cell_outcome *outcome);

#endif
