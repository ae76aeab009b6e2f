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

int main(void)
{
	Suite *suite = suite_create("clock_rate");

	unit_add(suite, a_claim_agrees_within_100_ppm);
	unit_add(suite, an_unknown_rate_does_not_agree);
	return unit_run(suite);
}
