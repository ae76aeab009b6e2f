// SPDX-License-Identifier: MIT
#include "core/histogram.h"
#include "tests/unit/unit.h"

/* The definition in uapi/xlat.h, implemented again in a slow way. */
static uint32_t bucket_by_definition(uint64_t v)
{
	uint32_t log2 = 0, e;

	if (v < 128)
		return (uint32_t)v;
	while (log2 < 63 && v >> (log2 + 1))
		log2++;
	e = log2 - 7;
	return (uint32_t)((e + 1) * 128 + (v >> e) - 128);
}

static void check_value(uint64_t v)
{
	uint32_t i = xlat_bucket(v);

	ck_assert_uint_eq(i, bucket_by_definition(v));
	ck_assert_uint_lt(i, XLAT_BUCKETS);
	ck_assert(xlat_bucket_low(i) <= v && v <= xlat_bucket_high(i));
}

START_TEST(values_fall_where_the_contract_says)
{
	uint64_t v;
	int shift;

	for (v = 0; v < 100000; v++)
		check_value(v);
	for (shift = 0; shift < 64; shift++) {
		check_value(1ULL << shift);
		check_value((1ULL << shift) - 1);
		check_value((1ULL << shift) + 1);
	}
	check_value(UINT64_MAX);
}
END_TEST

START_TEST(buckets_tile_the_range)
{
	uint32_t i;

	ck_assert_uint_eq(xlat_bucket_low(0), 0);
	for (i = 0; i + 1 < XLAT_BUCKETS; i++) {
		ck_assert(xlat_bucket_high(i) + 1 == xlat_bucket_low(i + 1));
		ck_assert_uint_eq(xlat_bucket(xlat_bucket_low(i)), i);
		ck_assert_uint_eq(xlat_bucket(xlat_bucket_high(i)), i);
	}
	ck_assert(xlat_bucket_high(XLAT_BUCKETS - 1) == UINT64_MAX);
}
END_TEST

START_TEST(no_bucket_is_wider_than_a_128th)
{
	uint32_t i;

	for (i = XLAT_SUB_BUCKETS; i < XLAT_BUCKETS; i++) {
		uint64_t low = xlat_bucket_low(i);

		ck_assert(xlat_bucket_high(i) - low < low / 128 + (low < 256));
	}
}
END_TEST

START_TEST(magnitude_of_the_extremes)
{
	ck_assert(xlat_magnitude(0) == 0);
	ck_assert(xlat_magnitude(-1) == 1);
	ck_assert(xlat_magnitude(INT64_MAX) == INT64_MAX);
	ck_assert(xlat_magnitude(INT64_MIN) == 1ULL << 63);
}
END_TEST

START_TEST(counters_of_a_few_samples)
{
	static const int64_t lateness[] = { 50, -7, 10, 20 };
	struct xlat_counters c;
	size_t i;

	xlat_counters_init(&c);
	for (i = 0; i < 4; i++)
		xlat_counters_add(&c, lateness[i], 2);
	ck_assert_uint_eq(c.count, 4);
	ck_assert_uint_eq(c.early, 1);
	ck_assert_int_eq(c.min_ticks, -7);
	ck_assert_int_eq(c.max_ticks, 50);
	ck_assert_int_eq(c.sum_ticks, 73);
	ck_assert_uint_eq(c.square_lo, 2500 + 49 + 100 + 400);
	ck_assert_uint_eq(c.square_hi, 0);
	ck_assert_uint_eq(c.cold_count, 2);
	ck_assert_int_eq(c.cold_max_ticks, 50);
	ck_assert_uint_eq(c.warm_count, 2);
	ck_assert_int_eq(c.warm_max_ticks, 20);
}
END_TEST

START_TEST(early_samples_keep_their_sign)
{
	struct xlat_counters c;

	xlat_counters_init(&c);
	xlat_counters_add(&c, -5, 0);
	ck_assert_int_eq(c.min_ticks, -5);
	ck_assert_int_eq(c.max_ticks, -5);
	ck_assert_int_eq(c.warm_max_ticks, -5);
	ck_assert_int_eq(c.sum_ticks, -5);
}
END_TEST

START_TEST(squares_carry_into_the_upper_word)
{
	unsigned __int128 sum = 0;
	struct xlat_counters c;
	uint64_t v = 0xfedcba9876543210ULL >> 1;
	int i;

	xlat_counters_init(&c);
	for (i = 0; i < 10; i++) {
		/* alternating, so that the plain sum stays small */
		xlat_counters_add(&c, i % 2 ? (int64_t)v : -(int64_t)v, 0);
		sum += (unsigned __int128)v * v;
	}
	ck_assert(c.square_lo == (uint64_t)sum);
	ck_assert(c.square_hi == (uint64_t)(sum >> 64));
}
END_TEST

/* A file may contain any value: the reader has no undefined behaviour. */
START_TEST(sums_wrap_as_in_the_kernel)
{
	struct xlat_counters c;

	xlat_counters_init(&c);
	xlat_counters_add(&c, INT64_MAX, 0);
	xlat_counters_add(&c, INT64_MAX, 0);
	ck_assert_int_eq(c.sum_ticks, -2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("histogram");

	unit_add(suite, values_fall_where_the_contract_says);
	unit_add(suite, buckets_tile_the_range);
	unit_add(suite, no_bucket_is_wider_than_a_128th);
	unit_add(suite, magnitude_of_the_extremes);
	unit_add(suite, counters_of_a_few_samples);
	unit_add(suite, early_samples_keep_their_sign);
	unit_add(suite, squares_carry_into_the_upper_word);
	unit_add(suite, sums_wrap_as_in_the_kernel);
	return unit_run(suite);
}
