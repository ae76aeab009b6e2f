/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The study's statistics: numbers in, numbers out. This code does no I/O.
 *
 * A repetition is one recording: one phase of one boot. Intervals are over
 * repetitions, not over samples, because the samples of one recording are not
 * independent.
 */
#ifndef LAB_STUDY_STATS_H
#define LAB_STUDY_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** STUDY_RESAMPLES - of a bootstrap; its seed is fixed: the result repeats */
#define STUDY_RESAMPLES	1000

/**
 * struct study_estimate - a number and its interval
 * @known: false: there is no number, and @value is 0
 * @bounded: @low and @high are its 95 % confidence interval
 */
struct study_estimate {
	bool known;
	bool bounded;
	double value;
	double low;
	double high;
};

/**
 * struct study_group - repetitions of one cell, with a weight in a sum
 * @weight: 1 to add its mean, -1 to take it away
 * @value: one value a repetition
 */
struct study_group {
	double weight;
	const double *value;
	size_t count;
};

/** struct study_sorted - the samples of one recording, ascending */
struct study_sorted {
	const double *value;
	size_t count;
};

/**
 * study_t() - the 97.5 % point of Student's t
 * @df: degrees of freedom. Between two rows of the table, the row with fewer
 *	degrees of freedom is used, which gives the wider interval
 */
double study_t(double df);

/**
 * study_contrast() - weighted sum of means, with a t interval
 *
 * By Welch and Satterthwaite: each group has its own variance. One group gives
 * a mean, two a difference, four a difference of differences. There is an
 * interval only if every group has at least two repetitions.
 */
struct study_estimate study_contrast(const struct study_group *group,
				     size_t count);

/** study_supports() - are ten or more of @values samples expected above @part? */
bool study_supports(uint64_t values, uint32_t part);

/**
 * study_quantile() - the value of rank ceil(n p) among all n samples of @sorted
 * @part: p in 1/100000
 */
double study_quantile(const struct study_sorted *sorted, size_t count,
		      uint32_t part);

/**
 * study_quantile_estimate() - a pooled quantile, or a difference of two
 * @from: NULL: the quantile of @to alone
 *
 * Bootstrap: recordings are drawn again with replacement, %STUDY_RESAMPLES
 * times; the interval is the middle 95 % of the results. It does not extend
 * beyond what single recordings give. So with n recordings its confidence is at
 * most 1 - 2^(1 - n): below 95 % with fewer than six (88 % with four). The
 * caller checks that there are enough values. The estimate is unknown if @to or
 * @from has no values.
 */
struct study_estimate study_quantile_estimate(const struct study_sorted *from,
					      size_t from_count,
					      const struct study_sorted *to,
					      size_t to_count, uint32_t part);

/** study_excludes_zero() - is 0 outside the interval? */
bool study_excludes_zero(const struct study_estimate *estimate);

/** study_order() - for qsort() of doubles */
int study_order(const void *a, const void *b);

#endif
