// SPDX-License-Identifier: MIT
/*
 * The record loop reads while the writer writes. The writer runs at the worst
 * moments: each read of shared memory and each barrier can call it.
 */
#include "captured.h"

static unsigned int looks;

/* The writer of CPU 0 is as fast as the reader, or faster. */
#define PATIENCE	1000u

static __u64 pace;

static void writer_goes_on(const volatile void *at)
{
	if (at == &fake.part[0].map.head && looks++ < PATIENCE)
		fake_publish(0, pace, 500);
}

/* After at most one full ring of CPU 0, the reader goes on to CPU 1. */
static void assert_served(__u64 of_each_look)
{
	looks = 0;
	pace = of_each_look;
	fake_publish(1, 5, 500);
	on_look = writer_goes_on;
	ck_assert_int_eq(drain(&c, -1), 0);
	ck_assert_uint_lt(looks, PATIENCE);
	ck_assert_uint_lt(c.parts[0].received, 2 * FAKE_SLOTS);
	ck_assert_uint_eq(c.parts[0].received + c.parts[0].lost,
			  c.parts[0].position);
	ck_assert_uint_eq(c.parts[1].received, 5);
}

START_TEST(a_fast_writer_does_not_hold_up_the_others)
{
	assert_served(FAKE_SLOTS / 4);
	ck_assert_uint_ge(c.parts[0].received, FAKE_SLOTS);
}
END_TEST

START_TEST(nor_does_one_too_fast_to_be_read)
{
	assert_served(2 * FAKE_SLOTS);
	ck_assert_uint_eq(c.parts[0].received, 0);
}
END_TEST

/* All words of the scalars have the same value, unless they are torn. */
static void write_counters(__u64 value)
{
	__u64 *word = (__u64 *)&fake.part[0].map.counters;

	for (size_t i = 0; i < sizeof(struct xlat_counters) / 8; i++)
		word[i] = value;
}

static void assert_counters(__u64 value)
{
	struct xlat_counters out;

	write_counters(1);
	ck_assert(read_counters(&fake.part[0].map, &out));
	for (size_t i = 0; i < sizeof(out) / 8; i++)
		ck_assert_uint_eq(((__u64 *)&out)[i], value);
}

static void writer_leaves(const volatile void *at)
{
	if (at != &fake.part[0].map.seq || looks++ != 4)
		return;
	write_counters(2);
	fake.part[0].map.seq++;
}

START_TEST(scalars_under_the_pen_are_awaited)
{
	fake.part[0].map.seq = 7;
	on_look = writer_leaves;
	assert_counters(2);
}
END_TEST

/* Makes a complete update in the middle of the first copy. */
static void writer_passes(const volatile void *at)
{
	if (at != &fake.part[0].map.counters.sum_ticks || looks++)
		return;
	write_counters(2);
	fake.part[0].map.seq += 2;
}

START_TEST(torn_scalars_are_read_again)
{
	on_look = writer_passes;
	assert_counters(2);
}
END_TEST

static void writer_is_seen_at_the_barrier(void)
{
	if (looks++)
		return;
	write_counters(2);
	fake.part[0].map.seq += 2;
}

START_TEST(the_second_look_is_behind_a_barrier)
{
	on_barrier = writer_is_seen_at_the_barrier;
	assert_counters(2);
	ck_assert_uint_eq(looks, 2);
}
END_TEST

START_TEST(scalars_that_stay_torn_are_not_stored)
{
	uint32_t blocks = writer.sequence;

	fake.part[0].map.seq = 7;
	ck_assert_int_eq(put_intervals(&c, 1), 0);
	ck_assert_uint_eq(writer.sequence, blocks + 1);
	fake.part[0].map.seq = 8;
	ck_assert_int_eq(put_intervals(&c, 1), 0);
	ck_assert_uint_eq(writer.sequence, blocks + 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("capture_race");

	unit_between(begin, end);
	unit_add(suite, a_fast_writer_does_not_hold_up_the_others);
	unit_add(suite, nor_does_one_too_fast_to_be_read);
	unit_add(suite, scalars_under_the_pen_are_awaited);
	unit_add(suite, torn_scalars_are_read_again);
	unit_add(suite, the_second_look_is_behind_a_barrier);
	unit_add(suite, scalars_that_stay_torn_are_not_stored);
	return unit_run(suite);
}
