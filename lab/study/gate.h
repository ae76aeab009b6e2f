/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Has a code path grown? Compares two distributions of instruction counts,
 * quantile by quantile.
 *
 * A path has modes: for example 831 instructions without the kernel's tick and
 * 1490 with it. The phase decides how many samples are in each mode. A
 * percentile between two modes therefore jumps although no path became longer.
 * So there are two tolerances, of height and of mass. A quantile has grown if
 * it exceeds, by more than @height, every baseline quantile whose rank differs
 * from its own by at most @mass. This is Levy's distance with a relative
 * height. A mode with more than 2 * @mass of the samples is judged separately;
 * an average would mix the modes. A tail with less than @mass is not judged.
 */
#ifndef LAB_STUDY_GATE_H
#define LAB_STUDY_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats.h"

/** GATE_STEPS - a curve has the minimum and a quantile every half percent */
#define GATE_STEPS	200
#define GATE_POINTS	(GATE_STEPS + 1)

/** GATE_LEAST - warm samples that a curve needs */
#define GATE_LEAST	1000

/** struct gate_tolerance - of a cell, in percent; @mass is a multiple of 0.5 */
struct gate_tolerance {
	double height;
	double mass;
};

/**
 * struct gate_result - of one cell
 * @grown: quantiles above the baseline, beyond tolerance
 * @shrunk: quantiles below it
 * @judged: quantiles that were judged
 * @worst: step of the curve that is furthest out: among those grown if there
 *	are any, else among those shrunk, else the median
 * @from: value at @worst in the baseline
 * @to: value at @worst now
 * @mean_percent: by how much the mean of the judged quantiles has changed
 */
struct gate_result {
	size_t grown;
	size_t shrunk;
	size_t judged;
	size_t worst;
	double from;
	double to;
	double mean_percent;
};

/** gate_curve() - the quantiles of some recordings together */
void gate_curve(double curve[GATE_POINTS], const struct study_sorted *sorted,
		size_t count);

/** gate_mass_is_valid() - is it a multiple of 0.5, from 0 to below 25? */
bool gate_mass_is_valid(double percent);

/** gate_compare() - compare @now with @baseline */
struct gate_result gate_compare(const double baseline[GATE_POINTS],
				const double now[GATE_POINTS],
				const struct gate_tolerance *tolerance);

#endif
