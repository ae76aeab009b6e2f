/* SPDX-License-Identifier: GPL-2.0 */
/* Fixture for tests of INFO on a fake Arm machine. */
#ifndef INFO_NOW_H
#define INFO_NOW_H

#include "kernel.h"
#include "kmod/clock_rate.h"
#include "kmod/env.h"
#include "kmod/source.h"

/* Measures the rate as when the module is loaded; no read is slow meanwhile. */
static inline void measure_rate(void)
{
	unsigned int stall_every = machine.stall_every;

	machine.stall_every = 0;
	xlat_rate_init();
	xlat_rate_exit();
	machine.stall_every = stall_every;
	machine.reads = 0;
}

static inline struct xlat_info info_now(void)
{
	struct xlat_info info = { 0 };

	measure_rate();
	xlat_env_info(&info, false);
	return info;
}

#endif
