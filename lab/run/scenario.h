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
 * A set-up that can be started: a machine, a hypervisor with its options, and
 * the guest that is measured. It follows from settings. The names below stand
 * for frequently used settings.
 */
struct scenario {
	char name[96];
	const char *what;
	struct settings settings;
	enum vm_machine machine;
	bool domu;		/* a domU does the job; dom0 creates it */
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

/* Return 0, or -errno if there is no such name or the options are too long. */
int scenario_find(struct scenario *scenario, const char *name);
int scenario_make(struct scenario *scenario, const char *name,
		  const struct settings *settings);

struct scenario_options {
	struct parts parts;
	struct recipe recipe;		/* of the measured guest */
	struct recipe dom0;		/* of dom0, if the guest is a domU */
	/* bare-metal guests that are measured one after the other instead of
	 * ->recipe (natively only the first), up to a NULL name; or NULL */
	const struct recipe_domain *bare;
	bool host;			/* dom0 records its environment for
					 * each measured domain */
	const char *bare_metal;		/* the guest of the busy domain */
	const char *out;		/* must exist */
	const char *append, *xen_append;	/* more options, or NULL */
	bool icount;
	int cpus;			/* 0 means 4 */
	int memory_mb;			/* 0 means the scenario's */
	int gic;			/* 0 means the machine's default */
	const char *dtb;		/* NULL: the machine's or dom0less's */
	const char *trace;		/* file for a trace; NULL: none */
	const char *tracer;		/* QEMU's plugin that writes it */
	int limit_s, stall_s;
	int tries;			/* 0 means VM_TRIES */
	struct hash *hash;		/* not NULL: write and run nothing, but
					 * add to it what would be used */
};

#endif
