// SPDX-License-Identifier: MIT
#include <math.h>

#include "analysed.h"

START_TEST(statistics_are_those_of_the_samples)
{
	long double sum = 0, square = 0, mean;
	size_t c, i, n = 0;

	setup.lateness = wild;
	setup.tick_hz = 19200000;
	setup.period_ticks = 5000000;
	make();
	analyse();
	for (c = 0; c < run.cpu_count; c++)
		for (i = 0; i < run.cpus[c].sample_count; i++, n++) {
			const struct xlat_sample *s = &run.cpus[c].samples[i];
			long double ns = (int64_t)(s->entry - s->deadline) *
					 625.0L / 12;

			sum += ns;
			square += ns * ns;
		}
	mean = sum / n;
	ck_assert(fabsl(value(REPORT_AVG) - mean) < 1e-9L * mean);
	ck_assert(fabsl(report.total.deviation.value -
			sqrtl((square - n * mean * mean) / (n - 1))) < 1e-3);
	ck_assert(value(REPORT_MAX) == 2500003 * 625.0 / 12);
}
END_TEST

START_TEST(average_is_not_rounded_to_ticks)
{
	setup.tick_hz = 62500000;
	setup.period_ticks = 63062;
	make();
	analyse();
	ck_assert(value(REPORT_MIN) == 300 * 16);
	ck_assert(fmod(value(REPORT_AVG), 1) != 0);
	ck_assert_int_eq(report.decimals, 0);
	ck_assert(report.tick == 16);
}
END_TEST

START_TEST(instructions_are_a_separate_unit)
{
	facts.instructions = true;
	facts.insn_shift = 3;
	setup.tick_hz = 62500000;
	make();
	analyse();
	ck_assert_int_eq(report.unit, REPORT_INSN);
	ck_assert(report.tick == 2);
	ck_assert(value(REPORT_MIN) == 600);
}
END_TEST

START_TEST(percentiles_and_their_support)
{
	make();
	analyse();
	ck_assert(report.total.from_samples);
	ck_assert(value(REPORT_P50) >= 306 && value(REPORT_P50) <= 309);
	ck_assert(value(REPORT_P99) == 315);
	ck_assert(!report.total.value[REPORT_P99_9].known);
	ck_assert(!report.cpu[0].value[REPORT_P99_9].known);
	ck_assert(report.cpu[0].value[REPORT_P99].known);
	ck_assert(report.total.value[REPORT_P50].low <= value(REPORT_P50));
	ck_assert(report.total.value[REPORT_P50].high >= value(REPORT_P50));
}
END_TEST

START_TEST(cold_and_warm_apart)
{
	make();
	analyse();
	ck_assert(value(REPORT_MAX) > 1199);
	ck_assert(value(REPORT_WARM_MAX) < 440);
	ck_assert_uint_eq(report.warmup, 100);
}
END_TEST

START_TEST(another_w_is_recomputed_from_samples)
{
	make();
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 0), 0);
	ck_assert(value(REPORT_WARM_MAX) == value(REPORT_MAX));
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 1), 0);
	ck_assert(value(REPORT_WARM_MAX) < value(REPORT_MAX));
	ck_assert(value(REPORT_WARM_MAX) > 900);
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 5000), 0);
	ck_assert(!report.total.value[REPORT_WARM_MAX].known);
	expect(REPORT_LOSSLESS);
}
END_TEST

/* Samples 0 and 1 were lost. With W=3, sample 2 must still be cold. */
START_TEST(lost_samples_count_as_cold)
{
	setup.lost_from = 0;
	setup.lost = 2;
	make();
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 3), 0);
	ck_assert(value(REPORT_WARM_MAX) < 440);
	ck_assert(report.total.warm_partial);
	ck_assert_int_eq(analyse_as(REPORT_LATENESS, 2), 0);
	ck_assert(value(REPORT_WARM_MAX) > 600);
}
END_TEST

