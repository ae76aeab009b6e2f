/* SPDX-License-Identifier: MIT */
/*
 * Exact sums and extremes, and the statistics that follow from them. Pure.
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
 * Like struct xlat_counters, but what is summed over CPUs has room to grow.
 * @busy_count is the number of handler runs behind @busy. @overflowed: @sum is
 * not the sum, so there is no mean.
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

/** tally_overflowed() - is the mean not between the extremes? The sum wrapped */
bool tally_overflowed(const struct xlat_counters *c);

/** tally_init() - nothing yet */
void tally_init(struct tally *t);

/** tally_add() - take in @other */
void tally_add(struct tally *t, const struct tally *other);

/** tally_of_counters() - one CPU's; without its busy time */
void tally_of_counters(struct tally *t, const struct xlat_counters *c);

/** tally_summarise() - AVG MIN MAX WARM_MAX, deviation, busy time in units */
void tally_summarise(const struct tally *t, const struct scale *scale,
		     struct report_summary *s);

#endif /* XLAT_TALLY_H */
