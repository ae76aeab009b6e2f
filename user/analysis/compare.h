/* SPDX-License-Identifier: MIT */
/*
 * Compares several reports: differences, effect size, fairness. It does no I/O.
 *
 * The effect size is Cliff's delta, P(X > Y) - P(X < Y) for a value X of the
 * run and a value Y of its baseline. This is the Mann-Whitney statistic on a
 * scale from -1 to 1. It assumes no distribution, and an outlier cannot
 * dominate it. Its interval is Cliff's (1993) with the consistent variance. If
 * delta is 1, its variance is 0 and the lower bound is (n - z^2) / (n + z^2)
 * for the smaller n (Feng and Cliff 2004); -1 is the mirror image.
 *
 * The interval of a difference combines the intervals of both sides by MOVER
 * (Zou and Donner 2008). Everything is deterministic. All intervals assume
 * independent values; with bursts the true interval is wider.
 */
#ifndef XLAT_COMPARE_H
#define XLAT_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"
#include "user/data/run.h"

/**
 * compare_warmup() - the greatest W that any of @runs was recorded with
 *
 * Used for all runs, so that no sample counts as warm if the set-up of its run
 * calls it cold.
 */
uint32_t compare_warmup(const struct run *runs, size_t count);

/**
 * compare_reports() - compare reports
 * @reports: all made with the same W; they must outlive @comparison
 * @count: at least 1
 * @comparison: always free it with comparison_free(), also after an error
 *
 * Refusals are only listed in @comparison; the caller decides what they mean.
 *
 * Return: 0 or -ENOMEM.
 */
int compare_reports(const struct report *reports, size_t count,
		    struct comparison *comparison);

/**
 * compare_delta() - Cliff's delta of @x against @y, from the bins of both
 *
 * Return: unknown if one of them has fewer than 2 values, or 2^50 or more.
 */
struct report_value compare_delta(const struct report *x,
				  const struct report *y);

#endif /* XLAT_COMPARE_H */
