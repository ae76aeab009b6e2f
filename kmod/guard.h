/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * When must a CPU's part end to protect the machine? Pure.
 *
 * Two rules, since each sees what the other cannot: the handler's own share of
 * the CPU, and the share of samples that had missed points before them, which
 * is where time spent in the vector, the irq core or a hypervisor shows.
 */
#ifndef XLAT_GUARD_H
#define XLAT_GUARD_H

#include <uapi/xlat.h>

#define XLAT_GUARD_SAMPLES	1000u
#define XLAT_GUARD_MISSED_MAX	(XLAT_GUARD_SAMPLES / 10)
#define XLAT_GUARD_WORDS	((XLAT_GUARD_SAMPLES + 63) / 64)

/**
 * struct xlat_guard - one CPU's recent past
 * @missed: one bit for each of the last %XLAT_GUARD_SAMPLES samples
 * @at: the oldest of them
 * @missed_count: bits set in @missed
 * @span_ticks: length of a window of the share rule
 * @begin_ticks: when the current window began
 * @busy_ticks: time in the handler since then
 */
struct xlat_guard {
	__u64 missed[XLAT_GUARD_WORDS];
	__u32 at;
	__u32 missed_count;
	__u64 span_ticks;
	__u64 begin_ticks;
	__u64 busy_ticks;
};

/** xlat_guard_missed() - account a sample. Return: nonzero: too many missed */
static inline int xlat_guard_missed(struct xlat_guard *g, int missed)
{
	__u64 *word = &g->missed[g->at / 64];
	__u64 bit = 1ULL << (g->at % 64);

	g->missed_count -= !!(*word & bit);
	g->missed_count += !!missed;
	*word = missed ? *word | bit : *word & ~bit;
	g->at = (g->at + 1) % XLAT_GUARD_SAMPLES;
	return g->missed_count > XLAT_GUARD_MISSED_MAX;
}

/**
 * xlat_guard_share() - account @busy ticks in the handler, which ended at @now
 *
 * Return: nonzero: in the window that has just ended, more than half.
 */
static inline int xlat_guard_share(struct xlat_guard *g, __u64 now, __u64 busy)
{
	__u64 span = now - g->begin_ticks;
	int over;

	g->busy_ticks += busy;
	if (span < g->span_ticks)
		return 0;
	over = g->busy_ticks > span / 2;
	g->begin_ticks = now;
	g->busy_ticks = 0;
	return over;
}

#endif /* XLAT_GUARD_H */
