/* SPDX-License-Identifier: MIT */
/*
 * Compares made-up runs: change @setup and @facts, then call compare(). Each
 * test program that includes this has its own copy.
 */
#ifndef XLAT_COMPARED_H
#define XLAT_COMPARED_H

#include "user/analysis/compare.h"
#include "user/analysis/stats.h"
#include "tests/synthetic.h"
#include "tests/unit/unit.h"

#define RUNS	3

static struct synthetic setup[RUNS];
static struct environment facts[RUNS];
static struct run run[RUNS];
static struct report report[RUNS];
static struct comparison comparison;

/** begin() - set up equal runs with all facts known */
static inline void begin(void)
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

/** compare() - make the first @count runs, analyse and compare them */
static inline void compare(size_t count)
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

/** end() - free the runs */
static inline void end(void)
{
	int i;

	comparison_free(&comparison);
	for (i = 0; i < RUNS; i++) {
		report_free(&report[i]);
		run_free(&run[i]);
	}
}

/** compared_run() - run a suite; begin() and end() surround each test */
static inline int compared_run(const char *name, const TTest *const *test,
			       size_t count)
{
	Suite *suite = suite_create(name);

	unit_between(begin, end);
	for (; count; count--, test++)
		unit_add(suite, *test);
	return unit_run(suite);
}

#endif /* XLAT_COMPARED_H */
