/* SPDX-License-Identifier: MIT */
/*
 * Exact sums and extremes, and the statistics made from them. It does no I/O.
 */
#ifndef XLAT_TALLY_H
#define XLAT_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/xlat.h>

#include "user/data/report.h"
#include "user/data/scale.h"

/**
 * struct tally - counters of one CPU or of many, in ticks
 *
 * It is like struct xlat_counters, with wider sums so that many CPUs can be
 * added. @busy_count is the number of handler runs in @busy. If @overflowed is
 * set, @sum has wrapped and there is no mean.
 */
struct tally {
	uint64_t count;
	uint64_t early;
	int64_t min;
	int64_t max;
	uint64_t warm_count;
	int64_t warm_max;
	__int128 sum;
	unsigned __int128 square;
	uint64_t busy;
	uint64_t busy_count;
	uint64_t busy_max;
	bool overflowed;
};

/**
 * tally_overflowed() - has the sum of @c wrapped?
 *
 * Return: true if the mean is not between the minimum and the maximum.
 */
bool tally_overflowed(const struct xlat_counters *c);

/** tally_init() - make @t empty */
void tally_init(struct tally *t);

/** tally_add() - add @other to @t */
void tally_add(struct tally *t, const struct tally *other);

/** tally_of_counters() - set @t to one CPU's counters, without the busy time */
void tally_of_counters(struct tally *t, const struct xlat_counters *c);

/**
 * tally_summarise() - write the statistics of @t to @s, in the unit of @scale
 *
 * These are AVG, MIN, MAX, WARM_MAX, the deviation and the busy time.
 */
void tally_summarise(const struct tally *t, const struct scale *scale,
		     struct report_summary *s);

#endif /* XLAT_TALLY_H */
