/* SPDX-License-Identifier: MIT */
/*
 * A distribution as ascending cells, and its rows for a terminal. Pure.
 */
#ifndef XLAT_DISTRIBUTION_H
#define XLAT_DISTRIBUTION_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"
#include "user/data/scale.h"

/**
 * distribution_of_values() - a cell for each distinct value
 * @value: ascending, ticks
 * @cells: set; owned by the caller; NULL where there are none
 * @cell_count: set
 *
 * Return: 0 or -ENOMEM.
 */
int distribution_of_values(const int64_t *value, size_t count,
			   const struct scale *scale,
			   struct report_cell **cells, size_t *cell_count);

/**
 * distribution_of_buckets() - a cell for each bucket that is not empty
 * @late: XLAT_BUCKETS counts
 * @early: XLAT_BUCKETS counts
 * @min: smallest value, ticks: the first cell begins there
 * @max: greatest value, ticks: the last cell ends there
 */
int distribution_of_buckets(const uint64_t *late, const uint64_t *early,
			    int64_t min, int64_t max, const struct scale *scale,
			    struct report_cell **cells, size_t *cell_count);

/**
 * distribution_bars() - gather cells in log-linear rows
 * @quantum: no row is narrower
 * @finest: an octave is cut into at most 2^@finest rows
 * @rows: the finest cut that needs no more than about so many is taken
 *
 * Rows mirror at 0: early values have rows of their own, below 0.
 */
int distribution_bars(const struct report_cell *cells, size_t cell_count,
		      double quantum, int finest, size_t rows,
		      struct report_bar **bars, size_t *bar_count);

#endif /* XLAT_DISTRIBUTION_H */
