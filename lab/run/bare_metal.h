/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_BARE_METAL_H
#define LAB_BARE_METAL_H

#include "cell.h"

/*
 * One boot of a cell whose guest is bare metal, which makes one recording and
 * switches its machine off: natively and without a dom0 as many machines as
 * there are recordings, each in a directory of its own; with a dom0 one
 * machine, where that creates one domain after the other.
 */
void bare_metal_boot(const struct plan_cell *cell, int boot,
		     const struct cell_inputs *inputs, const char *out,
		     struct cell_outcome *outcome);

#endif
