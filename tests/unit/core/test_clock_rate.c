// SPDX-License-Identifier: MIT
#include <stdint.h>

#include "core/clock_rate.h"
#include "tests/unit/unit.h"

START_TEST(a_claim_agrees_within_100_ppm)
{
	ck_assert(xlat_rate_agrees(6250000, 100000000, 62500000));
	ck_assert(xlat_rate_agrees(6250625, 100000000, 62500000));
	ck_assert(!xlat_rate_agrees(6250626, 100000000, 62500000));
	ck_assert(xlat_rate_agrees(6249375, 100000000, 62500000));
	ck_assert(!xlat_rate_agrees(6249374, 100000000, 62500000));
	ck_assert(!xlat_rate_agrees(6250000, 100000000, 24000000));
	ck_assert(xlat_rate_agrees(4294967295, 1000000000, 4294967295));
}
END_TEST

START_TEST(an_unknown_rate_does_not_agree)
{
	ck_assert(!xlat_rate_agrees(6250000, 0, 62500000));
	ck_assert(!xlat_rate_agrees(6250000, 100000000, 0));
	ck_assert(!xlat_rate_agrees(0, 100000000, 0));
	ck_assert(!xlat_rate_agrees(0, 100000000, 62500000));
	/* a machine that slept in between */
	ck_assert(!xlat_rate_agrees(UINT64_MAX, 4000000000, 62500000));
	ck_assert(!xlat_rate_agrees(250062500000, 4001000000000, 62500000));
	ck_assert(!xlat_rate_agrees(6250000, 100000000, 1ULL << 32));
}
END_TEST

START_TEST(a_coarse_clock_contradicts_nothing)
{
	/* 0.1 s: 10 us are allowed, which are 625 ticks */
	ck_assert(xlat_rate_is_fine(6250000, 100000000, 0, 1));
	ck_assert(xlat_rate_is_fine(6250000, 100000000, 0, 10000));
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, 0, 10001));
	ck_assert(xlat_rate_is_fine(6250000, 100000000, 325, 4800));
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, 326, 4800));
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, 626, 1));
	/* clocksource=jiffies: steps of 4 ms, or none seen */
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, 10, 8000000));
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, 10, 0));
}
END_TEST

START_TEST(the_bound_does_not_overflow)
{
	ck_assert(!xlat_rate_is_fine(0, 100000000, 0, 1));
	ck_assert(!xlat_rate_is_fine(6250000, 0, 0, 1));
	ck_assert(!xlat_rate_is_fine(UINT64_MAX, 100000000, 0, 1));
	ck_assert(!xlat_rate_is_fine(6250000, UINT64_MAX, 0, 1));
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, UINT64_MAX, 1));
	ck_assert(!xlat_rate_is_fine(6250000, 100000000, 0, UINT64_MAX));
	ck_assert(xlat_rate_is_fine(16000000000, 4000000000, 0, 400000));
}
END_TEST

START_TEST(a_coarse_clock_contradicts_gross_errors)
{
	/* 0.1 s measured with steps of 4 ms at each end: 8 % */
	ck_assert(xlat_rate_is_possible(6250000, 100000000, 62500000, 10,
					8000000));
	ck_assert(xlat_rate_is_possible(6250000, 100000000, 67900000, 10,
					8000000));
	ck_assert(!xlat_rate_is_possible(6250000, 100000000, 68000000, 10,
					 8000000));
	ck_assert(!xlat_rate_is_possible(6250000, 100000000, 24000000, 10,
					 8000000));
	ck_assert(!xlat_rate_is_possible(6250000, 100000000, 0, 10, 8000000));
	/* nothing was measured: any claim may be true */
	ck_assert(xlat_rate_is_possible(6250000, 0, 24000000, 0, 0));
	ck_assert(xlat_rate_is_possible(6250000, UINT64_MAX, 24000000, 0, 0));
	ck_assert(xlat_rate_is_possible(6250000, 100000000, 24000000, 0,
					60000000));
}
END_TEST

