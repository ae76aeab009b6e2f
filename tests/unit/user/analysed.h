/* SPDX-License-Identifier: MIT */
/*
 * Fixture for tests that analyse one made-up run: set up, make, analyse.
 */
#ifndef XLAT_ANALYSED_H
#define XLAT_ANALYSED_H

#include "core/grid.h"
#include "user/analysis/stats.h"
#include "tests/synthetic.h"
#include "tests/unit/unit.h"

static struct synthetic setup;
static struct run run;
static struct report report;
static struct environment facts;

static inline int analyse_as(enum report_what what, uint32_t warmup)
{
	const struct stats_options options = { .what = what, .warmup = warmup };

	report_free(&report);
	return stats_report(&run, &facts, &options, &report);
}

static inline void analyse(void)
{
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, STATS_WARMUP_RECORDED), 0);
}

static inline void begin(void)
{
	setup = synthetic_defaults();
	facts = (struct environment) { 0 };
}

static inline void make(void)
{
	run_free(&run);
	synthetic_run(&setup, &run);
}

static inline void end(void)
{
	report_free(&report);
	run_free(&run);
}

static inline void expect(enum report_verdict verdict)
{
	ck_assert_msg(report.total.verdict == verdict, "verdict is %s: %s",
		      report_verdict_name(report.total.verdict),
		      report.total.why);
}

static inline double value(enum report_statistic statistic)
{
	ck_assert(report.total.value[statistic].known);
	return report.total.value[statistic].value;
}

/* Early, late and very late samples: some points are missed. */
static inline int64_t wild(uint32_t cpu, uint64_t i)
{
	if (i % 97 == 13)
		return 2500000 + cpu;
	if (i % 31 == 5)
		return -(int64_t)(i % 7) * 11;
	return 400 + (int64_t)xlat_draw(cpu, i, 5000);
}

#endif /* XLAT_ANALYSED_H */
