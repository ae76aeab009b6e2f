// SPDX-License-Identifier: MIT
/*
 * Does the verdict find every way in which an account can be incomplete?
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analysed.h"
#include "core/histogram.h"

/* @proof is the only proof of CPU 2 that fails, and the run is damaged. */
static void expect_failing(enum report_proof proof)
{
	int i;

	analyse();
	expect(REPORT_DAMAGED);
	ck_assert_str_ne(report.total.why, "");
	ck_assert_int_eq(report.cpu[0].proof[proof], REPORT_FAILS);
	for (i = 0; i < REPORT_PROOFS; i++)
		if (i != (int)proof)
			ck_assert_msg(report.cpu[0].proof[i] != REPORT_FAILS,
				      "also fails: %s", report_proof_name(i));
}

START_TEST(a_whole_run_is_lossless)
{
	int i;

	make();
	analyse();
	expect(REPORT_LOSSLESS);
	for (i = 0; i < REPORT_PROOFS; i++)
		ck_assert_int_eq(report.total.proof[i], REPORT_HOLDS);
	ck_assert_uint_eq(report.total.count, 4000);
	ck_assert_uint_eq(report.total.received, 4000);
	ck_assert_str_eq(report.measured_cpus, "2-3");
	ck_assert_str_eq(report.stage, "T1");
	ck_assert_str_eq(report.source, "phys");
}
END_TEST

START_TEST(a_wild_run_is_lossless_too)
{
	setup.lateness = wild;
	setup.dither_ticks = 400000;
	make();
	analyse();
	expect(REPORT_LOSSLESS);
	ck_assert_uint_gt(report.total.missed, 0);
	ck_assert_uint_gt(report.total.early, 0);
	ck_assert(value(REPORT_MIN) == -66);
	ck_assert(value(REPORT_MAX) == 2500003);
}
END_TEST

START_TEST(loss_is_reported_exactly)
{
	make();
	analyse();
	ck_assert(report.total.from_samples);
	setup.lost_from = 700;
	setup.lost = 123;
	make();
	analyse();
	expect(REPORT_LOST);
	ck_assert_uint_eq(report.cpu[0].lost, 123);
	ck_assert_uint_eq(report.total.lost, 246);
	ck_assert_uint_eq(report.total.received, 4000 - 246);
	ck_assert_int_eq(report.total.proof[REPORT_PROOF_RECEIVED], REPORT_HOLDS);
	ck_assert_int_eq(report.total.proof[REPORT_PROOF_WALK], REPORT_HOLDS);
	ck_assert_int_eq(report.total.proof[REPORT_PROOF_HISTOGRAM],
			 REPORT_NOT_TRIED);
	ck_assert(!report.total.from_samples);
	/* sample 700, the outlier, is only in the kernel's account */
	ck_assert(value(REPORT_WARM_MAX) > 420);
}
END_TEST

START_TEST(no_final_account_is_unproven)
{
	make();
	run.cpus[1].final = false;
	run.complete = false;
	analyse();
	expect(REPORT_UNPROVEN);
	ck_assert_int_eq(report.cpu[0].verdict, REPORT_LOSSLESS);
	ck_assert_int_eq(report.cpu[1].verdict, REPORT_UNPROVEN);
	ck_assert_uint_eq(report.total.count, 4000);
	run.cpus[1].final = true;
	analyse();
	expect(REPORT_UNPROVEN);
	run.complete = true;
	analyse();
	expect(REPORT_LOSSLESS);
}
END_TEST

START_TEST(without_final_account_gaps_still_show)
{
	setup.lost_from = 50;
	setup.lost = 9;
	make();
	run.cpus[0].final = run.cpus[1].final = false;
	analyse();
	expect(REPORT_UNPROVEN);
	ck_assert_uint_eq(report.cpu[0].lost, 9);
}
END_TEST