START_TEST(histogram_percentiles_are_within_a_bucket)
{
	double exact[REPORT_STATISTICS];
	int i;

	setup.lateness = wild;
	setup.count = 20000;
	make();
	analyse();
	for (i = REPORT_P50; i <= REPORT_P99_9; i++)
		exact[i] = value(i);
	run.cpus[0].sample_count--;
	run.cpus[0].received--;
	run.cpus[0].lost++;
	analyse();
	expect(REPORT_LOST);
	ck_assert(!report.total.from_samples);
	for (i = REPORT_P50; i <= REPORT_P99_9; i++)
		ck_assert(fabs(value(i) - exact[i]) <= exact[i] / 128);
}
END_TEST

START_TEST(one_sample_has_no_deviation)
{
	setup.count = 1;
	setup.cpu_count = 1;
	make();
	analyse();
	ck_assert(value(REPORT_AVG) == value(REPORT_MAX));
	ck_assert(!report.total.deviation.known);
	ck_assert(!report.total.value[REPORT_P50].known);
}
END_TEST

START_TEST(average_has_an_interval_from_30_values)
{
	setup.cpu_count = 1;
	setup.count = 29;
	make();
	analyse();
	ck_assert(report.total.deviation.known);
	ck_assert(!report.total.value[REPORT_AVG].bounded);
	setup.count = 30;
	make();
	analyse();
	ck_assert(report.total.value[REPORT_AVG].bounded);
}
END_TEST

/* The first CPU has the highest warm value, the last the highest cold one. */
static int64_t crossed(uint32_t cpu, uint64_t i)
{
	return i < 3 ? 1000 * cpu : 500 - cpu;
}

START_TEST(extremes_are_those_of_all_cpus)
{
	setup.lateness = crossed;
	setup.cpu_count = 3;
	make();
	analyse();
	ck_assert(value(REPORT_MAX) == 4000);
	ck_assert(value(REPORT_WARM_MAX) == 498);
	ck_assert(value(REPORT_MIN) == 496);
}
END_TEST

static int64_t mostly_early(uint32_t cpu, uint64_t i)
{
	return 500 - (int64_t)xlat_draw(cpu, i, 20000);
}

START_TEST(early_buckets_mirror_late_ones)
{
	double exact[REPORT_STATISTICS];
	int i;

	setup.lateness = mostly_early;
	setup.count = 20000;
	make();
	analyse();
	for (i = REPORT_P50; i <= REPORT_P99_9; i++)
		exact[i] = value(i);
	run.cpus[0].sample_count--;
	run.cpus[0].received--;
	run.cpus[0].lost++;
	analyse();
	ck_assert(!report.total.from_samples);
	for (i = REPORT_P50; i <= REPORT_P99_9; i++) {
		const struct report_value *v = &report.total.value[i];

		ck_assert(fabs(v->value - exact[i]) <= fabs(exact[i]) / 256 + 1);
		ck_assert(v->low <= exact[i] && exact[i] <= v->high);
	}
}
END_TEST

START_TEST(intervals_are_entry_to_entry)
{
	make();
	ck_assert_int_eq(analyse_as(REPORT_INTERVAL, STATS_WARMUP_RECORDED), 0);
	expect(REPORT_LOSSLESS);
	ck_assert_uint_eq(report.cpu[0].values, 1999);
	ck_assert_uint_eq(report.cpu[0].count, 2000);
	ck_assert(value(REPORT_MIN) > 1009000 - 1000);
	ck_assert(value(REPORT_MAX) < 1009000 + 1000);
	ck_assert(fabs(value(REPORT_AVG) - 1009000) < 1);
}
END_TEST

START_TEST(no_interval_across_a_gap)
{
	setup.lost_from = 10;
	setup.lost = 5;
	make();
	ck_assert_int_eq(analyse_as(REPORT_INTERVAL, STATS_WARMUP_RECORDED), 0);
	ck_assert_uint_eq(report.cpu[0].values, 1995 - 2);
	ck_assert(value(REPORT_MAX) < 1009000 + 1000);
}
END_TEST

