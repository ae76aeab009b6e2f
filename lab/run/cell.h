/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CELL_H
#define LAB_CELL_H

#include "lab/image/parts.h"
#include "lab/plan/plan.h"
#include "lab/image/recipe.h"
#include "lab/machine/vm.h"

/* What every cell is run with. */
struct cell_inputs {
	const char *parts_dir;
	const char *init, *module;		/* for the guests */
	const char *modules_dir;		/* other kernels: KERNEL/xlat.ko */
	const char *guest_reader, *reader;
	const char *bare_metal;			/* build/guest/xlat-guest */
	const char *arinc653;			/* build/bin/lab-arinc653 */
	const char *xen_dir;			/* build/xen: NAME/xen */
	int tries;
	struct parts parts;
	struct hash *tell;	/* cell_tell() only: see scenario_options */
};

#define CELL_INPUTS { \
	.parts_dir = "build/parts", .init = "build/bin/lab-init", \
	.module = "build/bin/arm64/xlat.ko", .modules_dir = "build/bin", \
	.guest_reader = "build/bin/arm64/xlat-read", \
	.reader = "build/bin/xlat-read", \
	.bare_metal = "build/guest/xlat-guest", .xen_dir = "build/xen", \
	.arinc653 = "build/bin/lab-arinc653", \
}


/* What became of one boot of one cell. */
struct cell_outcome {
	int error;		/* -errno: its machine was not started */
	char culprit[4096];
	char why[256];		/* not "": it failed, and this is why */
	struct vm_result vm;
	double cpu_seconds;	/* of this machine's processor */
};

/* Is all there that it needs? What is not, and how to get it, in why. */
bool cell_can_run(const struct plan_cell *cell,
		  const struct cell_inputs *inputs, char why[256]);

/* Whose tools it needs: "debian-4.20" and "4.20-debug" are of 4.20. */
bool cell_is_xen_4_20(const struct plan_cell *cell);

/* The hypervisor's file: "" natively. */
void cell_hypervisor(const struct plan_cell *cell,
		     const struct cell_inputs *inputs, char path[4096]);

/* The module for its kernel. */
void cell_module(const struct plan_cell *cell,
		 const struct cell_inputs *inputs, char path[4096]);

/* The parts that it takes: another Xen, with its tools, or another Linux. 0 or
 * -errno. */
int cell_parts(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct parts *parts);

/* What a dom0 beside the measured domain does and has of its own. */
void cell_dom0(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct recipe *dom0);

#endif
