/* SPDX-License-Identifier: MIT */
/* Fixture for tests of hostenv: what the module tells about a machine. */
#ifndef XLAT_MODULE_INFO_H
#define XLAT_MODULE_INFO_H

#include <uapi/xlat.h>

/* At EL1: Linux's tick uses the virtual timer; INTIDs as on a real board. */
static inline struct xlat_info info_of(unsigned int hypervisor, uint64_t control)
{
	return (struct xlat_info) {
		.hypervisor = hypervisor,
		.exception_level = 1,
		.answers = {
			.asked = XLAT_ASKED_NODE | XLAT_ASKED_SMCCC,
			.conduit = XLAT_CONDUIT_HVC,
		},
		.source_count = 3,
		.source = {
			{ .source = XLAT_SOURCE_HRTIMER },
			{ .source = XLAT_SOURCE_PHYS, .intid = 21,
			  .state = XLAT_SOURCE_FREE, .clock_read_ticks = 1800,
			  .control_read_ticks = control },
			{ .source = XLAT_SOURCE_VIRT, .intid = 20,
			  .state = XLAT_SOURCE_OWNED, .owner = "arch_timer",
			  .clock_read_ticks = 1800,
			  .control_read_ticks = 1800 },
		},
	};
}

#endif
