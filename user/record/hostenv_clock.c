// SPDX-License-Identifier: MIT
/* The environment document: properties of the kernel's clocks. */
#include <sys/timex.h>
#include <time.h>

#include "hostenv.h"

/* struct timex.tick: nominal length of a tick of USER_HZ, in microseconds */
#define TICK_US		10000
/* struct timex.freq: parts per million, with 16 fraction bits */
#define PPM		65536.0

/* 1 ns with high-resolution timers, else the length of the kernel's tick. */
static json_int_t resolution_ns(void)
{
	struct timespec resolution;

	if (clock_getres(CLOCK_MONOTONIC, &resolution))
		return 0;
	return (json_int_t)resolution.tv_sec * 1000000000 + resolution.tv_nsec;
}

/* How much NTP slews CLOCK_MONOTONIC; without modes, adjtimex() only reads. */
static json_t *slew_ppm(void)
{
	struct timex now = { .modes = 0 };

	if (adjtimex(&now) < 0)
		return json_string("unknown");
	return json_real((double)now.freq / PPM +
			 (double)(now.tick - TICK_US) * 1e6 / TICK_US);
}

json_t *hostenv_clock(void)
{
	return json_pack("{s:I, s:o}", "resolution_ns", resolution_ns(),
			 "slew_ppm", slew_ppm());
}

static const char *claim_name(uint32_t claim)
{
	static const char *const names[] = {
		[XLAT_RATE_DEVICE_TREE]	= "device tree",
		[XLAT_RATE_CNTFRQ]	= "CNTFRQ",
		[XLAT_RATE_NO_CLAIM]	= "none",
	};

	return claim < sizeof(names) / sizeof(names[0]) && names[claim] ?
	       names[claim] : "unknown";
}

json_t *hostenv_rate(const struct xlat_info *info)
{
	json_t *list = json_array();

	for (int i = 0; i < XLAT_CNTFRQ_MAX && info->cntfrq[i].cpus; i++)
		json_array_append_new(list, json_pack("{s:I, s:I, s:I}",
			"hz", (json_int_t)info->cntfrq[i].hz,
			"cpus", (json_int_t)info->cntfrq[i].cpus,
			"first_cpu", (json_int_t)info->cntfrq[i].first_cpu));
	return json_pack("{s:I, s:s, s:o}",
			 "measured_hz", (json_int_t)info->measured_hz,
			 "claim", claim_name(info->rate_claim),
			 "cntfrq", list);
}
