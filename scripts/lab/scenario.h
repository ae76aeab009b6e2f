/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SCENARIO_H
#define LAB_SCENARIO_H

#include <stdbool.h>

#include "parts.h"
#include "recipe.h"
#include "vm.h"

/*
 * A named set-up: a machine, a hypervisor with its options, and which guest
 * does the work. scenario_run() makes the images, runs it and leaves
 * everything in its output directory.
 */
struct scenario {
	const char *name;
	const char *what;
	enum vm_machine machine;
	bool domu;		/* the job is a domU's; dom0's creates it */
	unsigned int memory_mb;
	const char *append;
	const char *xen_append;
};

extern const struct scenario scenarios[];	/* ends with a NULL name */

const struct scenario *scenario_find(const char *name);

struct scenario_options {
	struct parts parts;
	struct recipe recipe;		/* of the guest that does the work */
	struct recipe dom0;		/* of its dom0, where there is a domU */
	const char *bare;		/* the bare-metal guest, measured alone */
	const char *out;		/* must exist */
	const char *append, *xen_append;	/* more options, or NULL */
	bool icount;
	int cpus;			/* 0: 4 */
	int gic;			/* 0: the machine's */
	int limit_s, stall_s;
};

/* 0, or -errno with ->culprit; how the machine ended is in result. */
int scenario_run(const struct scenario *scenario,
		 const struct scenario_options *options,
		 struct vm_result *result, char culprit[4096]);

#endif