START_TEST(no_histogram_is_unproven)
{
	make();
	free(run.cpus[0].late);
	run.cpus[0].late = NULL;
	analyse();
	expect(REPORT_UNPROVEN);
	make();
	free(run.cpus[0].early);
	run.cpus[0].early = NULL;
	analyse();
	expect(REPORT_UNPROVEN);
}
END_TEST

START_TEST(a_part_still_running_is_unproven)
{
	make();
	run.cpus[0].map.state = XLAT_STATE_RUNNING;
	analyse();
	expect(REPORT_UNPROVEN);
}
END_TEST

START_TEST(damage_to_the_file_is_reported)
{
	make();
	run.damaged_bytes = 3;
	analyse();
	expect(REPORT_DAMAGED);
	run.damaged_bytes = 0;
	run.cpus[0].gone = 20;
	run.cpus[0].sample_count -= 20;
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert_uint_eq(report.total.gone, 20);
	ck_assert_int_eq(report.total.proof[REPORT_PROOF_RECEIVED], REPORT_HOLDS);
	ck_assert(!report.total.from_samples);
}
END_TEST

START_TEST(a_cut_is_no_damage)
{
	make();
	run.complete = false;
	run.cut_bytes = 1;
	analyse();
	expect(REPORT_UNPROVEN);
	ck_assert_str_eq(report.total.why,
			 "the file is cut off in the middle of a block: 1 byte");
	run.damaged_blocks = 1;
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert_str_eq(report.total.why,
			 "1 block and 0 bytes of the file are damaged");
}
END_TEST

START_TEST(the_end_reason_is_reported)
{
	make();
	run.cpus[0].map.end_reason = XLAT_END_LIMIT;
	analyse();
	ck_assert(!report.total.ended_early);
	run.cpus[0].map.end_reason = XLAT_END_SUSPEND;
	analyse();
	ck_assert(report.total.ended_early && report.cpu[0].ended_early);
	ck_assert_str_eq(report.cpu[0].end, "the machine was about to suspend");
	run.cpus[0].map.end_reason = 77;
	analyse();
	ck_assert_str_eq(report.cpu[0].end, "unknown");
}
END_TEST

START_TEST(samples_without_setup_are_kept)
{
	make();
	run.cpus[1].started = run.cpus[1].final = false;
	run.cpus[1].map = (struct xlat_map) { .cpu = 3 };
	run.damaged_blocks = 1;
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert_uint_eq(report.cpu[1].values, 2000);
	ck_assert(report.cpu[1].value[REPORT_AVG].known);
	run.damaged_blocks = 0;
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert_str_eq(report.cpu[1].why, "its set-up is gone from the file");
}
END_TEST

START_TEST(nothing_at_all)
{
	run_free(&run);
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 0), -ENODATA);
	setup.count = 0;
	make();
	analyse();
	expect(REPORT_UNPROVEN);
	ck_assert_str_eq(report.total.why, "CPU 2: it took no sample");
	ck_assert(!report.total.value[REPORT_AVG].known);
	ck_assert(!report.total.value[REPORT_MIN].known);
	ck_assert_uint_eq(report.bar_count, 0);
}
END_TEST

START_TEST(a_stopped_timer_is_reported)
{
	setup.count = 10;
	make();
	run.cpus[1].map.stop_ticks += 1990 * setup.period_ticks;
	run.cpus[1].map.counters.unserved += 1990;
	analyse();
	expect(REPORT_LOSSLESS);
	ck_assert_uint_eq(report.notes.count, 1);
	ck_assert_str_eq(report.notes.line[0],
			 "CPU 3: of 2000 points 1990 were never served and 0 missed: the statistics are of the others");
}
END_TEST

START_TEST(impossible_setups_are_refused)
{
	make();
	run.cpus[1].map.tick_hz++;
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 0), -EINVAL);
	run.cpus[0].map.tick_hz = run.cpus[1].map.tick_hz = 0;
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 0), -EINVAL);
	make();
	run.cpus[0].map.period_ticks = run.cpus[1].map.period_ticks = 0;
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 0), -EINVAL);
}
END_TEST

