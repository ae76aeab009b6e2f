/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DEMO_H
#define LAB_DEMO_H

#include <stddef.h>

#include "lab/run/cell.h"

/* What the demo was told, and what became of each of its cells. */
struct demo {
	const char *out;		/* build/demo */
	const char *matrix;		/* lab/matrix/demo.cfg */
	struct cell_inputs inputs;
	int at_a_time;
	struct plan plan;
	size_t *order;			/* of starting */
	struct cell_outcome *outcomes;	/* shared with the children */
};

/* demo_table.c: forget the results of an earlier demo. */
void demo_forget(const struct demo *demo);

/* demo_table.c: import, compare, print what it means. 0, or 1 after a line on
 * stderr. */
int demo_table(const struct demo *demo);

#endif
