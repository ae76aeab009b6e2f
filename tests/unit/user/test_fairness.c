// SPDX-License-Identifier: MIT
/* An unfair comparison gives a warning or is refused. */
#include <string.h>

#include "compared.h"

/* There is exactly one message, a warning that begins with @text. */
static void expect_warning(const char *text)
{
	compare(2);
	ck_assert_uint_eq(comparison.refusals.count, 0);
	ck_assert_uint_eq(comparison.warnings.count, 1);
	ck_assert_msg(!strncmp(comparison.warnings.line[0], text, strlen(text)),
		      "it says: %s", comparison.warnings.line[0]);
}

/* Exactly one message in all: what the comparison is about. */
static void expect_compared(const char *text)
{
	compare(2);
	ck_assert_uint_eq(comparison.refusals.count, 0);
	ck_assert_uint_eq(comparison.warnings.count, 0);
	ck_assert_uint_eq(comparison.compared.count, 1);
	ck_assert_msg(!strncmp(comparison.compared.line[0], text, strlen(text)),
		      "it says: %s", comparison.compared.line[0]);
}

/* "different ..." is a warning; all else is what the comparison is about. */
static void expect(const char *text)
{
	if (strncmp(text, "different ", strlen("different ")))
		expect_compared(text);
	else
		expect_warning(text);
}

static void expect_refusal(const char *text)
{
	compare(2);
	ck_assert_uint_eq(comparison.refusals.count, 1);
	ck_assert_msg(!strncmp(comparison.refusals.line[0], text, strlen(text)),
		      "it says: %s", comparison.refusals.line[0]);
}

START_TEST(native_27_and_30_are_one_mechanism)
{
	setup[1].source = XLAT_SOURCE_VIRT;
	compare(2);
	ck_assert_uint_eq(comparison.warnings.count, 0);
	ck_assert_uint_eq(comparison.refusals.count, 0);
}
END_TEST

START_TEST(none_seen_is_as_good_as_none)
{
	strcpy(facts[1].hypervisor, "none seen");
	compare(2);
	ck_assert_uint_eq(comparison.warnings.count, 0);
}
END_TEST

START_TEST(none_seen_differs_from_a_hypervisor)
{
	strcpy(facts[0].hypervisor, "none seen");
	strcpy(facts[1].hypervisor, "kvm");
	expect_compared("hypervisor: none (1), kvm (2)");
}
END_TEST

START_TEST(emulated_is_another_mechanism)
{
	strcpy(facts[1].mechanism, "emulated");
	expect_compared("mechanism: ppi (1), emulated (2)");
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
		{ offsetof(struct environment, hypervisor), "hypervisor: none (1), other (2)" },
		{ offsetof(struct environment, kernel_commandline), "kernel command line: quiet console=ttyAMA0 (1), other (2)" },
		{ offsetof(struct environment, config_digest), "different kernel configuration" },
		{ offsetof(struct environment, cpu_model), "different CPU model" },
		{ offsetof(struct environment, governor), "different governor" },
		{ offsetof(struct environment, emulator), "different emulator: none (1), other (2)" },
		{ offsetof(struct environment, backing_timer), "backing timer" },
	};
	size_t i;

	for (i = 0; i < sizeof(field) / sizeof(*field); i++) {
		begin();
		strcpy((char *)&facts[1] + field[i].offset, "other");
		expect(field[i].says);
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
		{ offsetof(struct environment, scheduler), "Xen scheduler: credit2 (1), other (2)" },
		{ offsetof(struct environment, debug), "Xen DEBUG: n (1), other (2)" },
		{ offsetof(struct environment, xen_commandline), "Xen command line: dom0_mem=1G vwfi=trap (1), other (2)" },
	};
	size_t i;

	for (i = 0; i < sizeof(field) / sizeof(*field); i++) {
		begin();
		put_on_xen(0, "xen 4.17");
		put_on_xen(1, "xen 4.17");
		strcpy((char *)&facts[1] + field[i].offset, "other");
		expect(field[i].says);
		end();
	}
	begin();
	put_on_xen(1, "xen 4.18");
	strcpy(facts[1].scheduler, "null");
	expect_compared("hypervisor: none (1), xen 4.18 (2)");
}
END_TEST

START_TEST(only_the_difference_of_command_lines_is_printed)
{
	char *line = facts[1].kernel_commandline;

	strcpy(line, "quiet  console=hvc0");
	expect_compared("kernel command line: console=ttyAMA0 (1), console=hvc0 (2)");
	end();
	strcpy(line, "console=ttyAMA0");
	expect_compared("kernel command line: quiet (1), nothing more (2)");
	end();
	memset(line, 'x', 1000);
	compare(2);
	ck_assert_uint_lt(strlen(comparison.compared.line[0]), 200);
}
END_TEST

