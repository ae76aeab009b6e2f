/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DEMO_H
#define LAB_DEMO_H

#include <stdio.h>

#include "user/data/report.h"

/*
 * Print the published table: a block for each source, a row for each run, and
 * the figures of 2017 below them. The runs of one source must be consecutive; the
 * first of them is the baseline of the others. labels: one for each row of the
 * comparison. The table fits 80 columns.
 */
void demo_table(FILE *out, const struct comparison *comparison,
		const char *const labels[]);

#endif
