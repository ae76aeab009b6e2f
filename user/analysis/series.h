/* SPDX-License-Identifier: MIT */
/*
 * One CPU's samples walked along its grid: their lateness or intervals, how
 * many are absent between them, and what the counters must have been. Pure.
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
 * @count: of @value
 * @counters: rebuilt from @value and the samples' missed points, with the W
 *	that was asked for; unserved and spurious, busy time are not in samples
 * @absent: samples that must have stood between those that are there, by
 *	their numbers; without these all that the grid has room for
 * @off_grid: deadlines that no grid point has, that do not ascend, or that the
 *	numbers leave no room for
 */
struct series {
	int64_t *value;
	size_t count;
	struct xlat_counters counters;
	uint64_t absent;
	uint64_t off_grid;
};

/**
 * series_build() - walk @cpu's samples
 * @cpu: without a set-up there is no grid: @absent and @off_grid stay 0
 * @what: an interval needs two neighbours, with nothing lost between them
 * @warmup: W: the sample's own number decides, lost ones before it counted
 *
 * Return: 0 or -ENOMEM; series_free() it in every case.
 */
int series_build(const struct run_cpu *cpu, enum report_what what,
		 uint32_t warmup, struct series *series);

/** series_free() - free what @series owns */
void series_free(struct series *series);

/** series_sort() - ascending; the order of time is gone then */
void series_sort(int64_t *value, size_t count);

#endif /* XLAT_SERIES_H */