START_TEST(proof_received)
{
	make();
	run.cpus[0].received--;
	expect_failing(REPORT_PROOF_RECEIVED);
}
END_TEST

START_TEST(proof_received_too_many_lost)
{
	make();
	run.cpus[0].lost++;
	expect_failing(REPORT_PROOF_RECEIVED);
}
END_TEST

/* With loss, fewer proofs are possible; those must still hold. */
START_TEST(proof_received_not_all_in_the_file)
{
	setup.lost_from = 700;
	setup.lost = 123;
	make();
	run.cpus[0].sample_count--;
	expect_failing(REPORT_PROOF_RECEIVED);
}
END_TEST

START_TEST(proof_buckets_one_too_many)
{
	setup.lost_from = 700;
	setup.lost = 123;
	make();
	run.cpus[0].late[xlat_bucket(307)]++;
	expect_failing(REPORT_PROOF_BUCKETS);
}
END_TEST

START_TEST(proof_grid_missed_not_counted)
{
	setup.lateness = wild;
	make();
	run.cpus[0].map.stop_ticks += run.cpus[0].map.period_ticks;
	expect_failing(REPORT_PROOF_GRID);
}
END_TEST

START_TEST(proof_buckets_early_among_late)
{
	uint32_t at = xlat_bucket(11);

	setup.lateness = wild;
	make();
	ck_assert_uint_gt(run.cpus[0].early[at], 0);
	run.cpus[0].early[at]--;
	run.cpus[0].late[at]++;
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert_int_eq(report.cpu[0].proof[REPORT_PROOF_BUCKETS], REPORT_FAILS);
	ck_assert_int_eq(report.cpu[0].proof[REPORT_PROOF_HISTOGRAM], REPORT_FAILS);
}
END_TEST

START_TEST(proof_histogram_off_by_one_bucket)
{
	uint32_t at = xlat_bucket(307);

	make();
	run.cpus[0].late[at]--;
	run.cpus[0].late[at + 1]++;
	expect_failing(REPORT_PROOF_HISTOGRAM);
}
END_TEST

START_TEST(proof_histogram_early_too)
{
	uint32_t at = xlat_bucket(11);

	setup.lateness = wild;
	make();
	run.cpus[0].early[at]--;
	run.cpus[0].early[at + 1]++;
	expect_failing(REPORT_PROOF_HISTOGRAM);
}
END_TEST

START_TEST(proof_counters_wrong_sum)
{
	make();
	run.cpus[0].map.counters.sum_ticks++;
	expect_failing(REPORT_PROOF_COUNTERS);
}
END_TEST

/* So late that the kernel's sum of two has wrapped: as the samples' has. */
static int64_t far_too_late(uint32_t cpu, uint64_t i)
{
	(void)cpu;
	return i < 2 ? 0x7000000000000000 : 300;
}

static void expect_no_mean(void)
{
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert(strstr(report.total.why, "overflowed"));
	ck_assert_int_eq(report.cpu[0].proof[REPORT_PROOF_COUNTERS], REPORT_FAILS);
	ck_assert(!report.total.value[REPORT_AVG].known);
	ck_assert(!report.cpu[0].value[REPORT_AVG].known);
	ck_assert(!report.total.deviation.known);
	ck_assert(report.total.value[REPORT_MIN].value == 300);
	report_free(&report);
}

START_TEST(an_overflowed_sum_gives_no_mean)
{
	struct synthetic s = synthetic_defaults();

	s.lateness = far_too_late;
	s.count = 200;
	s.period_ticks = 1ULL << 33;
	synthetic_run(&s, &run);
	expect_no_mean();
}
END_TEST

START_TEST(proof_counters_wrong_warm_maximum)
{
	make();
	run.cpus[0].map.counters.warm_max_ticks++;
	expect_failing(REPORT_PROOF_COUNTERS);
}
END_TEST

