// SPDX-License-Identifier: MIT
#include <math.h>

#include "user/analysis/order.h"
#include "user/data/scale.h"
#include "tests/unit/unit.h"

START_TEST(percentiles_need_ten_values_beyond)
{
	static const struct {
		enum report_statistic percentile;
		uint64_t least;
	} rule[] = {
		{ REPORT_P50, 20 }, { REPORT_P90, 100 }, { REPORT_P99, 1000 },
		{ REPORT_P99_9, 10000 }, { REPORT_P99_99, 100000 },
		{ REPORT_P99_999, 1000000 },
	};
	size_t i;

	for (i = 0; i < 6; i++) {
		uint32_t part = order_part(rule[i].percentile);

		ck_assert(order_supported(rule[i].least, part));
		ck_assert(!order_supported(rule[i].least - 1, part));
	}
	ck_assert(order_supported(UINT64_MAX, order_part(REPORT_P99_999)));
}
END_TEST

START_TEST(rank_is_the_nearest_one)
{
	ck_assert_uint_eq(order_rank(20, 50000), 10);
	ck_assert_uint_eq(order_rank(21, 50000), 11);
	ck_assert_uint_eq(order_rank(1000, 99000), 990);
	ck_assert_uint_eq(order_rank(1001, 99000), 991);
	ck_assert_uint_eq(order_rank(1000000, 99999), 999990);
	ck_assert(order_rank(UINT64_MAX, 50000) == 1ULL << 63);
}
END_TEST

/* P(X <= k) of the binomial distribution, as a plain sum. */
static double cdf(uint64_t n, double p, uint64_t k)
{
	double sum = 0;
	uint64_t i;

	for (i = 0; i <= k; i++)
		sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) +
			   i * log(p) + (n - i) * log1p(-p));
	return sum;
}

START_TEST(bounds_of_the_median_as_in_textbooks)
{
	uint64_t low, high;

	order_bounds(100, 50000, &low, &high);
	ck_assert_uint_eq(low, 40);
	ck_assert_uint_eq(high, 61);
}
END_TEST

START_TEST(bounds_are_the_tightest_that_cover)
{
	static const uint64_t counts[] = { 100, 101, 997, 1000, 5000 };
	static const uint32_t parts[] = { 50000, 90000, 99000 };
	uint64_t low, high;
	size_t i, j;

	for (i = 0; i < 5; i++)
		for (j = 0; j < 3; j++) {
			double p = parts[j] / 100000.0;

			if (!order_supported(counts[i], parts[j]))
				continue;
			order_bounds(counts[i], parts[j], &low, &high);
			ck_assert(cdf(counts[i], p, low - 1) <= 0.025);
			ck_assert(cdf(counts[i], p, low) > 0.025);
			ck_assert(cdf(counts[i], p, high - 1) >= 0.975);
			ck_assert(cdf(counts[i], p, high - 2) < 0.975);
		}
}
END_TEST

START_TEST(bounds_of_very_many)
{
	uint64_t low, high, n = 1000000000;
	double sigma = sqrt(n * 0.25);

	order_bounds(n, 50000, &low, &high);
	ck_assert(fabs((n / 2.0 - low) / sigma - 1.96) < 0.01);
	ck_assert(fabs((high - n / 2.0) / sigma - 1.96) < 0.01);
	order_bounds(n, 99999, &low, &high);
	ck_assert(low < order_rank(n, 99999) && order_rank(n, 99999) < high);
	ck_assert(high < n);
	order_bounds(UINT64_MAX, 99999, &low, &high);
	ck_assert(low < high && high < UINT64_MAX);
}
END_TEST

START_TEST(percentile_of_cells)
{
	const struct report_bin bins[] = {
		{ 5, 5, 50 }, { 7, 7, 45 }, { 10, 20, 5 },
	};
	struct report_value v;

	v = order_percentile(bins, 3, 100, 50000);
	ck_assert(v.known && v.bounded);
	ck_assert(v.value == 5 && v.low == 5 && v.high == 7);
	v = order_percentile(bins, 3, 100, 90000);
	ck_assert(v.value == 7 && v.low == 7 && v.high == 20);
	v = order_percentile(bins, 3, 100, 99000);
	ck_assert(!v.known && !v.bounded);
	ck_assert(!order_percentile(bins, 0, 0, 50000).known);
}
END_TEST

START_TEST(ticks_convert_exactly)
{
	struct scale s;

	ck_assert_int_eq(scale_make(62500000, 0, &s), 0);
	ck_assert(s.num == 16 && s.den == 1);
	ck_assert(scale_apply(&s, 3) == 48);
	ck_assert_int_eq(scale_make(1000000000, 0, &s), 0);
	ck_assert(s.num == 1 && s.den == 1);
	ck_assert_int_eq(scale_make(19200000, 0, &s), 0);
	ck_assert(scale_apply(&s, 12) == 625);
	ck_assert(scale_apply(&s, 1) == 625.0 / 12);
	ck_assert(scale_apply(&s, -24) == -1250);
	ck_assert_int_eq(scale_make(24000000, 0, &s), 0);
	ck_assert(scale_apply(&s, 3) == 125);
	ck_assert_int_eq(scale_make(54000000, 0, &s), 0);
	ck_assert(scale_apply(&s, 27) == 500);
}
END_TEST

START_TEST(an_hour_of_ticks_is_still_exact)
{
	struct scale s;

	/* 2^63 ticks, and sums of such values, do not overflow */
	ck_assert_int_eq(scale_make(19200000, 0, &s), 0);
	ck_assert(scale_apply(&s, 19200000LL * 3600 * 24 * 365) ==
		  1e9 * 3600 * 24 * 365);
	ck_assert(scale_apply(&s, INT64_MIN) == -9223372036854775808.0 * 625 / 12);
	ck_assert(scale_ratio(&s, (__int128)INT64_MAX * 4096, UINT64_MAX / 2) < 214000);
}
END_TEST

START_TEST(ticks_convert_to_instructions)
{
	struct scale s;

	/* icount shift 3: an instruction is 8 ns; 62.5 MHz: a tick is 16 ns */
	ck_assert_int_eq(scale_make(62500000, 3, &s), 0);
	ck_assert(scale_apply(&s, 5) == 10);
	ck_assert_int_eq(scale_make(1000000000, 0, &s), 0);
	ck_assert(scale_apply(&s, 5) == 5);
}
END_TEST

START_TEST(impossible_clocks_are_refused)
{
	struct scale s;

	ck_assert_int_lt(scale_make(0, 0, &s), 0);
	ck_assert_int_lt(scale_make(1000, 64, &s), 0);
	ck_assert_int_lt(scale_make(UINT64_MAX, 0, &s), 0);
	ck_assert_int_lt(scale_make(1ULL << 50, 20, &s), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("order");

	unit_add(suite, percentiles_need_ten_values_beyond);
	unit_add(suite, rank_is_the_nearest_one);
	unit_add(suite, bounds_of_the_median_as_in_textbooks);
	unit_add(suite, bounds_are_the_tightest_that_cover);
	unit_add(suite, bounds_of_very_many);
	unit_add(suite, percentile_of_cells);
	unit_add(suite, ticks_convert_exactly);
	unit_add(suite, an_hour_of_ticks_is_still_exact);
	unit_add(suite, ticks_convert_to_instructions);
	unit_add(suite, impossible_clocks_are_refused);
	return unit_run(suite);
}
