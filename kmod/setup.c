// SPDX-License-Identifier: GPL-2.0
/*
 * Checks the values of XLAT_IOC_SETUP, fills in defaults, and computes grid and
 * memory layout from them.
 */
#include <linux/errno.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/time64.h>
#include <uapi/xlat.h>

#include "setup.h"

/* A counter slower than 1.6 MHz can't place a grid of 10 us. */
#define PERIOD_MIN_TICKS	16
/* 10 s in ns * Hz must fit into 64 bits. Arm's counters have 1 GHz at most. */
#define HZ_MAX			1800000000ULL

u64 xlat_setup_ticks(u64 ns, u64 hz)
{
	return div64_u64(ns * hz, NSEC_PER_SEC);
}

u64 xlat_setup_late_offset(void)
{
	return PAGE_ALIGN(sizeof(struct xlat_map));
}

u64 xlat_setup_early_offset(void)
{
	return xlat_setup_late_offset() + PAGE_ALIGN(XLAT_BUCKETS * sizeof(u64));
}

u64 xlat_setup_ring_offset(void)
{
	return xlat_setup_early_offset() + PAGE_ALIGN(XLAT_BUCKETS * sizeof(u64));
}

int xlat_setup_check(const struct xlat_setup *setup)
{
	if (setup->period_ns < XLAT_PERIOD_MIN_NS ||
	    setup->period_ns > XLAT_PERIOD_MAX_NS ||
	    setup->dither_ns > setup->period_ns / 2)
		return -ERANGE;
	if (setup->phase_mode > XLAT_PHASE_RANDOM ||
	    setup->idle_policy > XLAT_IDLE_KEEP ||
	    setup->warmup > XLAT_WARMUP_MAX)
		return -EINVAL;
	if (setup->slots &&
	    (setup->slots < XLAT_SLOTS_MIN || setup->slots > XLAT_SLOTS_MAX))
		return -EINVAL;
	return 0;
}

int xlat_setup_complete(struct xlat_setup *setup, u64 hz)
{
	/* Half a tick is added so that the period is the nearest whole one. */
	const u64 half = NSEC_PER_SEC / 2;

	if (!hz || hz > HZ_MAX)
		return -EOPNOTSUPP;
	setup->tick_hz = hz;
	setup->period_ticks = div64_u64(setup->period_ns * hz + half,
					NSEC_PER_SEC);
	if (setup->period_ticks < PERIOD_MIN_TICKS)
		return -ERANGE;
	setup->dither_ticks = xlat_setup_ticks(setup->dither_ns, hz);
	setup->slots = roundup_pow_of_two(setup->slots ?: XLAT_SLOTS_DEFAULT);
	setup->watermark = setup->watermark ?: setup->slots / 2;
	setup->map_length = PAGE_ALIGN(xlat_setup_ring_offset() +
				       (u64)setup->slots *
				       sizeof(struct xlat_sample));
	setup->map_stride = setup->map_length;
	return 0;
}
