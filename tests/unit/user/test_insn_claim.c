// SPDX-License-Identifier: MIT
/* The unit of a truncated recording with a claimed instruction clock. */
#include <string.h>

#include "user/cmd/analyse.h"
#include "tests/synthetic.h"
#include "tests/unit/unit.h"

#define CLAIM	"\"emulation\": {\"emulator\": \"e\", \"icount_shift\": 3}"

static const struct stats_options options = { .warmup = STATS_WARMUP_RECORDED };

/* @loop_ticks: of 100,000 instructions; 50,000 ticks at the claimed 8 ns */
static void analyse(const char *environment, uint64_t loop_ticks, bool cut,
		    struct report *report)
{
	struct synthetic s = synthetic_defaults();
	struct run run;

	s.tick_hz = 62500000;
	s.period_ticks = 63062;
	s.loop_ticks = loop_ticks;
	s.environment = environment;
	synthetic_run(&s, &run);
	for (size_t i = 0; cut && i < run.cpu_count; i++) {
		run.cpus[i].final = false;
		memset(&run.cpus[i].map.after, 0, sizeof(run.cpus[i].map.after));
	}
	run.complete = !cut;
	ck_assert_int_eq(analysis_report(&run, &options, report), 0);
	run_free(&run);
}

static bool notes_say(const struct report *report, const char *text)
{
	for (size_t i = 0; i < report->notes.count; i++)
		if (strstr(report->notes.line[i], text))
			return true;
	return false;
}

START_TEST(a_truncated_run_has_the_claimed_unit)
{
	struct report report;

	analyse("{" CLAIM "}", 50000, true, &report);
	ck_assert_int_eq(report.unit, REPORT_INSN);
	ck_assert(notes_say(&report, "8 ns"));
	ck_assert_int_eq(report.total.verdict, REPORT_UNPROVEN);
	report_free(&report);
}
END_TEST

START_TEST(a_run_killed_early_has_no_probe)
{
	struct report report;

	analyse("{" CLAIM "}", 0, true, &report);
	ck_assert_int_eq(report.unit, REPORT_INSN);
	report_free(&report);
}
END_TEST

START_TEST(a_probe_may_contradict)
{
	struct report report;

	analyse("{" CLAIM "}", 25000, true, &report);
	ck_assert_int_eq(report.unit, REPORT_NS);
	ck_assert(!notes_say(&report, "8 ns"));
	report_free(&report);
	analyse("{" CLAIM ", \"instructions\": false}", 50000, false, &report);
	ck_assert_int_eq(report.unit, REPORT_NS);
	report_free(&report);
}
END_TEST

START_TEST(proven_it_says_nothing)
{
	struct report report;

	analyse("{" CLAIM ", \"instructions\": true, \"insn_shift\": 3}", 50000,
		false, &report);
	ck_assert_int_eq(report.unit, REPORT_INSN);
	ck_assert(!notes_say(&report, "8 ns"));
	report_free(&report);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("insn_claim");

	unit_add(suite, a_truncated_run_has_the_claimed_unit);
	unit_add(suite, a_run_killed_early_has_no_probe);
	unit_add(suite, a_probe_may_contradict);
	unit_add(suite, proven_it_says_nothing);
	return unit_run(suite);
}
