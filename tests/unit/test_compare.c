// SPDX-License-Identifier: MIT
#include <math.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "stats.h"
#include "synthetic.h"
#include "unit.h"

#define RUNS	3

static struct synthetic setup[RUNS];
static struct environment facts[RUNS];
static struct run run[RUNS];
static struct report report[RUNS];
static struct comparison comparison;

static void begin(void)
{
	int i;

	for (i = 0; i < RUNS; i++) {
		setup[i] = synthetic_defaults();
		facts[i] = (struct environment) {
			.scenario = "native", .mechanism = "ppi",
			.backing_timer = "arch_sys_timer", .kernel = "6.1.0",
			.hypervisor = "none", .hz = 250, .cpus_online = "0-3",
			.physical_cpus = "2-3",
			.kernel_commandline = "quiet console=ttyAMA0",
			.config_digest = "crc32:1", .cpu_model = "A53",
			.governor = "performance", .emulator = "none",
			.scheduler = "credit2", .debug = "n",
			.xen_commandline = "dom0_mem=1G vwfi=trap",
		};
	}
}

static void compare(size_t count)
{
	struct stats_options options = { .what = REPORT_LATENESS };
	size_t i;

	for (i = 0; i < count; i++)
		synthetic_run(&setup[i], &run[i]);
	options.warmup = compare_warmup(run, count);
	for (i = 0; i < count; i++)
		ck_assert_int_eq(stats_report(&run[i], &facts[i], &options,
					      &report[i]), 0);
	ck_assert_int_eq(compare_reports(report, count, &comparison), 0);
}

static void end(void)
{
	int i;

	comparison_free(&comparison);
	for (i = 0; i < RUNS; i++) {
		report_free(&report[i]);
		run_free(&run[i]);
	}
}

/* Exactly one message in all, a warning that begins with @text. */
static void expect_warning(const char *text)
{
	compare(2);
	ck_assert_uint_eq(comparison.refusals.count, 0);
	ck_assert_uint_eq(comparison.warnings.count, 1);
	ck_assert_msg(!strncmp(comparison.warnings.line[0], text, strlen(text)),
		      "it says: %s", comparison.warnings.line[0]);
}

static void expect_refusal(const char *text)
{
	compare(2);
	ck_assert_uint_eq(comparison.refusals.count, 1);
	ck_assert_msg(!strncmp(comparison.refusals.line[0], text, strlen(text)),
		      "it says: %s", comparison.refusals.line[0]);
}

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

START_TEST(the_first_row_is_compared_with_nothing)
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

/* Cliff's formulas, pair by pair. */
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

START_TEST(native_27_and_30_are_one_mechanism)
{
	setup[1].source = XLAT_SOURCE_VIRT;
	compare(2);
	ck_assert_uint_eq(comparison.warnings.count, 0);
	ck_assert_uint_eq(comparison.refusals.count, 0);
}
END_TEST

START_TEST(emulated_is_another_mechanism)
{
	strcpy(facts[1].mechanism, "emulated");
	expect_warning("different mechanism: ppi (1), emulated (2)");
}
END_TEST

START_TEST(stage_is_checked)
{
	setup[1].stage = XLAT_STAGE_T2;
	expect_warning("different stage: T1 (1), T2 (2)");
}
END_TEST

START_TEST(period_is_checked)
{
	setup[1].period_ticks++;
	compare(2);
	ck_assert_uint_eq(comparison.warnings.count, 0);
	end();
	setup[1].period_ticks++;
	expect_warning("different period: 1009.000 us (1), 1009.002 us (2)");
}
END_TEST

START_TEST(period_of_a_coarser_clock_is_forgiven)
{
	setup[1].tick_hz = 62500000;
	setup[1].period_ticks = 63062;
	setup[1].loop_ticks = 6250;
	setup[1].stage = XLAT_STAGE_T1;
	compare(2);
	ck_assert_uint_eq(comparison.warnings.count, 0);
}
END_TEST

