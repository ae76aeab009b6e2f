/* SPDX-License-Identifier: MIT */
/*
 * Order statistics: which percentiles a number of values supports, their values
 * and their confidence intervals. This code does no I/O.
 *
 * The p-quantile of n values is the value of rank ceil(n p). This is the
 * nearest-rank method: its result is always a measured value. A quantile is
 * given only if at least ORDER_BEYOND values are expected on each side of it:
 * n (1 - p) >= 10 and n p >= 10. p50 therefore needs 20 values, p99 needs 1,000
 * and p99.999 needs 1,000,000. With fewer values, one or two accidents would
 * decide the result.
 *
 * The 95 % confidence interval assumes nothing about the distribution: the
 * number of values below the true quantile is binomial (n, p), which gives the
 * ranks that enclose it with 95 % probability. The interval does assume
 * independent values. Lateness comes in bursts, so the true uncertainty is at
 * least this large.
 */
#ifndef XLAT_ORDER_H
#define XLAT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"

/** ORDER_WHOLE: the unit of quantiles is one part in ORDER_WHOLE. */
#define ORDER_WHOLE	100000u

/** ORDER_BEYOND: values that must be expected on each side of a percentile. */
#define ORDER_BEYOND	10u

/** ORDER_Z95: two-sided 95 % quantile of the normal distribution. */
#define ORDER_Z95	1.959963984540054

/** order_part() - the quantile of a percentile, in parts of ORDER_WHOLE */
uint32_t order_part(enum report_statistic percentile);

/** order_supported() - are @n values enough for quantile @part? */
bool order_supported(uint64_t n, uint32_t part);

/** order_rank() - rank of quantile @part among @n > 0 values, from 1 */
uint64_t order_rank(uint64_t n, uint32_t part);

/**
 * order_bounds() - ranks that enclose the quantile with 95 % probability
 *
 * Call it only if order_supported() is true.
 */
void order_bounds(uint64_t n, uint32_t part, uint64_t *low, uint64_t *high);

/**
 * order_percentile() - one percentile of a distribution
 * @bins: ascending, at least one
 * @count: of @bins
 * @n: values in all bins
 *
 * The value is the middle of its bin. The interval spans whole bins. Bins
 * are wider than a single value only if they come from a histogram.
 *
 * Return: unknown if @n is too small; see order_supported().
 */
struct report_value order_percentile(const struct report_bin *bins,
				     size_t count, uint64_t n, uint32_t part);

#endif /* XLAT_ORDER_H */
