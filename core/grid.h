/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The fixed series of deadlines. It implements "Grid" and "The account" of
 * include/uapi/xlat.h. This code does no I/O.
 */
#ifndef XLAT_GRID_H
#define XLAT_GRID_H

#include <uapi/xlat.h>

/**
 * struct xlat_grid - one CPU's grid
 * @start: deadline(0) without dither, ticks
 * @period: ticks, not 0
 * @dither: range of the dither, ticks, at most half of @period
 * @seed: of the dither
 */
struct xlat_grid {
	__u64 start;
	__u64 period;
	__u64 dither;
	__u64 seed;
};

/** xlat_mix() - splitmix64's output function (Steele, Lea, Flood 2014) */
static inline __u64 xlat_mix(__u64 z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/** xlat_draw() - the @k-th number in [0, @range) of the series of @seed */
static inline __u64 xlat_draw(__u64 seed, __u64 k, __u64 range)
{
	__u64 z = xlat_mix(seed + (k + 1) * 0x9e3779b97f4a7c15ULL);

	return (__u64)(((__uint128_t)z * range) >> 64);
}

/** xlat_grid_deadline() - the tick at which point @k is due */
static inline __u64 xlat_grid_deadline(const struct xlat_grid *g, __u64 k)
{
	__u64 base = g->start + k * g->period;

	return g->dither ? base + xlat_draw(g->seed, k, g->dither) : base;
}

/**
 * xlat_grid_next() - first point at or after @k that is not yet due at @now
 *
 * It divides only if points are skipped.
 */
static inline __u64 xlat_grid_next(const struct xlat_grid *g, __u64 k, __u64 now)
{
	__u64 at;

	if (xlat_grid_deadline(g, k) > now)
		return k;
	at = (now - g->start) / g->period;
	if (at > k && xlat_grid_deadline(g, at) > now)
		return at;
	return (at > k ? at : k) + 1;
}

/**
 * xlat_grid_end() - the last tick of an account that is closed at @now
 *
 * With dither, the last point before @now may have a deadline after @now. That
 * point is not due yet, so the account ends on the tick before the point.
 */
static inline __u64 xlat_grid_end(const struct xlat_grid *g, __u64 now)
{
	__u64 k;

	if (now < g->start)
		return now;
	k = (now - g->start) / g->period;
	return xlat_grid_deadline(g, k) > now ? g->start + k * g->period - 1 : now;
}

/** xlat_grid_points() - grid points up to @end, a result of xlat_grid_end() */
static inline __u64 xlat_grid_points(const struct xlat_grid *g, __u64 end)
{
	return end < g->start ? 0 : (end - g->start) / g->period + 1;
}

#endif /* XLAT_GRID_H */