START_TEST(blanks_do_not_matter_in_command_lines)
{
	char *line = facts[1].kernel_commandline;
	size_t i;

	snprintf(line, sizeof(facts[1].kernel_commandline), "  %s ",
		 "quiet   console=ttyAMA0");
	compare(2);
	for (i = 0; i < comparison.warnings.count; i++)
		ck_assert(!strstr(comparison.warnings.line[i], "command line"));
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

START_TEST(a_refused_scheduler_gives_a_warning)
{
	strcpy(facts[0].scheduler_ignored, "null");
	expect_warning("run 1: Xen ignored sched=null on its command line: its scheduler is credit2");
	ck_assert_uint_eq(report[0].notes.count, 1);
}
END_TEST

START_TEST(bad_clocks_are_warned_of)
{
	setup[0].source = setup[1].source = XLAT_SOURCE_HRTIMER;
	facts[1].clocksource_fell_back = true;
	strcpy(facts[1].clocksource, "jiffies");
	expect_warning("run 2: Linux fell back to the clock source jiffies: every time of hrtimer is taken from it");
	ck_assert_uint_eq(report[1].notes.count, 1);
	end();
	begin();
	setup[0].source = setup[1].source = XLAT_SOURCE_HRTIMER;
	facts[0].slew_ppm = -12.34;
	expect_warning("run 1: NTP slewed CLOCK_MONOTONIC by -12.3 ppm, which shifts the lateness of hrtimer by that rate times the period: -12.5 ns");
	end();
	begin();
	setup[0].source = setup[1].source = XLAT_SOURCE_HRTIMER;
	facts[0].resolution_ns = 4000000;
	expect_warning("run 1: high-resolution timers are off: the timer expires at the kernel's tick, every 4000000 ns, so the lateness is spread over a tick and is no result; boot without highres=off");
	end();
	begin();
	strcpy(facts[0].cntfrq, "1 Hz on 1 CPU (CPU 0), 0 Hz on 3 CPUs (first CPU 1)");
	expect_warning("run 1: firmware set different CNTFRQ: 1 Hz on 1 CPU (CPU 0), 0 Hz on 3 CPUs (first CPU 1)");
}
END_TEST

/* Ticks of unknown length are no nanoseconds. */
START_TEST(an_unknown_rate_is_refused)
{
	facts[1].rate_unknown = true;
	compare(2);
	ck_assert_int_eq(report[1].unit, REPORT_TICKS);
	ck_assert_uint_ge(comparison.refusals.count, 1);
}
END_TEST

START_TEST(measured_cpus_are_checked)
{
	setup[1].first_cpu = 0;
	expect_warning("different measured CPUs: 2-3 (1), 0-1 (2)");
}
END_TEST

static void slow_down(struct run *one, size_t cpu)
{
	one->cpus[cpu].map.before.loop_ticks *= 2;
	one->cpus[cpu].map.after.loop_ticks *= 2;
}

/* The clock of run 2 is the mean of run 1, but no CPU of run 1 has it. */
START_TEST(two_kinds_of_cores_have_no_mean)
{
	struct stats_options options = { .what = REPORT_LATENESS };

	compare(2);
	end();
	begin();
	synthetic_run(&setup[0], &run[0]);
	synthetic_run(&setup[1], &run[1]);
	slow_down(&run[0], 1);
	for (int i = 0; i < 2; i++)
		run[1].cpus[i].map.before.loop_ticks =
			run[1].cpus[i].map.before.loop_ticks * 4 / 3;
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(stats_report(&run[i], &facts[i], &options,
					      &report[i]), 0);
	ck_assert_int_eq(compare_reports(report, 2, &comparison), 0);
	ck_assert_uint_eq(comparison.refusals.count, 1);
	ck_assert_str_eq(comparison.refusals.line[0],
			 "different core clock: 1000.0 (CPU 2), 500.0 (CPU 3) MHz (1), 750.0 MHz (2)");
}
END_TEST

START_TEST(the_same_two_kinds_are_alike)
{
	struct stats_options options = { .what = REPORT_LATENESS };

	for (int i = 0; i < 2; i++) {
		synthetic_run(&setup[i], &run[i]);
		slow_down(&run[i], 1);
		ck_assert_int_eq(stats_report(&run[i], &facts[i], &options,
					      &report[i]), 0);
	}
	ck_assert_int_eq(compare_reports(report, 2, &comparison), 0);
	ck_assert_uint_eq(comparison.refusals.count, 0);
}
END_TEST

START_TEST(a_long_list_is_not_cut_inside_a_number)
{
	char *list = facts[1].cpus_online;

	for (int cpu = 100; cpu < 200; cpu += 2)
		sprintf(list + (cpu == 100 ? 0 : strlen(list)), "%s%d",
			cpu == 100 ? "" : ",", cpu);
	compare(2);
	ck_assert_uint_eq(comparison.warnings.count, 1);
	ck_assert_ptr_nonnull(strstr(comparison.warnings.line[0],
				     ",132,... (2)"));
}
END_TEST

START_TEST(unknown_facts_are_reported_once)
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
	const TTest * const tests[] = {
		native_27_and_30_are_one_mechanism,
		none_seen_is_as_good_as_none,
		none_seen_differs_from_a_hypervisor,
		emulated_is_another_mechanism,
		stage_is_checked,
		period_is_checked,
		period_of_a_coarser_clock_is_forgiven,
		dither_is_checked,
		environment_is_checked,
		xen_is_checked,
		only_the_difference_of_command_lines_is_printed,
		blanks_do_not_matter_in_command_lines,
		an_early_end_is_warned_of,
		measured_cpus_are_checked,
		bad_clocks_are_warned_of,
		an_unknown_rate_is_refused,
		a_refused_scheduler_gives_a_warning,
		two_kinds_of_cores_have_no_mean,
		the_same_two_kinds_are_alike,
		a_long_list_is_not_cut_inside_a_number,
		unknown_facts_are_reported_once,
		units_do_not_mix,
		core_clocks_within_2_percent,
		two_known_core_clocks_are_refused_beside_an_unknown_one,
		an_unknown_core_clock_is_no_reference,
		losses_are_warned_of,
		three_runs_are_grouped,
	};

	return compared_run("fairness", tests, sizeof(tests) / sizeof(*tests));
}
