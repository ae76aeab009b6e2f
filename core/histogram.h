/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Log-linear buckets and the scalars beside them. It does no I/O: the same code
 * runs in the handler, in the reader (which rebuilds the histogram from samples
 * to prove it) and in the unit tests.
 */
#ifndef XLAT_HISTOGRAM_H
#define XLAT_HISTOGRAM_H

#ifdef __KERNEL__
#include <linux/limits.h>
#else
#include <stdint.h>
#define S64_MAX INT64_MAX
#define S64_MIN INT64_MIN
#endif
#include <uapi/xlat.h>

#define XLAT_SUB_BUCKETS	(XLAT_BUCKETS / 58)

/** xlat_bucket() - index of the bucket that holds @value */
static inline __u32 xlat_bucket(__u64 value)
{
	__u32 exponent;

	if (value < XLAT_SUB_BUCKETS)
		return (__u32)value;
	exponent = 63 - (__u32)__builtin_clzll(value) - XLAT_SUB_BUCKET_BITS;
	return exponent * XLAT_SUB_BUCKETS + (__u32)(value >> exponent);
}

/** xlat_bucket_low() - smallest value in bucket @index */
static inline __u64 xlat_bucket_low(__u32 index)
{
	__u32 exponent;

	if (index < 2 * XLAT_SUB_BUCKETS)
		return index;
	exponent = index / XLAT_SUB_BUCKETS - 1;
	return (__u64)(index - exponent * XLAT_SUB_BUCKETS) << exponent;
}

/** xlat_bucket_high() - greatest value in bucket @index */
static inline __u64 xlat_bucket_high(__u32 index)
{
	return index + 1 < XLAT_BUCKETS ? xlat_bucket_low(index + 1) - 1 : ~0ULL;
}

/** xlat_magnitude() - distance of @lateness from 0; right for S64_MIN too */
static inline __u64 xlat_magnitude(__s64 lateness)
{
	return lateness < 0 ? -(__u64)lateness : (__u64)lateness;
}

/** xlat_counters_init() - no sample yet */
static inline void xlat_counters_init(struct xlat_counters *c)
{
	*c = (struct xlat_counters) {
		.min_ticks = S64_MAX,
		.max_ticks = S64_MIN,
		.cold_max_ticks = S64_MIN,
		.warm_max_ticks = S64_MIN,
	};
}

static inline void xlat_square_add(struct xlat_counters *c, __u64 magnitude)
{
	__uint128_t square = (__uint128_t)magnitude * magnitude;
	__u64 low = (__u64)square;

	c->square_lo += low;
	c->square_hi += (__u64)(square >> 64) + (c->square_lo < low);
}

/** xlat_counters_add() - account one sample; the first @warmup are cold */
static inline void xlat_counters_add(struct xlat_counters *c, __s64 lateness,
				     __u32 warmup)
{
	if (c->count < warmup) {
		c->cold_count++;
		if (lateness > c->cold_max_ticks)
			c->cold_max_ticks = lateness;
	} else {
		c->warm_count++;
		if (lateness > c->warm_max_ticks)
			c->warm_max_ticks = lateness;
	}
	c->count++;
	if (lateness < 0)
		c->early++;
	if (lateness < c->min_ticks)
		c->min_ticks = lateness;
	if (lateness > c->max_ticks)
		c->max_ticks = lateness;
	c->sum_ticks = (__s64)((__u64)c->sum_ticks + (__u64)lateness);
	xlat_square_add(c, xlat_magnitude(lateness));
}

#endif /* XLAT_HISTOGRAM_H */
