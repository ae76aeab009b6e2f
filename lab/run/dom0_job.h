/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOM0_JOB_H
#define LAB_DOM0_JOB_H

#include <stddef.h>

#include "scenario.h"

/*
 * What dom0 does: create the measured domain, and a busy one where settings
 * want it; pin and read back; the caller's own lines; let them go; sleep until
 * the measured one has said how it went. Bare-metal ones are created one after
 * the other, each when its forerunner is gone. Functions return 0 or -E2BIG.
 */
int dom0_job(char *text, size_t size, const struct scenario *scenario,
	     const struct recipe_domain *bare, const char *own);

/* Where dom0 itself is measured: what comes before its own job. */
int dom0_job_alone(char *text, size_t size, const struct scenario *scenario);

/* Has each vCPU its place: pinned, or beside a busy domain? */
bool dom0_job_is_pinned(const struct scenario *scenario);

/* The pCPU of a measured domU's vCPU, of the measured one, and of the busy
 * domain's; dom0's own have those of their numbers. */
int dom0_job_cpu(const struct scenario *scenario, int vcpu);
int dom0_job_measured_cpu(const struct scenario *scenario);
int dom0_job_busy_cpu(const struct scenario *scenario);

#endif
