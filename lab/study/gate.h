/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Has a path grown? Two distributions of instruction counts, quantile by
 * quantile.
 *
 * A path has modes: with and without the kernel's tick, say, 831 and 1490
 * instructions. How many samples fall into each depends on the phase, so one
 * percentile that lies at the cliff between two modes jumps while nothing has
 * become longer. Hence two tolerances, of height and of mass: a quantile has
 * grown if it is above every baseline quantile within @mass of it, by more
 * than @tolerance. This is Levy's distance with a relative height. Any mode
 * that holds more than twice the mass is held to the tolerance by itself,
 * which an average would not do; and a rare tail, of less than the mass, is
 * free.
 */
#ifndef LAB_STUDY_GATE_H
#define LAB_STUDY_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats.h"

/** GATE_STEPS - a curve holds the minimum and a quantile each half percent */
#define GATE_STEPS	200
#define GATE_POINTS	(GATE_STEPS + 1)

/** GATE_LEAST - so many warm samples support a curve */
#define GATE_LEAST	1000

/** struct gate_tolerance - of a cell, in percent; mass in half percents */
struct gate_tolerance {
	double height;
	double mass;
};

/**
 * struct gate_result - of one cell
 * @grown: quantiles above the baseline, beyond tolerance
 * @shrunk: quantiles below it
 * @judged: of so many
 * @worst: the one that is furthest out, as a step of the curve; of those grown
 *	if there are any, else of those shrunk, else the median
 * @from: there, in the baseline
 * @to: there, now
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

/** gate_mass_is_valid() - a multiple of half a percent, below a quarter */
bool gate_mass_is_valid(double percent);

/** gate_compare() - hold @now to @baseline */
struct gate_result gate_compare(const double baseline[GATE_POINTS],
				const double now[GATE_POINTS],
				const struct gate_tolerance *tolerance);

#endif
