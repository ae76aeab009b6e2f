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

int main(void)
{
	Suite *suite = suite_create("clock_rate");

	unit_add(suite, a_claim_agrees_within_100_ppm);
	unit_add(suite, an_unknown_rate_does_not_agree);
	unit_add(suite, a_coarse_clock_contradicts_nothing);
	unit_add(suite, the_bound_does_not_overflow);
	unit_add(suite, a_coarse_clock_contradicts_gross_errors);
	return unit_run(suite);
}
