// SPDX-License-Identifier: GPL-2.0
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "must.h"

static double *merge(const struct study_sorted *sorted, size_t count,
		     size_t *total)
{
	double *all;
	size_t i;

	for (*total = 0, i = 0; i < count; i++)
		*total += sorted[i].count;
	all = study_must(calloc(*total + 1, sizeof(*all)));
	for (*total = 0, i = 0; i < count; i++) {
		memcpy(all + *total, sorted[i].value,
		       sorted[i].count * sizeof(*all));
		*total += sorted[i].count;
	}
	qsort(all, *total, sizeof(*all), study_order);
	return all;
}

void gate_curve(double curve[GATE_POINTS], const struct study_sorted *sorted,
		size_t count)
{
	size_t i, total, rank;
	double *all = merge(sorted, count, &total);

	for (i = 0; i < GATE_POINTS; i++) {
		rank = (total * i + GATE_STEPS - 1) / GATE_STEPS;
		curve[i] = all[rank ? rank - 1 : 0];
	}
	free(all);
}

bool gate_mass_is_valid(double percent)
{
	return percent >= 0 && percent < 25 &&
	       percent * 2 == floor(percent * 2);
}

/* The mean of the judged quantiles, so that one long sample does not matter. */
static double mean_of(const double curve[GATE_POINTS], size_t mass)
{
	double sum = 0;
	size_t i;

	for (i = mass; i + mass <= GATE_STEPS; i++)
		sum += curve[i];
	return sum / (double)(GATE_POINTS - 2 * mass);
}

/* How far a quantile is out of its band, in parts of its value; < 0: below. */
static double excess(const double baseline[GATE_POINTS], double now, size_t i,
		     size_t mass, double height)
{
	double low = baseline[i > mass ? i - mass : 0];
	double high = baseline[i + mass < GATE_STEPS ? i + mass : GATE_STEPS];
	double scale = baseline[i] ? fabs(baseline[i]) : 1;

	low -= fabs(low) * height;
	high += fabs(high) * height;
	return now > high ? (now - high) / scale :
	       now < low ? (now - low) / scale : 0;
}

struct gate_result gate_compare(const double baseline[GATE_POINTS],
				const double now[GATE_POINTS],
				const struct gate_tolerance *tolerance)
{
	size_t i, mass = (size_t)(tolerance->mass * GATE_STEPS / 100);
	struct gate_result r = { .worst = GATE_STEPS / 2 };
	double one, most = 0, least = 0, mean = mean_of(baseline, mass);

	for (i = mass; i + mass <= GATE_STEPS; i++) {
		one = excess(baseline, now[i], i, mass,
			     tolerance->height / 100);
		r.judged++;
		r.grown += one > 0;
		r.shrunk += one < 0;
		if (one > most || (!r.grown && one < least))
			r.worst = i;
		most = fmax(most, one);
		least = fmin(least, one);
	}
	r.from = baseline[r.worst];
	r.to = now[r.worst];
	r.mean_percent = mean ? 100 * (mean_of(now, mass) - mean) / fabs(mean) : 0;
	return r;
}
