/* SPDX-License-Identifier: MIT */
/*
 * A distribution as ascending bins, and its histogram rows for a terminal.
 * This code does no I/O.
 */
#ifndef XLAT_DISTRIBUTION_H
#define XLAT_DISTRIBUTION_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"
#include "user/data/scale.h"

/**
 * distribution_of_values() - make one bin for each distinct value
 * @value: ascending, ticks
 * @bins: set to the new bins, which the caller frees; NULL if there are none
 * @bin_count: set to their number
 *
 * Return: 0 or -ENOMEM.
 */
int distribution_of_values(const int64_t *value, size_t count,
			   const struct scale *scale,
			   struct report_bin **bins, size_t *bin_count);

/**
 * distribution_of_buckets() - make one bin for each bucket that is not empty
 * @late: XLAT_BUCKETS counts
 * @early: XLAT_BUCKETS counts
 * @min: smallest value, ticks; the first bin does not begin below it
 * @max: greatest value, ticks; the last bin does not end above it
 * @bins: set to the new bins, which the caller frees; NULL if there are none
 * @bin_count: set to their number
 *
 * Return: 0 or -ENOMEM.
 */
int distribution_of_buckets(const uint64_t *late, const uint64_t *early,
			    int64_t min, int64_t max, const struct scale *scale,
			    struct report_bin **bins, size_t *bin_count);

/**
 * distribution_bars() - group bins into log-linear rows
 * @quantum: smallest width of a row, in the unit of the bins
 * @finest: an octave is divided into at most 2^@finest rows
 * @rows: take the finest division with at most this many rows, gaps included;
 *	if none has so few, take one row for each octave
 * @bars: set to the rows, which the caller frees; NULL if there are none
 * @bar_count: set to their number
 *
 * Negative (early) values have separate rows, the mirror image of those above
 * 0.
 *
 * Return: 0 or -ENOMEM.
 */
int distribution_bars(const struct report_bin *bins, size_t bin_count,
		      double quantum, int finest, size_t rows,
		      struct report_bar **bars, size_t *bar_count);

#endif /* XLAT_DISTRIBUTION_H */