/* The account of the grid closes; only the samples show the mistake. */
START_TEST(proof_counters_missed_called_unserved)
{
	struct xlat_counters *kernel;
	size_t i;

	setup.lateness = wild;
	make();
	kernel = &run.cpus[0].map.counters;
	kernel->unserved += kernel->missed;
	kernel->missed = 0;
	for (i = 0; i < run.cpus[0].sample_count; i++)
		kernel->missed += run.cpus[0].samples[i].missed;
	kernel->unserved -= kernel->missed;
	analyse();
	expect(REPORT_LOSSLESS);
	ck_assert_uint_gt(kernel->missed, 0);
	kernel->missed--;
	kernel->unserved++;
	expect_failing(REPORT_PROOF_COUNTERS);
	ck_assert_ptr_nonnull(strstr(report.total.why, "missed"));
}
END_TEST

START_TEST(proof_counters_each_of_them)
{
	__u64 *word;
	size_t i;

	for (i = 0; i < sizeof(struct xlat_counters) / sizeof(*word); i++) {
		make();
		word = (__u64 *)&run.cpus[0].map.counters + i;
		++*word;
		analyse();
		/* only the kernel's account has these */
		if (word == &run.cpus[0].map.counters.spurious ||
		    word == &run.cpus[0].map.counters.busy_ticks ||
		    word == &run.cpus[0].map.counters.busy_max_ticks)
			expect(REPORT_LOSSLESS);
		else
			expect(REPORT_DAMAGED);
	}
}
END_TEST

START_TEST(proof_walk_now_plus_period)
{
	struct run_cpu *cpu;
	size_t i;

	make();
	cpu = &run.cpus[0];
	for (i = 1; i < cpu->sample_count; i++) {
		uint64_t late = cpu->samples[i].entry - cpu->samples[i].deadline;

		cpu->samples[i].deadline = cpu->samples[i - 1].entry +
					   cpu->map.period_ticks;
		cpu->samples[i].entry = cpu->samples[i].deadline + late;
	}
	expect_failing(REPORT_PROOF_WALK);
}
END_TEST

START_TEST(proof_walk_unaccounted_gap)
{
	size_t i;

	make();
	for (i = 900; i < run.cpus[0].sample_count; i++) {
		run.cpus[0].samples[i].deadline += setup.period_ticks;
		run.cpus[0].samples[i].entry += setup.period_ticks;
	}
	expect_failing(REPORT_PROOF_WALK);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verdict");

	unit_between(begin, end);
	unit_add(suite, a_whole_run_is_lossless);
	unit_add(suite, a_wild_run_is_lossless_too);
	unit_add(suite, loss_is_reported_exactly);
	unit_add(suite, no_final_account_is_unproven);
	unit_add(suite, without_final_account_gaps_still_show);
	unit_add(suite, no_histogram_is_unproven);
	unit_add(suite, a_part_still_running_is_unproven);
	unit_add(suite, damage_to_the_file_is_reported);
	unit_add(suite, a_cut_is_no_damage);
	unit_add(suite, the_end_reason_is_reported);
	unit_add(suite, samples_without_setup_are_kept);
	unit_add(suite, nothing_at_all);
	unit_add(suite, a_stopped_timer_is_reported);
	unit_add(suite, impossible_setups_are_refused);
	unit_add(suite, proof_received);
	unit_add(suite, proof_received_too_many_lost);
	unit_add(suite, proof_received_not_all_in_the_file);
	unit_add(suite, proof_buckets_one_too_many);
	unit_add(suite, proof_grid_missed_not_counted);
	unit_add(suite, proof_buckets_early_among_late);
	unit_add(suite, proof_histogram_off_by_one_bucket);
	unit_add(suite, proof_histogram_early_too);
	unit_add(suite, proof_counters_wrong_sum);
	unit_add(suite, an_overflowed_sum_gives_no_mean);
	unit_add(suite, proof_counters_wrong_warm_maximum);
	unit_add(suite, proof_counters_missed_called_unserved);
	unit_add(suite, proof_counters_each_of_them);
	unit_add(suite, proof_walk_now_plus_period);
	unit_add(suite, proof_walk_unaccounted_gap);
	return unit_run(suite);
}
