/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DEMO_JOB_H
#define LAB_DEMO_JOB_H

#include <stddef.h>

#include "scenario.h"

/* Both sources of every scenario, in the order of recording. */
extern const char *const demo_sources[];	/* ends with NULL */

/*
 * The job of the guest that is measured: load the module; when everybody else
 * has slept for 2 s, record each source on those CPUs; a domU, which has
 * nothing but a console, sends its recordings there as text.
 * Returns 0, or -ENOSPC.
 */
int demo_job(char *text, size_t size, const struct scenario *scenario,
	     const char *cpus, const char *emulator);

/* What dom0 does before it lets its domU go: describe the host. */
extern const char demo_dom0_job[];

#endif
