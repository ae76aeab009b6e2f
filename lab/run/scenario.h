/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SCENARIO_H
#define LAB_SCENARIO_H

#include <stdbool.h>

#include "lab/image/hash.h"
#include "lab/image/parts.h"
#include "lab/image/recipe.h"
#include "lab/plan/settings.h"
#include "lab/machine/vm.h"

/*
 * A set-up as it is started: a machine, a hypervisor with its options, and
 * which guest does the work. It follows from settings; the names below stand
 * for some of those that are used again and again.
 */
struct scenario {
	char name[96];
	const char *what;
	struct settings settings;
	enum vm_machine machine;
	bool domu;		/* the job is a domU's; dom0's creates it */
	unsigned int memory_mb;
	int icount_shift;
	char append[1024];
	char xen_append[1024];
};

struct scenario_name {
	const char *name, *what;
	const char *settings;	/* "machine=xen domain=domu ..." */
};

extern const struct scenario_name scenario_names[];	/* ends with NULL */

/* 0, or -errno: no such name, or options that are too long. */
int scenario_find(struct scenario *scenario, const char *name);
int scenario_make(struct scenario *scenario, const char *name,
		  const struct settings *settings);

struct scenario_options {
	struct parts parts;
	struct recipe recipe;		/* of the guest that does the work */
	struct recipe dom0;		/* of its dom0, where there is a domU */
	/* measured one after the other, in place of ->recipe (natively the
	 * first only), until a NULL name; or NULL */
	const struct recipe_domain *bare;
	const char *bare_metal;		/* that guest, where something competes */
	const char *out;		/* must exist */
	const char *append, *xen_append;	/* more options, or NULL */
	bool icount;
	int cpus;			/* 0: 4 */
	int gic;			/* 0: the machine's */
	const char *dtb;		/* NULL: the machine's, or dom0less's */
	int limit_s, stall_s;
	int tries;			/* 0: VM_TRIES */
	struct hash *tell;		/* or NULL: nothing is written or run, it
					 * takes all that would be */
};

#endif
