// SPDX-License-Identifier: MIT
#include <uapi/xlat.h>

#include "names.h"

const char *names_source(uint32_t source)
{
	static const char * const names[] = {
		[XLAT_SOURCE_HRTIMER]	= "hrtimer",
		[XLAT_SOURCE_PHYS]	= "phys",
		[XLAT_SOURCE_VIRT]	= "virt",
	};

	return source < sizeof(names) / sizeof(*names) ? names[source] : "unknown";
}

const char *names_stage(uint32_t stage)
{
	return stage == XLAT_STAGE_T1 ? "T1" :
	       stage == XLAT_STAGE_T2 ? "T2" : "unknown";
}

const char *names_phase(uint32_t mode)
{
	return mode == XLAT_PHASE_STAGGERED ? "staggered" :
	       mode == XLAT_PHASE_ALIGNED ? "aligned" :
	       mode == XLAT_PHASE_RANDOM ? "random" : "unknown";
}

const char *names_idle(uint32_t policy)
{
	return policy == XLAT_IDLE_SHALLOW ? "shallow" :
	       policy == XLAT_IDLE_KEEP ? "keep" : "unknown";
}

const char *names_end(uint32_t end)
{
	static const char * const names[] = {
		[XLAT_END_NONE]		= "unknown",
		[XLAT_END_STOP]		= "stopped",
		[XLAT_END_LIMIT]	= "limit reached",
		[XLAT_END_OFFLINE]	= "the CPU was taken offline",
		[XLAT_END_SHARE]	= "the module stopped it to protect the machine: the handler took too much of the CPU",
		[XLAT_END_MISSED]	= "the module stopped it to protect the machine: too many samples with missed points",
		[XLAT_END_SUSPEND]	= "the machine was about to suspend",
	};

	return end < sizeof(names) / sizeof(*names) ? names[end] : "unknown";
}

int names_end_is_early(uint32_t end)
{
	return end != XLAT_END_STOP && end != XLAT_END_LIMIT;
}
