// SPDX-License-Identifier: MIT
#include <math.h>

#include "compared.h"
#include "core/grid.h"

static int64_t slower(uint32_t cpu, uint64_t i)
{
	return synthetic_lateness(cpu, i) + 8;
}

static int64_t far_slower(uint32_t cpu, uint64_t i)
{
	return synthetic_lateness(cpu, i) + 5000;
}

static int64_t coarse(uint32_t cpu, uint64_t i)
{
	return (int64_t)xlat_draw(cpu + 77, i, 9);
}

static int64_t other_coarse(uint32_t cpu, uint64_t i)
{
	return 2 + (int64_t)xlat_draw(cpu + 99, i, 8);
}

START_TEST(equal_runs_do_not_differ)
{
	const struct comparison_row *row;
	int i;

	compare(2);
	row = &comparison.rows[1];
	ck_assert_uint_eq(comparison.warnings.count, 0);
	ck_assert_uint_eq(comparison.refusals.count, 0);
	for (i = 0; i < REPORT_P99_9; i++) {
		ck_assert(row->difference[i].known && row->ratio[i].known);
		ck_assert(row->difference[i].value == 0);
		ck_assert(row->ratio[i].value == 1);
	}
	ck_assert(!row->difference[REPORT_P99_99].known);
	ck_assert(row->delta.value == 0);
	ck_assert(row->delta.low < 0 && row->delta.high > 0);
	ck_assert(row->delta.high < 0.03);
}
END_TEST

START_TEST(the_first_row_has_no_comparison)
{
	compare(1);
	ck_assert(!comparison.rows[0].delta.known);
	ck_assert(!comparison.rows[0].difference[REPORT_AVG].known);
}
END_TEST

START_TEST(differences_have_the_right_sign)
{
	const struct comparison_row *row;

	setup[1].lateness = slower;
	compare(2);
	row = &comparison.rows[1];
	ck_assert(fabs(row->difference[REPORT_AVG].value - 8) < 1e-9);
	ck_assert(row->difference[REPORT_AVG].low > 6);
	ck_assert(row->difference[REPORT_AVG].high < 10);
	ck_assert(row->difference[REPORT_MIN].value == 8);
	ck_assert(row->difference[REPORT_P50].value == 8);
	ck_assert(row->ratio[REPORT_MIN].value == 308.0 / 300);
	ck_assert(row->delta.value > 0.7 && row->delta.value < 0.8);
	ck_assert(row->delta.low < row->delta.value);
	ck_assert(row->delta.high > row->delta.value);
	ck_assert(row->delta.low > 0.7 && row->delta.high < 0.8);
}
END_TEST

START_TEST(complete_separation)
{
	setup[1].lateness = far_slower;
	compare(2);
	ck_assert(comparison.rows[1].delta.value == 1);
	ck_assert(comparison.rows[1].delta.high == 1);
	ck_assert(comparison.rows[1].delta.low > 0.99);
	ck_assert(comparison.rows[1].delta.low < 1);
	comparison_free(&comparison);
	ck_assert(compare_delta(&report[0], &report[1]).value == -1);
	ck_assert(compare_delta(&report[0], &report[1]).low == -1);
}
END_TEST

static int sign(double x)
{
	return (x > 0) - (x < 0);
}

static double sample(const struct run *r, size_t i)
{
	const struct xlat_sample *s = &r->cpus[0].samples[i];

	return (double)(int64_t)(s->entry - s->deadline);
}

