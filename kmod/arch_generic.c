// SPDX-License-Identifier: GPL-2.0
/*
 * Any other 64-bit architecture: hrtimer works, the core clock is unknown, and
 * nobody is asked for a hypervisor.
 */
#include <uapi/xlat.h>

#include "arch.h"
#include "source.h"

const struct xlat_source * const xlat_arch_sources[] = { NULL };

u64 xlat_arch_loop(u32 turns)
{
	return 0;
}

void xlat_arch_counters(u64 *cntpct, u64 *cntvct)
{
	*cntpct = 0;
	*cntvct = 0;
}

void xlat_arch_info(struct xlat_info *info)
{
}

void xlat_arch_ask(struct xlat_answers *answers)
{
}