START_TEST(dither_is_checked)
{
	setup[1].dither_ticks = 1000;
	expect_warning("different dither");
}
END_TEST

START_TEST(environment_is_checked)
{
	static const struct {
		size_t offset;
		const char *says;
	} field[] = {
		{ offsetof(struct environment, kernel), "different kernel" },
		{ offsetof(struct environment, cpus_online), "different online CPUs" },
		{ offsetof(struct environment, physical_cpus), "different measured physical CPUs" },
		{ offsetof(struct environment, hypervisor), "different hypervisor: none (1), other (2)" },
		{ offsetof(struct environment, kernel_commandline), "different kernel command line: quiet console=ttyAMA0 (1), other (2)" },
		{ offsetof(struct environment, config_digest), "different kernel configuration" },
		{ offsetof(struct environment, cpu_model), "different CPU model" },
		{ offsetof(struct environment, governor), "different governor" },
		{ offsetof(struct environment, emulator), "different emulator: none (1), other (2)" },
		{ offsetof(struct environment, backing_timer), "different backing timer" },
	};
	size_t i;

	for (i = 0; i < sizeof(field) / sizeof(*field); i++) {
		begin();
		strcpy((char *)&facts[1] + field[i].offset, "other");
		expect_warning(field[i].says);
		end();
	}
	begin();
	facts[1].hz = 1000;
	expect_warning("different HZ: 250 (1), 1000 (2)");
}
END_TEST

static void put_on_xen(size_t i, const char *version)
{
	strcpy(facts[i].hypervisor, version);
}

START_TEST(xen_is_checked)
{
	static const struct {
		size_t offset;
		const char *says;
	} field[] = {
		{ offsetof(struct environment, scheduler), "different Xen scheduler: credit2 (1), other (2)" },
		{ offsetof(struct environment, debug), "different Xen DEBUG: n (1), other (2)" },
		{ offsetof(struct environment, xen_commandline), "different Xen command line: dom0_mem=1G vwfi=trap (1), other (2)" },
	};
	size_t i;

	for (i = 0; i < sizeof(field) / sizeof(*field); i++) {
		begin();
		put_on_xen(0, "xen 4.17");
		put_on_xen(1, "xen 4.17");
		strcpy((char *)&facts[1] + field[i].offset, "other");
		expect_warning(field[i].says);
		end();
	}
	begin();
	put_on_xen(1, "xen 4.18");
	strcpy(facts[1].scheduler, "null");
	expect_warning("different hypervisor: none (1), xen 4.18 (2)");
}
END_TEST

START_TEST(of_command_lines_only_the_difference_is_told)
{
	char *line = facts[1].kernel_commandline;

	strcpy(line, "quiet  console=hvc0");
	expect_warning("different kernel command line: console=ttyAMA0 (1), console=hvc0 (2)");
	end();
	strcpy(line, "console=ttyAMA0");
	expect_warning("different kernel command line: quiet (1), nothing more (2)");
	end();
	memset(line, 'x', 1000);
	compare(2);
	ck_assert_uint_lt(strlen(comparison.warnings.line[0]), 200);
}
END_TEST

START_TEST(stages_have_baselines_of_their_own)
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

START_TEST(an_early_end_is_warned_of)
{
	compare(1);
	comparison_free(&comparison);
	report[0].cpu[1].ended_early = report[0].total.ended_early = true;
	report[0].cpu[1].end = "the machine was about to suspend";
	ck_assert_int_eq(compare_reports(report, 1, &comparison), 0);
	ck_assert_uint_eq(comparison.warnings.count, 1);
	ck_assert_str_eq(comparison.warnings.line[0],
			 "run 1 ended early: the machine was about to suspend");
}
END_TEST

START_TEST(measured_cpus_are_checked)
{
	setup[1].first_cpu = 0;
	expect_warning("different measured CPUs: 2-3 (1), 0-1 (2)");
}
END_TEST

