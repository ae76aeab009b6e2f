/* SPDX-License-Identifier: MIT */
/*
 * Order statistics: which percentiles a count supports, where they lie, and
 * how sure that is. Pure.
 *
 * The p-quantile of n values is the one of rank ceil(n p) (nearest rank: a
 * value that was really measured). It is given only where at least
 * ORDER_BEYOND values are expected on its far side: n (1 - p) >= 10, and
 * n p >= 10. p50 so needs 20 values, p99 1,000, p99.999 1,000,000. Fewer would
 * be one or two accidents and no property of the system.
 *
 * Its 95 % confidence interval needs no assumption about the distribution:
 * the number of values below the true quantile is binomial (n, p), so the
 * ranks between which it lies with 95 % follow. It does assume independent
 * values; lateness comes in bursts, so take it as the least uncertainty.
 */
#ifndef XLAT_ORDER_H
#define XLAT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"

/** ORDER_WHOLE: quantiles are given in parts of this. */
#define ORDER_WHOLE	100000u

/** ORDER_BEYOND: values that must be expected beyond a percentile. */
#define ORDER_BEYOND	10u

/** ORDER_Z95: two-sided 95 % of the normal distribution. */
#define ORDER_Z95	1.959963984540054

/** order_part() - the quantile of a percentile, in parts of ORDER_WHOLE */
uint32_t order_part(enum report_statistic percentile);

/** order_supported() - are @n values enough for quantile @part? */
bool order_supported(uint64_t n, uint32_t part);

/** order_rank() - from 1; @n is not 0 */
uint64_t order_rank(uint64_t n, uint32_t part);

/**
 * order_bounds() - ranks between which the quantile lies with 95 %
 *
 * Only where order_supported().
 */
void order_bounds(uint64_t n, uint32_t part, uint64_t *low, uint64_t *high);

/**
 * order_percentile() - one percentile of a distribution
 * @cells: ascending, at least one
 * @count: of @cells
 * @n: values in all cells
 *
 * From a bucket comes its middle; the interval then spans whole buckets.
 */
struct report_value order_percentile(const struct report_cell *cells,
				     size_t count, uint64_t n, uint32_t part);

#endif /* XLAT_ORDER_H */
