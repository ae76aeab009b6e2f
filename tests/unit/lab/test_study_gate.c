// SPDX-License-Identifier: GPL-2.0
/* When does the gate report growth? With made-up distributions. */
#include "lab/study/gate.h"
#include "lab/study/stats.h"
#include "tests/unit/unit.h"

/* Two modes: @rare samples in 1000 have the longer path. */
static void modes(double curve[GATE_POINTS], double common, double longer,
		  size_t rare)
{
	double value[1000];
	size_t i;

	for (i = 0; i < 1000; i++)
		value[i] = i < 1000 - rare ? common : longer;
	gate_curve(curve, &(struct study_sorted) { value, 1000 }, 1);
}

START_TEST(curve_is_of_ranks)
{
	double value[1001], curve[GATE_POINTS];
	size_t i;

	for (i = 0; i < 1001; i++)
		value[i] = (double)(i + 1);
	gate_curve(curve, &(struct study_sorted) { value, 1001 }, 1);
	ck_assert_double_eq(curve[0], 1);
	ck_assert_double_eq(curve[1], 6);	/* 5.005 */
	ck_assert_double_eq(curve[100], 501);	/* 500.5 */
	ck_assert_double_eq(curve[200], 1001);
}
END_TEST

static size_t grown(double common, double longer, size_t rare,
		    struct gate_tolerance tolerance)
{
	double baseline[GATE_POINTS], now[GATE_POINTS];

	modes(baseline, 831, 1490, 100);
	modes(now, common, longer, rare);
	return gate_compare(baseline, now, &tolerance).grown;
}

START_TEST(mass_may_move_between_modes_a_little)
{
	const struct gate_tolerance t = { 1, 1 };

	ck_assert_uint_eq(grown(831, 1490, 100, t), 0);
	ck_assert_uint_eq(grown(831, 1490, 108, t), 0);
	ck_assert_uint_eq(grown(831, 1490, 92, t), 0);
	ck_assert_uint_ne(grown(831, 1490, 140, t), 0);
	/* the 90 % quantile alone would jump from 831 to 1490 */
	ck_assert_uint_ne(grown(831, 1490, 108, (struct gate_tolerance) { 1, 0 }),
			  0);
}
END_TEST

START_TEST(each_mode_is_held_to_the_tolerance)
{
	const struct gate_tolerance t = { 1, 1 };

	ck_assert_uint_eq(grown(839, 1490, 100, t), 0);	/* +0.96 % */
	ck_assert_uint_ne(grown(840, 1490, 100, t), 0);	/* +1.08 % */
	ck_assert_uint_ne(grown(831, 1506, 100, t), 0);	/* mean: +0.2 % */
	ck_assert_uint_eq(grown(700, 1400, 100, t), 0);
}
END_TEST

START_TEST(rare_tail_is_free_and_a_common_one_is_not)
{
	double baseline[GATE_POINTS], now[GATE_POINTS];
	const struct gate_tolerance t = { 1, 1 };
	struct gate_result r;

	modes(baseline, 1000, 50000, 0);
	modes(now, 1000, 50000, 9);
	ck_assert_uint_eq(gate_compare(baseline, now, &t).grown, 0);
	modes(now, 1000, 50000, 25);
	r = gate_compare(baseline, now, &t);
	ck_assert_uint_ne(r.grown, 0);
	ck_assert_double_eq(r.to, 50000);
	ck_assert_double_eq(r.from, 1000);
}
END_TEST

START_TEST(shorter_is_told_and_is_no_growth)
{
	double baseline[GATE_POINTS], now[GATE_POINTS];
	const struct gate_tolerance t = { 1, 1 };
	struct gate_result r;

	modes(baseline, 1000, 2000, 100);
	modes(now, 900, 2000, 100);
	r = gate_compare(baseline, now, &t);
	ck_assert_uint_eq(r.grown, 0);
	ck_assert_uint_ne(r.shrunk, 0);
	ck_assert_double_eq(r.to, 900);
	ck_assert(r.mean_percent < -8);
	ck_assert(gate_mass_is_valid(0.5) && gate_mass_is_valid(0));
	ck_assert(!gate_mass_is_valid(0.7) && !gate_mass_is_valid(25));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("study_gate");

	unit_add(suite, curve_is_of_ranks);
	unit_add(suite, mass_may_move_between_modes_a_little);
	unit_add(suite, each_mode_is_held_to_the_tolerance);
	unit_add(suite, rare_tail_is_free_and_a_common_one_is_not);
	unit_add(suite, shorter_is_told_and_is_no_growth);
	return unit_run(suite);
}
