/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CPUPOOL_H
#define LAB_CPUPOOL_H

#include <stdbool.h>

#include "lab/plan/settings.h"
#include "text.h"

/*
 * ARINC653 runs on one pCPU and runs only vCPUs that have a slot. So the
 * measured domain is in a separate cpupool; dom0 keeps credit2 and the other
 * pCPUs.
 */
bool cpupool_is_wanted(const struct settings *settings);

/* Add lines to dom0's job that make the cpupool with its schedule. */
void cpupool_make(struct text *job, const struct settings *settings, int cpu);

/*
 * Additional lines for the configuration of the busy domain or of a measured
 * domain, or "". They set the UUID, because schedules name domains by UUID.
 */
const char *cpupool_config(const struct settings *settings, bool busy);

#endif