/* Two kinds of cores: neither has the mean of their clocks. */
START_TEST(each_kind_of_core_has_its_clock)
{
	make();
	run.cpus[1].map.before.loop_ticks *= 2;
	run.cpus[1].map.after.loop_ticks *= 2;
	analyse();
	ck_assert(report.core_hz == 0);
	ck_assert_str_eq(report.core_clocks, "1000.0 (CPU 2), 500.0 (CPU 3)");
	ck_assert(!report.total.core_changed);
}
END_TEST

START_TEST(core_clock_change_is_flagged)
{
	make();
	analyse();
	ck_assert(!report.total.core_changed);
	ck_assert(report.core_hz == 1e9);
	run.cpus[1].map.after.loop_ticks = 101500;
	analyse();
	ck_assert(!report.cpu[0].core_changed);
	ck_assert(report.cpu[1].core_changed && report.total.core_changed);
	ck_assert_uint_eq(report.notes.count, 1);
	run.cpus[1].map.after.loop_ticks = 100900;
	analyse();
	ck_assert(!report.total.core_changed);
}
END_TEST

/* A short loop on a coarse clock: two ticks are what reading it may cost. */
START_TEST(two_ticks_are_no_change_of_the_core_clock)
{
	size_t i;

	make();
	for (i = 0; i < 2; i++)
		run.cpus[i].map.before.loop_ticks = 100;
	run.cpus[0].map.after.loop_ticks = 98;
	run.cpus[1].map.after.loop_ticks = 102;
	analyse();
	ck_assert(!report.total.core_changed);
	run.cpus[1].map.after.loop_ticks = 103;
	analyse();
	ck_assert(!report.cpu[0].core_changed);
	ck_assert(report.cpu[1].core_changed);
}
END_TEST

START_TEST(bars_hold_everything)
{
	uint64_t sum = 0;
	size_t i;

	setup.lateness = wild;
	make();
	analyse();
	for (i = 0; i < report.bar_count; i++) {
		sum += report.bars[i].count;
		ck_assert(report.bars[i].low < report.bars[i].high);
		ck_assert(!i || report.bars[i].low >= report.bars[i - 1].high);
	}
	ck_assert_uint_eq(sum, report.total.count);
	ck_assert(report.bars[0].low < 0 && report.bars[0].low <= -66);
}
END_TEST

START_TEST(sums_beyond_64_bits)
{
	make();
	run.cpus[0].map.counters.sum_ticks = INT64_MAX;
	run.cpus[1].map.counters.sum_ticks = INT64_MAX;
	/* a mean above the maximum would be unknown */
	run.cpus[0].map.counters.max_ticks = INT64_MAX;
	run.cpus[1].map.counters.max_ticks = INT64_MAX;
	analyse();
	expect(REPORT_DAMAGED);
	ck_assert(value(REPORT_AVG) == 2 * (double)INT64_MAX / 4000);
	ck_assert(!report.total.deviation.known);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stats");

	unit_between(begin, end);
	unit_add(suite, statistics_are_those_of_the_samples);
	unit_add(suite, average_is_not_rounded_to_ticks);
	unit_add(suite, instructions_are_a_separate_unit);
	unit_add(suite, percentiles_and_their_support);
	unit_add(suite, cold_and_warm_apart);
	unit_add(suite, another_w_is_recomputed_from_samples);
	unit_add(suite, lost_samples_count_as_cold);
	unit_add(suite, histogram_percentiles_are_within_a_bucket);
	unit_add(suite, one_sample_has_no_deviation);
	unit_add(suite, average_has_an_interval_from_30_values);
	unit_add(suite, extremes_are_those_of_all_cpus);
	unit_add(suite, early_buckets_mirror_late_ones);
	unit_add(suite, intervals_are_entry_to_entry);
	unit_add(suite, no_interval_across_a_gap);
	unit_add(suite, core_clock_change_is_flagged);
	unit_add(suite, two_ticks_are_no_change_of_the_core_clock);
	unit_add(suite, each_kind_of_core_has_its_clock);
	unit_add(suite, bars_hold_everything);
	unit_add(suite, sums_beyond_64_bits);
	return unit_run(suite);
}
