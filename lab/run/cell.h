/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CELL_H
#define LAB_CELL_H

#include "lab/image/parts.h"
#include "lab/plan/plan.h"
#include "lab/image/recipe.h"
#include "lab/machine/vm.h"

/* The files that every cell needs. */
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
	struct hash *hash;	/* set by cell_hash(): see scenario_options */
};

#define CELL_INPUTS { \
	.parts_dir = "build/parts", .init = "build/bin/lab-init", \
	.module = "build/bin/arm64/xlat.ko", .modules_dir = "build/bin", \
	.guest_reader = "build/bin/arm64/xlat-read", \
	.reader = "build/bin/xlat-read", \
	.bare_metal = "build/guest/xlat-guest", .xen_dir = "build/xen", \
	.arinc653 = "build/bin/lab-arinc653", \
}


/* The result of one boot of one cell. */
struct cell_outcome {
	int error;		/* -errno if its machine was not started */
	char culprit[4096];
	char why[256];		/* why the boot failed, or "" */
	struct vm_result vm;
	double cpu_seconds;	/* processor time of the host */
};

/*
 * Is everything present that the cell needs? If not, why says what is missing
 * and how to get it.
 */
bool cell_can_run(const struct plan_cell *cell,
		  const struct cell_inputs *inputs, char why[256]);

/* Does it need the tools of Xen 4.20, as "debian-4.20" and "4.20-debug" do? */
bool cell_is_xen_4_20(const struct plan_cell *cell);

/* Path of the module for the kernel of the cell. */
void cell_module(const struct plan_cell *cell,
		 const struct cell_inputs *inputs, char path[4096]);

/*
 * The parts of the cell, which may include a different Xen with its tools, or a
 * different Linux. Call parts_free() even after an error. Returns 0 or -errno.
 */
int cell_parts(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct parts *parts);

/* The files of dom0 if another domain is measured. */
void cell_dom0(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct recipe *dom0);

#endif