START_TEST(what_nobody_knows_is_said_once)
{
	facts[0].hz = facts[1].hz = 0;
	strcpy(facts[0].kernel, "unknown");
	strcpy(facts[1].kernel, "unknown");
	expect_warning("could not be checked, unknown in every run: kernel, HZ");
}
END_TEST

START_TEST(units_do_not_mix)
{
	facts[1].instructions = true;
	expect_refusal("different unit: ns (1), instructions (2)");
	ck_assert(!comparison.rows[1].difference[REPORT_AVG].known);
	ck_assert(!comparison.rows[1].delta.known);
}
END_TEST

START_TEST(core_clocks_within_2_percent)
{
	setup[1].loop_ticks = 101900;
	compare(2);
	ck_assert_uint_eq(comparison.refusals.count, 0);
	end();
	setup[1].loop_ticks = 102100;
	expect_refusal("different core clock: 1000.0 MHz (1), 979.4 MHz (2)");
}
END_TEST

START_TEST(two_known_core_clocks_are_refused_beside_an_unknown_one)
{
	setup[1].loop_ticks = 0;
	expect_warning("different core clock: 1000.0 MHz (1), unknown (2)");
	end();
	setup[2].loop_ticks = 50000;
	compare(3);
	ck_assert_uint_eq(comparison.refusals.count, 1);
}
END_TEST

START_TEST(an_unknown_core_clock_is_no_reference)
{
	setup[0].loop_ticks = 0;
	setup[2].loop_ticks = 100100;
	compare(3);
	ck_assert_uint_eq(comparison.refusals.count, 0);
	ck_assert_uint_eq(comparison.warnings.count, 1);
	ck_assert_str_eq(comparison.warnings.line[0],
			 "different core clock: unknown (1), 1000.0 MHz (2 3)");
	end();
	setup[2].loop_ticks = 50000;
	compare(3);
	ck_assert_uint_eq(comparison.refusals.count, 1);
}
END_TEST

START_TEST(losses_are_warned_of)
{
	setup[1].lost_from = 10;
	setup[1].lost = 3;
	expect_warning("run 2 is lost");
}
END_TEST

START_TEST(three_runs_are_grouped)
{
	setup[1].stage = XLAT_STAGE_T2;
	compare(3);
	ck_assert_str_eq(comparison.warnings.line[0],
			 "different stage: T1 (1 3), T2 (2); never compared with each other");
}
END_TEST

int main(void)
{
	const TTest * const *test;
	const TTest * const tests[] = {
		equal_runs_do_not_differ, the_first_row_is_compared_with_nothing,
		differences_have_the_right_sign, complete_separation,
		delta_is_that_of_all_pairs, greatest_w_for_all,
		native_27_and_30_are_one_mechanism, emulated_is_another_mechanism,
		stage_is_checked, period_is_checked,
		period_of_a_coarser_clock_is_forgiven,
		dither_is_checked, environment_is_checked,
		measured_cpus_are_checked, what_nobody_knows_is_said_once,
		units_do_not_mix, core_clocks_within_2_percent,
		two_known_core_clocks_are_refused_beside_an_unknown_one,
		an_unknown_core_clock_is_no_reference,
		losses_are_warned_of, three_runs_are_grouped,
		xen_is_checked, of_command_lines_only_the_difference_is_told,
		stages_have_baselines_of_their_own,
		the_same_source_comes_before_the_same_stage,
		an_early_end_is_warned_of,
	};
	Suite *suite = suite_create("compare");

	for (test = tests; test < tests + sizeof(tests) / sizeof(*tests); test++) {
		TCase *tcase = tcase_create((*test)->name);

		tcase_add_checked_fixture(tcase, begin, end);
		tcase_add_test(tcase, *test);
		suite_add_tcase(suite, tcase);
	}
	return unit_run(suite);
}
