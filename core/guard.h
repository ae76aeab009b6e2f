/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * When must measuring on a CPU end, to protect the machine? Two rules decide,
 * because each sees time that the other cannot see. This code does no I/O.
 *
 * Share: the times from a deadline to the end of its handler must not add up to
 * more than half of the CPU's time. A sample counts for one period at most:
 * if it is later than that, something else had the CPU during the rest.
 *
 * Missed: at most one in ten of the last 1,000 samples may follow a missed
 * point. Only this rule sees time that is spent after the handler, in the irq
 * core or in a hypervisor.
 *
 * Neither rule may end a session because of other work. A vCPU that is
 * descheduled for milliseconds is also late and misses points. The share rule
 * therefore needs several windows in a row. The missed rule applies only to a
 * period so short that the path from interrupt to eret could fill it.
 */
#ifndef XLAT_GUARD_H
#define XLAT_GUARD_H

#include <uapi/xlat.h>

#define XLAT_GUARD_SAMPLES	1000u
#define XLAT_GUARD_MISSED_MAX	(XLAT_GUARD_SAMPLES / 10)
#define XLAT_GUARD_PERIOD_NS	1000000u
#define XLAT_GUARD_WINDOWS	3u
#define XLAT_GUARD_WORDS	((XLAT_GUARD_SAMPLES + 63) / 64)

/**
 * struct xlat_guard - one CPU's recent past
 * @missed: a bit for each of the last %XLAT_GUARD_SAMPLES samples: 1: missed
 *	points came before it
 * @at: index of the oldest bit
 * @missed_count: bits set in @missed
 * @watch_missed: the period is short enough for the missed rule
 * @over_count: how many windows in a row, up to the last, broke the share rule
 * @span_ticks: length of a window of the share rule
 * @begin_ticks: when the current window began
 * @busy_ticks: time charged since then
 */
struct xlat_guard {
	__u64 missed[XLAT_GUARD_WORDS];
	__u32 at;
	__u32 missed_count;
	__u32 watch_missed;
	__u32 over_count;
	__u64 span_ticks;
	__u64 begin_ticks;
	__u64 busy_ticks;
};

/**
 * xlat_guard_missed() - account one sample for the missed rule
 * @missed: nonzero if missed points came before it
 *
 * Return: nonzero if too many samples followed missed points.
 */
static inline int xlat_guard_missed(struct xlat_guard *g, int missed)
{
	__u64 *word = &g->missed[g->at / 64];
	__u64 bit = 1ULL << (g->at % 64);

	g->missed_count -= !!(*word & bit);
	g->missed_count += !!missed;
	*word = missed ? *word | bit : *word & ~bit;
	g->at = (g->at + 1) % XLAT_GUARD_SAMPLES;
	return g->watch_missed && g->missed_count > XLAT_GUARD_MISSED_MAX;
}

/**
 * xlat_guard_share() - charge @busy ticks for a sample handled until @now
 *
 * Return: nonzero if each of the last %XLAT_GUARD_WINDOWS windows broke the
 * rule of the share.
 */
static inline int xlat_guard_share(struct xlat_guard *g, __u64 now, __u64 busy)
{
	__u64 span = now - g->begin_ticks;

	g->busy_ticks += busy;
	if (span < g->span_ticks)
		return 0;
	g->over_count = g->busy_ticks > span / 2 ? g->over_count + 1 : 0;
	g->begin_ticks = now;
	g->busy_ticks = 0;
	return g->over_count >= XLAT_GUARD_WINDOWS;
}

#endif /* XLAT_GUARD_H */