/* Cliff's formulas, computed for each pair. */
START_TEST(delta_is_that_of_all_pairs)
{
	double n = 150, m = 90, d = 0, di[150] = { 0 }, dj[90] = { 0 };
	double si = 0, sj = 0, sij = 0, var, z = 1.959963984540054, root;
	struct report_value delta;
	int i, j;

	setup[0].cpu_count = setup[1].cpu_count = 1;
	setup[0].lateness = coarse;
	setup[1].lateness = other_coarse;
	setup[0].count = 90;
	setup[1].count = 150;
	compare(2);
	for (i = 0; i < 150; i++)
		for (j = 0; j < 90; j++) {
			int s = sign(sample(&run[1], i) - sample(&run[0], j));

			d += s / (n * m);
			di[i] += s / m;
			dj[j] += s / n;
		}
	for (i = 0; i < 150; i++)
		for (j = 0; j < 90; j++) {
			int s = sign(sample(&run[1], i) - sample(&run[0], j));

			sij += (s - d) * (s - d);
		}
	for (i = 0; i < 150; i++)
		si += (di[i] - d) * (di[i] - d);
	for (j = 0; j < 90; j++)
		sj += (dj[j] - d) * (dj[j] - d);
	var = (m * m * si + n * n * sj - sij) / (n * m * (n - 1) * (m - 1));
	root = z * sqrt(var) * sqrt((1 - d * d) * (1 - d * d) + z * z * var);
	delta = comparison.rows[1].delta;
	ck_assert(fabs(delta.value - d) < 1e-12);
	ck_assert(fabs(delta.low - (d - d * d * d - root) /
		       (1 - d * d + z * z * var)) < 1e-9);
	ck_assert(fabs(delta.high - (d - d * d * d + root) /
		       (1 - d * d + z * z * var)) < 1e-9);
}
END_TEST

/* Ten equal values show no variance, but they do not prove that there is none. */
START_TEST(the_variance_has_a_floor)
{
	struct report_bin bin = { .low = 500, .high = 500, .count = 10 };
	struct report same = { .bins = &bin, .bin_count = 1 };
	double z2 = 1.959963984540054 * 1.959963984540054, least = 1.0 / 99;
	double bound = sqrt(z2 * least * (1 + z2 * least)) / (1 + z2 * least);
	struct report_value delta = compare_delta(&same, &same);

	ck_assert(delta.known && delta.bounded && delta.value == 0);
	ck_assert(fabs(delta.low + bound) < 1e-12);
	ck_assert(fabs(delta.high - bound) < 1e-12);
}
END_TEST

START_TEST(greatest_w_for_all)
{
	setup[0].warmup = 2;
	setup[1].warmup = 50;
	compare(2);
	ck_assert_uint_eq(comparison.warmup, 50);
	ck_assert(report[0].total.value[REPORT_WARM_MAX].value < 440);
	ck_assert_uint_eq(comparison.warnings.count, 1);
	ck_assert(!strncmp(comparison.warnings.line[0], "different W: 2 (1), 50 (2)", 26));
}
END_TEST

START_TEST(each_stage_has_its_baseline)
{
	setup[1].source = XLAT_SOURCE_HRTIMER;
	setup[1].stage = XLAT_STAGE_T2;
	setup[2].lateness = slower;
	compare(3);
	ck_assert_uint_eq(comparison.rows[0].baseline, 0);
	ck_assert_uint_eq(comparison.rows[1].baseline, 1);
	ck_assert(!comparison.rows[1].difference[REPORT_AVG].known);
	ck_assert(!comparison.rows[1].ratio[REPORT_AVG].known);
	ck_assert(!comparison.rows[1].delta.known);
	ck_assert_uint_eq(comparison.rows[2].baseline, 0);
	ck_assert(comparison.rows[2].difference[REPORT_MIN].value == 8);
}
END_TEST

START_TEST(the_same_source_comes_before_the_same_stage)
{
	setup[1].source = XLAT_SOURCE_VIRT;
	setup[2].source = XLAT_SOURCE_VIRT;
	compare(3);
	ck_assert_uint_eq(comparison.rows[1].baseline, 0);
	ck_assert_uint_eq(comparison.rows[2].baseline, 1);
}
END_TEST

int main(void)
{
	const TTest * const tests[] = {
		equal_runs_do_not_differ,
		the_first_row_has_no_comparison,
		differences_have_the_right_sign,
		complete_separation,
		delta_is_that_of_all_pairs,
		the_variance_has_a_floor,
		greatest_w_for_all,
		each_stage_has_its_baseline,
		the_same_source_comes_before_the_same_stage,
	};

	return compared_run("compare", tests, sizeof(tests) / sizeof(*tests));
}
