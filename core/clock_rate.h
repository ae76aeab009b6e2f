/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Which claim about a counter's rate is true? Firmware makes several: one in
 * the device tree, and one in each CPU's CNTFRQ. It may set CNTFRQ on the boot
 * CPU only. This code does no I/O.
 */
#ifndef XLAT_CLOCK_RATE_H
#define XLAT_CLOCK_RATE_H

#include <linux/types.h>

#define XLAT_RATE_NS		1000000000ULL

/**
 * XLAT_RATE_NS_MAX: longest measurement, so that products stay within 64 bits
 * for counters of up to 4 GHz
 */
#define XLAT_RATE_NS_MAX	4000000000ULL

/** XLAT_RATE_PPM: a true claim differs by no more than this */
#define XLAT_RATE_PPM		100

/**
 * xlat_rate_agrees() - do @ticks in @ns agree with a rate of @claim_hz?
 * @ticks: how far the counter advanced
 * @ns: the time that this took, by another clock; if it is 0 or more than
 *	%XLAT_RATE_NS_MAX, no claim agrees
 * @claim_hz: below 2^32, like CNTFRQ and the device tree's value; 0: no claim
 */
static inline int xlat_rate_agrees(__u64 ticks, __u64 ns, __u64 claim_hz)
{
	__u64 counted, claimed, apart;

	if (!ns || ns > XLAT_RATE_NS_MAX || !claim_hz || claim_hz >> 32 ||
	    ticks > XLAT_RATE_NS_MAX * 4)
		return 0;
	counted = ticks * XLAT_RATE_NS;
	claimed = claim_hz * ns;
	apart = counted > claimed ? counted - claimed : claimed - counted;
	return apart <= claimed / (1000000 / XLAT_RATE_PPM);
}

/**
 * xlat_rate_is_fine() - was the measurement fine enough to contradict a claim?
 * @ticks: how far the counter advanced
 * @ns: the time that this took, by another clock
 * @error_ticks: sum of the possible errors of the reads of the counter
 * @error_ns: sum of the possible errors of the reads of the other clock;
 *	0: unknown, because that clock was not seen to advance
 *
 * Return: 1 if both errors together are at most %XLAT_RATE_PPM.
 */
static inline int xlat_rate_is_fine(__u64 ticks, __u64 ns, __u64 error_ticks,
				    __u64 error_ns)
{
	const __u64 parts = 1000000 / XLAT_RATE_PPM;

	if (!ns || ns > XLAT_RATE_NS_MAX || !ticks ||
	    ticks > XLAT_RATE_NS_MAX * 4 || !error_ns)
		return 0;
	if (error_ns > ns / parts || error_ticks > ticks / parts)
		return 0;
	return error_ns * ticks <= (ticks / parts - error_ticks) * ns;
}

/**
 * xlat_rate_is_possible() - can @claim_hz be the rate, given the errors?
 * @ticks: how far the counter advanced
 * @ns: the time that this took, by another clock
 * @claim_hz: below 2^32; 0: no claim
 * @error_ticks: as in xlat_rate_is_fine()
 * @error_ns: as in xlat_rate_is_fine(), but never unknown
 *
 * For a measurement that xlat_rate_is_fine() rejects. It can still contradict a
 * claim: one that is wrong by more than the errors plus %XLAT_RATE_PPM.
 */
static inline int xlat_rate_is_possible(__u64 ticks, __u64 ns, __u64 claim_hz,
					__u64 error_ticks, __u64 error_ns)
{
	__u64 counted, claimed, apart;

	if (!claim_hz || claim_hz >> 32)
		return 0;
	if (!ns || ns > XLAT_RATE_NS_MAX || ticks > XLAT_RATE_NS_MAX * 4 ||
	    error_ns > ns / 2 || error_ticks > ticks / 2)
		return 1;
	counted = ticks * XLAT_RATE_NS;
	claimed = claim_hz * ns;
	apart = counted > claimed ? counted - claimed : claimed - counted;
	return apart <= claimed / (1000000 / XLAT_RATE_PPM) +
			claim_hz * error_ns + error_ticks * XLAT_RATE_NS;
}

/** XLAT_RATE_UNSEEN: no value yet */
#define XLAT_RATE_UNSEEN	(~0ULL)

/**
 * struct xlat_rate_reading - the counter and another clock at one moment
 * @ticks: the counter
 * @ns: the other clock
 * @error_ticks: @ticks may be wrong by this; %XLAT_RATE_UNSEEN: not yet read
 * @step_ns: the smallest advance between two successive reads of the other
 *	clock; %XLAT_RATE_UNSEEN: it never advanced
 * @last_ns: its last value
 * @reads: how often it was read
 * @repeats: 1: at least once, it did not advance between two successive reads
 *
 * Start with %XLAT_RATE_READING, then call xlat_rate_read().
 */
struct xlat_rate_reading {
	__u64 ticks;
	__u64 ns;
	__u64 error_ticks;
	__u64 step_ns;
	__u64 last_ns;
	__u32 reads;
	__u32 repeats;
};

#define XLAT_RATE_READING \
	{ .error_ticks = XLAT_RATE_UNSEEN, .step_ns = XLAT_RATE_UNSEEN }

static inline void xlat_rate_see(struct xlat_rate_reading *r, __u64 ns)
{
	if (r->reads && ns <= r->last_ns)
		r->repeats = 1;
	else if (r->reads && ns - r->last_ns < r->step_ns)
		r->step_ns = ns - r->last_ns;
	r->last_ns = ns;
	r->reads++;
}

/**
 * xlat_rate_read() - add four reads, made in the order of the parameters
 * @r: keeps those four whose two reads of the counter are closest together
 * @begin: the counter
 * @first_ns: the other clock
 * @ns: the other clock again
 * @end: the counter again
 */
static inline void xlat_rate_read(struct xlat_rate_reading *r, __u64 begin,
				  __u64 first_ns, __u64 ns, __u64 end)
{
	__u64 error_ticks = (end - begin + 1) / 2;

	xlat_rate_see(r, first_ns);
	xlat_rate_see(r, ns);
	if (error_ticks >= r->error_ticks)
		return;
	r->ticks = begin + (end - begin) / 2;
	r->ns = ns;
	r->error_ticks = error_ticks;
}

/**
 * xlat_rate_error_ns() - how wrong may @r->ns be, apart from @r->error_ticks?
 * @r: after at least one xlat_rate_read()
 *
 * A clock that advances in steps may show a value that is up to a step old. If
 * reads are slow, the smallest advance is the time that a read takes, and the
 * step is unknown. But if every read returned a new value, the clock changed to
 * @r->ns between the two reads of the counter, however long a step is. So
 * @r->error_ticks covers the step, and only the rounding to 1 ns is left.
 *
 * If a value repeated, a step takes longer than a read, so the smallest advance
 * is the step.
 *
 * Return: nanoseconds; 0: unknown, because the clock was not seen to advance.
 */
static inline __u64 xlat_rate_error_ns(const struct xlat_rate_reading *r)
{
	if (r->step_ns == XLAT_RATE_UNSEEN)
		return 0;
	return r->repeats ? r->step_ns : 1;
}

#endif /* XLAT_CLOCK_RATE_H */