/* 62.5 MHz, each read takes 5 us: 312.5 ticks. The other clock ticks with it. */
static struct xlat_rate_reading slow_reading(uint64_t step_ns, int reads)
{
	struct xlat_rate_reading r = XLAT_RATE_READING;
	uint64_t now = 0;

	for (; reads; reads--, now += 20000)
		xlat_rate_read(&r, now / 16, (now + 5000) / step_ns * step_ns,
			       (now + 10000) / step_ns * step_ns,
			       (now + 15000) / 16);
	return r;
}

START_TEST(slow_reads_do_not_make_a_clock_coarse)
{
	struct xlat_rate_reading r = slow_reading(1, 8);

	/* The smallest advance is what a read takes, but it is no error. */
	ck_assert_uint_eq(r.step_ns, 5000);
	ck_assert_uint_eq(xlat_rate_error_ns(&r), 1);
	ck_assert_uint_eq(r.error_ticks, 469);
	ck_assert(xlat_rate_is_fine(12500000, 200000000, 2 * r.error_ticks, 2));
	/* a step that is a little shorter than a read */
	r = slow_reading(4900, 8);
	ck_assert_uint_eq(xlat_rate_error_ns(&r), 1);
}
END_TEST

START_TEST(a_step_is_seen_when_a_value_repeats)
{
	struct xlat_rate_reading r = slow_reading(30518, 8);

	ck_assert_uint_eq(xlat_rate_error_ns(&r), 30518);
	r = slow_reading(4000000, 300);
	ck_assert_uint_eq(xlat_rate_error_ns(&r), 4000000);
	/* no step yet */
	r = slow_reading(4000000, 64);
	ck_assert_uint_eq(xlat_rate_error_ns(&r), 0);
}
END_TEST

/* The step comes between the two reads, but most reads repeat a value. */
START_TEST(one_new_value_does_not_make_a_clock_fine)
{
	struct xlat_rate_reading r = XLAT_RATE_READING;

	xlat_rate_read(&r, 0, 0, 4000000, 10);
	ck_assert_uint_eq(xlat_rate_error_ns(&r), 1);
	xlat_rate_read(&r, 20, 4000000, 4000000, 30);
	ck_assert_uint_eq(xlat_rate_error_ns(&r), 4000000);
}
END_TEST

START_TEST(the_closest_reads_count)
{
	struct xlat_rate_reading r = XLAT_RATE_READING;

	xlat_rate_read(&r, 1000, 10, 11, 1100);
	ck_assert(r.ticks == 1050 && r.ns == 11 && r.error_ticks == 50);
	xlat_rate_read(&r, 2000, 20, 21, 2009);
	ck_assert(r.ticks == 2004 && r.ns == 21 && r.error_ticks == 5);
	xlat_rate_read(&r, 3000, 30, 31, 3010);
	ck_assert(r.ticks == 2004 && r.ns == 21 && r.error_ticks == 5);
	/* a counter that wraps, a clock that goes back */
	xlat_rate_read(&r, UINT64_MAX, 30, 29, 1);
	ck_assert(r.ticks == 0 && r.ns == 29 && r.error_ticks == 1);
	ck_assert(r.repeats && r.step_ns == 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("clock_rate");

	unit_add(suite, a_claim_agrees_within_100_ppm);
	unit_add(suite, an_unknown_rate_does_not_agree);
	unit_add(suite, a_coarse_clock_contradicts_nothing);
	unit_add(suite, the_bound_does_not_overflow);
	unit_add(suite, a_coarse_clock_contradicts_gross_errors);
	unit_add(suite, slow_reads_do_not_make_a_clock_coarse);
	unit_add(suite, a_step_is_seen_when_a_value_repeats);
	unit_add(suite, one_new_value_does_not_make_a_clock_fine);
	unit_add(suite, the_closest_reads_count);
	return unit_run(suite);
}
