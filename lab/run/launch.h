/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LAUNCH_H
#define LAB_LAUNCH_H

#include "scenario.h"

/*
 * Start the machine of a scenario and wait until it ends; result says how it
 * ended. Returns 0, or -errno with the file that failed in culprit.
 */
int launch_scenario(const struct scenario *scenario,
		    const struct scenario_options *options,
		    struct vm_result *result, char culprit[4096]);

#endif
