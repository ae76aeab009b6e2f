/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DEMO_H
#define LAB_DEMO_H

#include <stddef.h>

#include "parts.h"
#include "vm.h"

/* What the demo was told, and what became of each of its scenarios. */
struct demo {
	const char *out;		/* build/demo */
	const char *parts_dir;
	const char *init, *module;	/* for the guests */
	const char *guest_reader, *reader;
	int at_a_time;
	struct parts parts;
	struct demo_outcome {
		int error;		/* -ECHILD: its process did not end well */
		char culprit[4096];
		struct vm_result vm;
	} *outcomes;			/* shared with the children */
};

struct demo_scenario {
	const char *name, *cpus;
};

extern const struct demo_scenario demo_scenarios[];
size_t demo_count(void);

/* demo_table.c: forget the results of an earlier demo. */
void demo_forget(const struct demo *demo);

/* demo_table.c: import, compare, print what it means. 0, or 1 after a line on
 * stderr. */
int demo_table(const struct demo *demo);

#endif
