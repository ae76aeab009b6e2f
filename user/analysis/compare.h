/* SPDX-License-Identifier: MIT */
/*
 * Several reports beside each other: differences, effect, fairness. Pure.
 *
 * The effect is Cliff's delta, P(X > Y) - P(X < Y) for a value X of the run
 * and Y of its baseline: the Mann-Whitney statistic on a scale from -1 to 1. It
 * asks for no distribution and no outlier can carry it. Its interval is
 * Cliff's (1993) with the consistent variance; where delta is -1 or 1 and its
 * variance 0, the nearer bound is (n - z^2) / (n + z^2) of the smaller n (Feng
 * and Cliff 2004). Intervals of differences combine those of both sides by
 * MOVER (Zou and Donner 2008). Everything is deterministic. All intervals take
 * the values as independent; bursts make the truth wider.
 */
#ifndef XLAT_COMPARE_H
#define XLAT_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/report.h"
#include "user/data/run.h"

/**
 * compare_warmup() - the one W for all: the greatest that one was recorded with
 *
 * No run then counts as warm what it was set up to call cold.
 */
uint32_t compare_warmup(const struct run *runs, size_t count);

/**
 * compare_reports() - lay reports beside each other
 * @reports: made with one W; they must outlive @comparison
 * @count: at least 1
 * @comparison: comparison_free() it in every case
 *
 * Return: 0 or -ENOMEM. Whether refusals stop anybody is the caller's choice.
 */
int compare_reports(const struct report *reports, size_t count,
		    struct comparison *comparison);

/** compare_delta() - Cliff's delta of @x against @y, both with cells */
struct report_value compare_delta(const struct report *x,
				  const struct report *y);

#endif /* XLAT_COMPARE_H */
