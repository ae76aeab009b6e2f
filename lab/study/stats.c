// SPDX-License-Identifier: GPL-2.0
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "must.h"
#include "stats.h"

static const struct {
	int df;
	double t;
} table[] = {
	{ 1, 12.706 }, { 2, 4.303 }, { 3, 3.182 }, { 4, 2.776 }, { 5, 2.571 },
	{ 6, 2.447 }, { 7, 2.365 }, { 8, 2.306 }, { 9, 2.262 }, { 10, 2.228 },
	{ 11, 2.201 }, { 12, 2.179 }, { 13, 2.160 }, { 14, 2.145 },
	{ 15, 2.131 }, { 16, 2.120 }, { 17, 2.110 }, { 18, 2.101 },
	{ 19, 2.093 }, { 20, 2.086 }, { 22, 2.074 }, { 24, 2.064 },
	{ 26, 2.056 }, { 28, 2.048 }, { 30, 2.042 }, { 40, 2.021 },
	{ 60, 2.000 }, { 120, 1.980 }, { 1000, 1.962 },
};

double study_t(double df)
{
	size_t i = sizeof(table) / sizeof(table[0]) - 1;

	while (i && table[i].df > df)
		i--;
	return table[i].t;
}

static double mean_of(const struct study_group *g)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < g->count; i++)
		sum += g->value[i];
	return sum / (double)g->count;
}

/* The variance of the group's weighted mean. */
static double variance_of(const struct study_group *g, double mean)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < g->count; i++)
		sum += (g->value[i] - mean) * (g->value[i] - mean);
	return g->weight * g->weight * sum / (double)(g->count - 1) /
	       (double)g->count;
}

struct study_estimate study_contrast(const struct study_group *group,
				     size_t count)
{
	struct study_estimate e = { .known = count > 0, .bounded = count > 0 };
	double variance = 0, squares = 0, one, mean, half;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!group[i].count)
			return (struct study_estimate) { 0 };
		mean = mean_of(&group[i]);
		e.value += group[i].weight * mean;
		if (group[i].count < 2) {
			e.bounded = false;
			continue;
		}
		one = variance_of(&group[i], mean);
		variance += one;
		squares += one * one / (double)(group[i].count - 1);
	}
	if (!e.bounded)
		return e;
	half = squares > 0 ? study_t(variance * variance / squares) *
			     sqrt(variance) : 0;
	e.low = e.value - half;
	e.high = e.value + half;
	return e;
}

bool study_supports(uint64_t values, uint32_t part)
{
	return values * (100000 - part) >= 10 * 100000ULL;
}

int study_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static uint64_t total_of(const struct study_sorted *s, size_t count)
{
	uint64_t total = 0;
	size_t i;

	for (i = 0; i < count; i++)
		total += s[i].count;
	return total;
}

/*
 * Count the rank from the top. Only that many of the largest values of each
 * recording can contain it; for a high percentile these are few.
 */
double study_quantile(const struct study_sorted *sorted, size_t count,
		      uint32_t part)
{
	uint64_t total = total_of(sorted, count), rank, top, held = 0;
	double *value, found;
	size_t i;

	if (!total)
		return 0;
	rank = (total * part + 99999) / 100000;
	top = total - (rank ? rank : 1) + 1;
	value = study_must(malloc(total * sizeof(*value)));
	for (i = 0; i < count; i++) {
		size_t n = sorted[i].count < top ? sorted[i].count :
						   (size_t)top;

		memcpy(value + held, sorted[i].value + sorted[i].count - n,
		       n * sizeof(*value));
		held += n;
	}
	qsort(value, held, sizeof(*value), study_order);
	found = value[held - top];
	free(value);
	return found;
}

/* splitmix64, by Sebastiano Vigna (public domain). */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

static double resampled(const struct study_sorted *sorted, size_t count,
			uint32_t part, uint64_t *state)
{
	struct study_sorted *again;
	double found;
	size_t i;

	again = study_must(calloc(count, sizeof(*again)));
	for (i = 0; i < count; i++)
		again[i] = sorted[draw(state) % count];
	found = study_quantile(again, count, part);
	free(again);
	return found;
}

static void bootstrap(const struct study_sorted *from, size_t from_count,
		      const struct study_sorted *to, size_t to_count,
		      uint32_t part, struct study_estimate *e)
{
	double value[STUDY_RESAMPLES];
	uint64_t state = 2017;
	size_t i;

	for (i = 0; i < STUDY_RESAMPLES; i++) {
		value[i] = resampled(to, to_count, part, &state);
		if (from)
			value[i] -= resampled(from, from_count, part, &state);
	}
	qsort(value, STUDY_RESAMPLES, sizeof(*value), study_order);
	e->bounded = true;
	e->low = value[STUDY_RESAMPLES / 40 - 1];
	e->high = value[STUDY_RESAMPLES - STUDY_RESAMPLES / 40];
}

struct study_estimate study_quantile_estimate(const struct study_sorted *from,
					      size_t from_count,
					      const struct study_sorted *to,
					      size_t to_count, uint32_t part)
{
	struct study_estimate e = { 0 };

	if (!total_of(to, to_count) ||
	    (from && !total_of(from, from_count)))
		return e;
	e.known = true;
	e.value = study_quantile(to, to_count, part);
	if (from)
		e.value -= study_quantile(from, from_count, part);
	if (to_count > 1 && (!from || from_count > 1))
		bootstrap(from, from_count, to, to_count, part, &e);
	return e;
}

bool study_excludes_zero(const struct study_estimate *estimate)
{
	return estimate->known && estimate->bounded &&
	       (estimate->low > 0 || estimate->high < 0);
}
