// SPDX-License-Identifier: MIT
#include "core/grid.h"
#include "tests/unit/unit.h"

#define ROUNDS	20000u

/* A fixed sequence: a failure repeats. */
static uint64_t drawn;

static uint64_t draw(uint64_t range)
{
	return xlat_draw(0x5eed, drawn++, range);
}

static struct xlat_grid random_grid(void)
{
	struct xlat_grid g = {
		.start = 1 + draw(1ULL << 40),
		.period = 2 + draw(100000),
		.seed = draw(UINT64_MAX),
	};

	g.dither = draw(2) ? 1 + draw(g.period / 2) : 0;
	return g;
}

/* Counts the points that are due by @now, one by one. */
static uint64_t due_by(const struct xlat_grid *g, uint64_t now)
{
	uint64_t k = 0;

	while (xlat_grid_deadline(g, k) <= now)
		k++;
	return k;
}

START_TEST(splitmix64_is_the_published_one)
{
	/* the reference implementation's first outputs for seed 1234567 */
	static const uint64_t expected[] = {
		6457827717110365317ULL, 3203168211198807973ULL,
		9817491932198370423ULL, 4593380528125082431ULL,
		16408922859458223821ULL,
	};
	uint64_t k;

	for (k = 0; k < 5; k++)
		ck_assert(xlat_mix(1234567 + (k + 1) * 0x9e3779b97f4a7c15ULL) ==
			  expected[k]);
}
END_TEST

START_TEST(draws_stay_in_range_and_fill_it)
{
	uint64_t k, seen[8] = { 0 };

	for (k = 0; k < 8000; k++)
		seen[xlat_draw(7, k, 8)]++;
	for (k = 0; k < 8; k++)
		ck_assert(seen[k] > 800 && seen[k] < 1200);
	ck_assert(xlat_draw(7, 3, 1) == 0);
}
END_TEST

START_TEST(deadlines_are_whole_periods_apart)
{
	const struct xlat_grid g = { .start = 12345, .period = 1009 };
	uint64_t k;

	for (k = 0; k < 1000; k++)
		ck_assert(xlat_grid_deadline(&g, k) == 12345 + k * 1009);
}
END_TEST

START_TEST(dithered_deadlines_ascend_within_half_a_period)
{
	uint64_t round, k;

	for (round = 0; round < 200; round++) {
		struct xlat_grid g = random_grid();

		for (k = 0; k < 200; k++) {
			uint64_t at = xlat_grid_deadline(&g, k);
			uint64_t base = g.start + k * g.period;

			ck_assert(at >= base && at - base <= g.period / 2);
			ck_assert(at < xlat_grid_deadline(&g, k + 1));
		}
	}
}
END_TEST

START_TEST(next_is_the_first_that_is_not_due)
{
	uint32_t round;

	for (round = 0; round < ROUNDS; round++) {
		struct xlat_grid g = random_grid();
		uint64_t k = draw(20), expected = k;
		uint64_t now = g.start + draw(40 * g.period);

		while (xlat_grid_deadline(&g, expected) <= now)
			expected++;
		ck_assert(xlat_grid_next(&g, k, now) == expected);
	}
}
END_TEST

START_TEST(next_at_the_very_deadline_is_past)
{
	const struct xlat_grid g = { .start = 1000, .period = 10 };

	ck_assert(xlat_grid_next(&g, 3, 1029) == 3);
	ck_assert(xlat_grid_next(&g, 3, 1030) == 4);
	ck_assert(xlat_grid_next(&g, 3, 1031) == 4);
	ck_assert(xlat_grid_next(&g, 3, 1040) == 5);
}
END_TEST

START_TEST(account_covers_exactly_what_is_due)
{
	uint32_t round;

	for (round = 0; round < ROUNDS; round++) {
		struct xlat_grid g = random_grid();
		uint64_t now = g.start - 1 + draw(40 * g.period);
		uint64_t end = xlat_grid_end(&g, now);

		ck_assert(end <= now);
		ck_assert(xlat_grid_points(&g, end) == due_by(&g, now));
	}
}
END_TEST

START_TEST(no_points_before_the_start)
{
	const struct xlat_grid g = { .start = 1000, .period = 10 };

	ck_assert(xlat_grid_points(&g, xlat_grid_end(&g, 999)) == 0);
	ck_assert(xlat_grid_points(&g, xlat_grid_end(&g, 1000)) == 1);
	ck_assert(xlat_grid_points(&g, xlat_grid_end(&g, 1009)) == 1);
	ck_assert(xlat_grid_points(&g, xlat_grid_end(&g, 1010)) == 2);
}
END_TEST

/*
 * The engine's loop with random lateness, handler time and stop. The account
 * must balance whenever the loop may stop.
 */
START_TEST(account_balances_under_random_stops)
{
	uint32_t round;

	for (round = 0; round < ROUNDS; round++) {
		struct xlat_grid g = random_grid();
		uint64_t count = 0, missed = 0, armed = 0, i, now = g.start;
		uint64_t samples = draw(30), end, next, due;

		for (i = 0; i < samples; i++) {
			now = xlat_grid_deadline(&g, armed) + draw(g.period / 4 + 1);
			if (!draw(8))
				now += draw(5 * g.period);
			count++;
			next = xlat_grid_next(&g, armed + 1, now);
			missed += next - armed - 1;
			armed = next;
		}
		now += draw(3 * g.period);
		end = xlat_grid_end(&g, now);
		due = xlat_grid_points(&g, end);
		ck_assert(due >= armed);
		ck_assert(count + missed + (due - armed) == due_by(&g, now));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("grid");

	unit_add(suite, splitmix64_is_the_published_one);
	unit_add(suite, draws_stay_in_range_and_fill_it);
	unit_add(suite, deadlines_are_whole_periods_apart);
	unit_add(suite, dithered_deadlines_ascend_within_half_a_period);
	unit_add(suite, next_is_the_first_that_is_not_due);
	unit_add(suite, next_at_the_very_deadline_is_past);
	unit_add(suite, account_covers_exactly_what_is_due);
	unit_add(suite, no_points_before_the_start);
	unit_add(suite, account_balances_under_random_stops);
	return unit_run(suite);
}
