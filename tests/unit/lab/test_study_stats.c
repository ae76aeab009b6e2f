// SPDX-License-Identifier: GPL-2.0
/* Textbook statistics of the lab: intervals and quantiles. */
#include <stdlib.h>
#include <string.h>

#include "lab/study/study.h"
#include "lab/study/stats.h"
#include "tests/unit/unit.h"

START_TEST(t_is_that_of_the_tables)
{
	ck_assert_double_eq(study_t(1), 12.706);
	ck_assert_double_eq(study_t(7), 2.365);
	ck_assert_double_eq(study_t(15.9), 2.131);	/* the wider one */
	ck_assert_double_eq(study_t(0.5), 12.706);
	ck_assert_double_eq(study_t(1e9), 1.962);
}
END_TEST

START_TEST(mean_has_the_textbook_interval)
{
	static const double x[] = { 10, 12, 14, 16 };
	struct study_estimate e;

	/* mean 13, s = 2.582, s / sqrt(4) = 1.291, t(3) = 3.182 */
	e = study_contrast(&(struct study_group) { 1, x, 4 }, 1);
	ck_assert(e.known && e.bounded);
	ck_assert_double_eq(e.value, 13);
	ck_assert_double_eq_tol(e.low, 13 - 4.108, 0.001);
	ck_assert_double_eq_tol(e.high, 13 + 4.108, 0.001);
}
END_TEST

START_TEST(difference_is_welch)
{
	static const double a[] = { 27.5, 21.0, 19.0, 23.6, 17.0, 17.9 };
	static const double b[] = { 27.1, 22.0, 20.8, 23.4, 23.4, 23.5 };
	const struct study_group both[] = { { -1, a, 6 }, { 1, b, 6 } };
	struct study_estimate e = study_contrast(both, 2);

	/* se 1.8351, Welch's df 7.64: t(7) = 2.365 */
	ck_assert_double_eq_tol(e.value, 2.3667, 0.0001);
	ck_assert_double_eq_tol(e.high - e.value, 2.365 * 1.8351, 0.001);
	ck_assert_double_eq_tol(e.value - e.low, e.high - e.value, 1e-9);
	ck_assert(!study_excludes_zero(&e));
}
END_TEST

START_TEST(one_repetition_has_no_interval)
{
	static const double a[] = { 1 }, b[] = { 5, 5 };
	const struct study_group both[] = { { -1, a, 1 }, { 1, b, 2 } };
	struct study_estimate e = study_contrast(both, 2);

	ck_assert(e.known && !e.bounded);
	ck_assert_double_eq(e.value, 4);
	ck_assert(!study_excludes_zero(&e));
	ck_assert(!study_contrast(&(struct study_group) { 1, b, 0 }, 1).known);
}
END_TEST

START_TEST(exact_repetition_is_an_exact_interval)
{
	static const double a[] = { 5, 5, 5 }, b[] = { 6, 6, 6 };
	const struct study_group both[] = { { -1, a, 3 }, { 1, b, 3 } };
	const struct study_group same[] = { { -1, a, 3 }, { 1, a, 3 } };
	struct study_estimate e = study_contrast(both, 2);

	ck_assert(e.bounded && study_excludes_zero(&e));
	ck_assert_double_eq(e.low, 1);
	ck_assert_double_eq(e.high, 1);
	e = study_contrast(same, 2);
	ck_assert(e.bounded && !study_excludes_zero(&e));
}
END_TEST

START_TEST(quantile_is_the_pooled_rank)
{
	double a[60], b[40];
	const struct study_sorted both[] = { { a, 60 }, { b, 40 } };
	size_t i, m = 0, n = 0;

	for (i = 1; i <= 100; i++)	/* 1 to 100, distributed */
		*(i % 5 < 3 ? &a[m++] : &b[n++]) = (double)i;
	ck_assert_uint_eq(m, 60);
	ck_assert_double_eq(study_quantile(both, 2, 50000), 50);
	ck_assert_double_eq(study_quantile(both, 2, 90000), 90);
	ck_assert_double_eq(study_quantile(both, 2, 99000), 99);
	ck_assert_double_eq(study_quantile(both, 2, 99900), 100);
	ck_assert_double_eq(study_quantile(both, 2, 1000), 1);
}
END_TEST

START_TEST(tail_needs_ten_values_beyond)
{
	ck_assert(study_supports(10000, STUDY_P99_9));
	ck_assert(!study_supports(9999, STUDY_P99_9));
	ck_assert(study_supports(20, STUDY_P50));
	ck_assert(!study_supports(19, STUDY_P50));
}
END_TEST

enum { REPETITIONS = 4, SAMPLES = 2600 };

/* Recordings of %SAMPLES values from 100 up; @high of each are higher by 1000. */
static void make(struct study_sorted to[REPETITIONS], const size_t high[])
{
	double *value;
	size_t i, j;

	for (j = 0; j < REPETITIONS; j++) {
		value = calloc(SAMPLES, sizeof(*value));
		for (i = 0; i < SAMPLES; i++)
			value[i] = 100 + (double)(i % 7) +
				   (i >= SAMPLES - high[j] ? 1000 : 0);
		qsort(value, SAMPLES, sizeof(*value), study_order);
		to[j] = (struct study_sorted) { value, SAMPLES };
	}
}

static void free_all(struct study_sorted all[REPETITIONS])
{
	size_t i;

	for (i = 0; i < REPETITIONS; i++)
		free((double *)all[i].value);
}

static const size_t no_tail[REPETITIONS] = { 0 };

START_TEST(bootstrap_repeats_and_sees_a_tail)
{
	static const size_t tails[] = { 10, 10, 10, 10 };
	struct study_sorted from[REPETITIONS], to[REPETITIONS];
	struct study_estimate a, b;

	make(from, no_tail);
	make(to, tails);
	a = study_quantile_estimate(from, 4, to, 4, STUDY_P99_9);
	b = study_quantile_estimate(from, 4, to, 4, STUDY_P99_9);
	ck_assert(a.known && a.bounded && study_excludes_zero(&a));
	ck_assert(!memcmp(&a, &b, sizeof(a)));
	ck_assert(a.value >= 990 && a.value <= 1010);
	ck_assert(!study_quantile_estimate(from, 4, to, 0, STUDY_P99_9).known);
	free_all(from);
	free_all(to);
}
END_TEST

/*
 * A tail in one of four recordings is not an effect of the cell: the bootstrap
 * often draws four recordings without it.
 */
START_TEST(bootstrap_is_over_recordings)
{
	static const size_t one_tail[] = { 40, 0, 0, 0 };
	struct study_sorted from[REPETITIONS], to[REPETITIONS];
	struct study_estimate e;

	make(from, no_tail);
	make(to, one_tail);
	e = study_quantile_estimate(from, 4, to, 4, STUDY_P99_9);
	ck_assert(e.value >= 990);
	ck_assert(!study_excludes_zero(&e));
	free_all(from);
	free_all(to);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("study_stats");

	unit_add(suite, t_is_that_of_the_tables);
	unit_add(suite, mean_has_the_textbook_interval);
	unit_add(suite, difference_is_welch);
	unit_add(suite, one_repetition_has_no_interval);
	unit_add(suite, exact_repetition_is_an_exact_interval);
	unit_add(suite, quantile_is_the_pooled_rank);
	unit_add(suite, tail_needs_ten_values_beyond);
	unit_add(suite, bootstrap_repeats_and_sees_a_tail);
	unit_add(suite, bootstrap_is_over_recordings);
	return unit_run(suite);
}
