/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DEMO_H
#define LAB_DEMO_H

#include <stdio.h>

#include "user/data/report.h"

/*
 * Print the published table: a block for each source, a row for each run, and
 * the figures of 2017 below them. Runs of one source follow one another; the
 * first of each is what the others are compared with. labels: one for each row
 * of the comparison. It fits 80 columns.
 */
void demo_table(FILE *out, const struct comparison *comparison,
		const char *const labels[]);

#endif
