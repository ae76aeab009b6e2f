/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LAUNCH_H
#define LAB_LAUNCH_H

#include "scenario.h"

/* 0, or -errno with ->culprit; how the machine ended is in result. */
int launch_scenario(const struct scenario *scenario,
		    const struct scenario_options *options,
		    struct vm_result *result, char culprit[4096]);

#endif
