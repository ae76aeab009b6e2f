/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_READBACK_H
#define LAB_READBACK_H

#include "cell.h"
#include "readback_domains.h"

/*
 * What the running system said of itself, from a boot's directory. What is
 * not known is empty.
 */
struct readback {
	char xen_version[128];
	char xen_build[256];		/* build id, compiler, date */
	char xen_commandline[1024];
	char scheduler[64];		/* of the measured domain's cpupool */
	char schedule[512];		/* of ARINC653, UUIDs for names */
	char pinning[256];		/* "Domain-0/0:0 domu/0:2", hard affinity */
	char debug[8];			/* "y", "n" */
	char kernel[256];		/* or the bare-metal guest's name */
	char qemu[256];
	char differs[READBACK_DIFFERS];	/* of what was asked for domains */
	char mechanism[64];		/* of the physical timer's interrupt */
};

void readback_read(struct readback *r, const struct plan_cell *cell,
		   const struct cell_inputs *inputs, const char *out);

/* Is it what was asked for? If not, what differs in why. */
bool readback_agrees(const struct readback *r, const struct plan_cell *cell,
		     char why[256]);

#endif
