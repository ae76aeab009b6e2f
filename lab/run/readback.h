/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_READBACK_H
#define LAB_READBACK_H

#include "cell.h"
#include "readback_domains.h"

/*
 * Facts that the running system reported, from the directory of a boot. An
 * unknown fact is "".
 */
struct readback {
	char xen_version[128];
	char xen_build[256];		/* build id, compiler, date */
	char xen_commandline[1024];
	char scheduler[64];		/* in the measured domain's cpupool */
	char schedule[512];		/* of ARINC653, with UUIDs as names */
	char pinning[256];		/* "Domain-0/0:0 domu/0:2", hard affinity */
	char debug[8];			/* "y", "n" */
	char kernel[256];		/* or the bare-metal guest's name */
	char qemu[256];
	char differs[READBACK_DIFFERS];	/* see readback_domains() */
	char mechanism[64];		/* of the physical timer's interrupt */
};

void readback_read(struct readback *r, const struct plan_cell *cell,
		   const struct cell_inputs *inputs, const char *out);

/* Is it as the cell requests? If not, why says what differs. */
bool readback_agrees(const struct readback *r, const struct plan_cell *cell,
		     char why[256]);

#endif
