/* SPDX-License-Identifier: MIT */
/*
 * Follows one CPU's samples along its grid. The result is their lateness or
 * intervals, how many samples are absent between them, and the counters that
 * follow from them. This code does no I/O.
 */
#ifndef XLAT_SERIES_H
#define XLAT_SERIES_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"
#include "user/data/run.h"

/**
 * struct series - one CPU's values
 * @value: in ticks, in order of time; owned
 * @count: number of values in @value
 * @counters: rebuilt from @value and from the missed points of the samples,
 *	with the requested W; samples contain no unserved points, no spurious
 *	interrupts and no busy time
 * @absent: samples absent between the present ones, according to the sample
 *	numbers; without numbers: the grid points there that were not missed
 * @off_grid: samples whose deadline is no grid point, does not ascend, or
 *	contradicts the sample numbers
 */
struct series {
	int64_t *value;
	size_t count;
	struct xlat_counters counters;
	uint64_t absent;
	uint64_t off_grid;
};

/**
 * series_build() - make the series of @cpu
 * @cpu: if it has no set-up, there is no grid and .off_grid stays 0
 * @what: an interval needs two neighbours with no absent sample between them
 * @warmup: W; a sample is cold if its number is below W, and lost samples count
 *	in that number
 * @series: always free it with series_free(), also after an error
 *
 * Return: 0 or -ENOMEM.
 */
int series_build(const struct run_cpu *cpu, enum report_what what,
		 uint32_t warmup, struct series *series);

/** series_free() - free what @series owns */
void series_free(struct series *series);

/** series_sort() - sort values in ascending order; the order of time is lost */
void series_sort(int64_t *value, size_t count);

#endif /* XLAT_SERIES_H */
