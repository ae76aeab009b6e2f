// SPDX-License-Identifier: MIT
/* Bins of a histogram: their order, their ends, and their counts. */
#include "core/histogram.h"
#include "tests/unit/unit.h"
#include "user/analysis/distribution.h"

static const struct scale one_to_one = { .num = 1, .den = 1 };
static uint64_t late[XLAT_BUCKETS], early[XLAT_BUCKETS];
static struct report_bin *bins;
static size_t count;

static void make(int64_t min, int64_t max)
{
	ck_assert_int_eq(distribution_of_buckets(late, early, min, max,
						 &one_to_one, &bins, &count), 0);
}

static void end(void)
{
	free(bins);
}

/* No value of a bucket is outside of the kernel's MIN and MAX. */
START_TEST(the_ends_are_clipped_to_min_and_max)
{
	uint32_t low = xlat_bucket(5000), high = xlat_bucket(900000);

	early[low] = 3;
	late[high] = 7;
	make(-5000, 900000);
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(bins[0].count, 3);
	ck_assert_uint_eq(bins[1].count, 7);
	ck_assert(xlat_bucket_high(low) > 5000);
	ck_assert(xlat_bucket_high(high) > 900000);
	ck_assert(bins[0].low == -5000);
	ck_assert(bins[0].high == -(double)xlat_bucket_low(low));
	ck_assert(bins[1].low == (double)xlat_bucket_low(high));
	ck_assert(bins[1].high == 900000);
}
END_TEST

START_TEST(one_bucket_is_clipped_at_both_ends)
{
	uint32_t bucket = xlat_bucket(900000);

	late[bucket] = 2;
	ck_assert(xlat_bucket_low(bucket) < 900000);
	make(900000, 900001);
	ck_assert_uint_eq(count, 1);
	ck_assert(bins[0].low == 900000);
	ck_assert(bins[0].high == 900001);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("distribution");

	unit_between(NULL, end);
	unit_add(suite, the_ends_are_clipped_to_min_and_max);
	unit_add(suite, one_bucket_is_clipped_at_both_ends);
	return unit_run(suite);
}
