/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOM0_JOB_H
#define LAB_DOM0_JOB_H

#include <stddef.h>

#include "scenario.h"

/* What the launcher wants of dom0, in addition. */
struct dom0_wishes {
	const char *job;	/* lines, run before a domain is measured, or "" */
	bool host;		/* record dom0's environment for each domain */
};

/*
 * The job of dom0. It creates the measured domain, and a busy domain if the
 * settings request one. It pins the vCPUs, does what the launcher wants,
 * unpauses the domains, and sleeps until the measured domain has reported its
 * result. Bare-metal domains are created one after the other, each after the
 * previous one is gone. Functions return 0 or -E2BIG.
 */
int dom0_job(char *text, size_t size, const struct scenario *scenario,
	     const struct recipe_domain *bare,
	     const struct dom0_wishes *wishes);

/* The file with dom0's environment when it was about to unpause a domain. */
enum { DOM0_JOB_NAME = 80 };
void dom0_job_host_file(char name[DOM0_JOB_NAME], const char *domain);

/* The lines before the job of a dom0 that is itself measured. */
int dom0_job_alone(char *text, size_t size, const struct scenario *scenario);

/* Is each vCPU pinned, because of the settings or because of a busy domain? */
bool dom0_job_is_pinned(const struct scenario *scenario);

/*
 * The pCPU of a vCPU of the measured domU, of the measured vCPU, and of the
 * busy domain's vCPU. A vCPU of dom0 is on the pCPU of the same number.
 */
int dom0_job_cpu(const struct scenario *scenario, int vcpu);
int dom0_job_measured_cpu(const struct scenario *scenario);
int dom0_job_busy_cpu(const struct scenario *scenario);

#endif
