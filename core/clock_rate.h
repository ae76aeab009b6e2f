/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Which claim about a counter's rate is true? Firmware makes several: one in
 * the device tree, and one in each CPU's CNTFRQ. It may set CNTFRQ on the boot
 * CPU only. Pure.
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
 * xlat_rate_agrees() - is @claim_hz the rate of what counted @ticks in @ns?
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
 * @ticks: counted
 * @ns: meanwhile, by another clock
 * @error_ticks: the reads of the counter may be wrong by this, together
 * @error_ns: the reads of the other clock may be wrong by this, together;
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
 * @ticks: counted
 * @ns: meanwhile, by another clock
 * @claim_hz: below 2^32; 0: no claim
 * @error_ticks: as in xlat_rate_is_fine()
 * @error_ns: as in xlat_rate_is_fine(), but known
 *
 * For a measurement that is not fine: it still contradicts a claim that is
 * wrong by more than the errors and %XLAT_RATE_PPM together.
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

#endif /* XLAT_CLOCK_RATE_H */
