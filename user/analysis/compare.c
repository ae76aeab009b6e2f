// SPDX-License-Identifier: MIT
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "fairness.h"
#include "order.h"

static double middle(const struct report_bin *bin)
{
	return bin->low + (bin->high - bin->low) / 2;
}

/* No run can have more values. Products of two counts fit into 128 bits. */
#define VALUES_MAX	(1LL << 50)

static int64_t values_of(const struct report *r)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < r->bin_count; i++) {
		if (r->bins[i].count > VALUES_MAX - n)
			return VALUES_MAX;
		n += r->bins[i].count;
	}
	return (int64_t)n;
}

/*
 * The result of pairing each value of x with every value of y. @won is the
 * number of pairs with x > y minus the number with x < y. @ties is the number
 * with x = y. Each value of x has a mean sign over its pairs; @square is the
 * sum of the squares of these means.
 */
struct pairing {
	__int128 won;
	__int128 ties;
	double square;
};

static struct pairing pair(const struct report *x, const struct report *y)
{
	int64_t below = 0, equal, won, weight, n = values_of(y);
	struct pairing p = { 0 };
	size_t i, j = 0, k;

	for (i = 0; i < x->bin_count; i++) {
		double at = middle(&x->bins[i]), mean;

		for (; j < y->bin_count && middle(&y->bins[j]) < at; j++)
			below += (int64_t)y->bins[j].count;
		equal = 0;
		for (k = j; k < y->bin_count && middle(&y->bins[k]) == at; k++)
			equal += (int64_t)y->bins[k].count;
		weight = (int64_t)x->bins[i].count;
		won = below - (n - below - equal);
		mean = (double)won / (double)n;
		p.won += (__int128)weight * won;
		p.ties += (__int128)weight * equal;
		p.square += (double)weight * mean * mean;
	}
	return p;
}

static double clamp(double value)
{
	return fmax(-1, fmin(1, value));
}

static void bound_extreme(struct report_value *delta, double smaller)
{
	double near = (smaller - ORDER_Z95 * ORDER_Z95) / (smaller + ORDER_Z95 * ORDER_Z95);

	delta->low = delta->value < 0 ? -1 : near;
	delta->high = delta->value < 0 ? -near : 1;
}

struct report_value compare_delta(const struct report *x,
				  const struct report *y)
{
	struct report_value delta = { .known = true };
	double n = (double)values_of(x), m = (double)values_of(y);
	struct pairing by_x, by_y;
	double d, var, least, root, below;

	if (n < 2 || m < 2 || fmax(n, m) >= VALUES_MAX)
		return (struct report_value) { 0 };
	by_x = pair(x, y);
	by_y = pair(y, x);
	d = delta.value = (double)by_x.won / (n * m);
	delta.bounded = true;
	if (fabs(d) == 1) {
		bound_extreme(&delta, fmin(n, m));
		return delta;
	}
	var = m * m * (by_x.square - n * d * d) +
	      n * n * (by_y.square - m * d * d) -
	      (n * m - (double)by_x.ties - n * m * d * d);
	var /= n * m * (n - 1) * (m - 1);
	least = (1 - d * d) / (n * m - 1);
	var = fmax(var, least);
	root = ORDER_Z95 * sqrt(var) *
	       sqrt((1 - d * d) * (1 - d * d) + ORDER_Z95 * ORDER_Z95 * var);
	below = 1 - d * d + ORDER_Z95 * ORDER_Z95 * var;
	delta.low = clamp((d - d * d * d - root) / below);
	delta.high = clamp((d - d * d * d + root) / below);
	return delta;
}

static struct report_value difference(const struct report_value *a,
				      const struct report_value *first)
{
	struct report_value d = { .known = a->known && first->known };

	if (!d.known)
		return d;
	d.value = a->value - first->value;
	d.bounded = a->bounded && first->bounded;
	if (!d.bounded)
		return d;
	d.low = d.value - hypot(a->value - a->low, first->high - first->value);
	d.high = d.value + hypot(a->high - a->value, first->value - first->low);
	return d;
}

static struct report_value ratio(const struct report_value *a,
				 const struct report_value *first)
{
	if (!a->known || !first->known || a->value < 0 || first->value <= 0)
		return (struct report_value) { 0 };
	return (struct report_value) {
		.known = true, .value = a->value / first->value,
	};
}

/* Different stages (T1 and T2) and different units are never compared. */
static bool comparable(const struct report *a, const struct report *b)
{
	return a->unit == b->unit && !strcmp(a->stage, b->stage);
}

/*
 * The first comparable row with the same source. If there is none, the first
 * comparable row: PPI 27 in a guest may do the work of PPI 30 on the host.
 */
static size_t baseline_of(const struct report *reports, size_t row)
{
	size_t i, same_stage = row;

	for (i = row; i-- > 0;)
		if (comparable(&reports[i], &reports[row]))
			same_stage = i;
	for (i = 0; i < row; i++)
		if (comparable(&reports[i], &reports[row]) &&
		    !strcmp(reports[i].source, reports[row].source))
			return i;
	return same_stage;
}

static void compare_row(struct comparison_row *row, const struct report *reports,
			size_t number)
{
	const struct report *report = &reports[number];
	int i;

	row->report = report;
	row->baseline = baseline_of(reports, number);
	if (row->baseline == number)
		return;
	for (i = 0; i < REPORT_STATISTICS; i++) {
		const struct report_value *a = &report->total.value[i];
		const struct report_value *b =
			&reports[row->baseline].total.value[i];

		row->difference[i] = difference(a, b);
		row->ratio[i] = ratio(a, b);
	}
	row->delta = compare_delta(report, &reports[row->baseline]);
}

uint32_t compare_warmup(const struct run *runs, size_t count)
{
	uint32_t warmup = 0;
	size_t i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j < runs[i].cpu_count; j++) {
			const struct run_cpu *cpu = &runs[i].cpus[j];

			if (cpu->started && cpu->map.warmup > warmup)
				warmup = cpu->map.warmup;
		}
	return warmup;
}

int compare_reports(const struct report *reports, size_t count,
		    struct comparison *comparison)
{
	size_t i;

	*comparison = (struct comparison) {
		.unit = reports[0].unit,
		.warmup = reports[0].warmup,
		.rows = calloc(count, sizeof(*comparison->rows)),
		.row_count = count,
	};
	if (!comparison->rows)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		compare_row(&comparison->rows[i], reports, i);
		if (reports[i].decimals > comparison->decimals)
			comparison->decimals = reports[i].decimals;
	}
	return fairness_check(reports, count, comparison);
}
