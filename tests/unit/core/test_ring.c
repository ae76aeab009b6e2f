// SPDX-License-Identifier: MIT
/*
 * The ring with a real writer and a real reader. Every sample has its number in
 * all of its words, so a torn copy is found.
 */
#include <pthread.h>
#include <sched.h>

#include "core/ring.h"
#include "tests/unit/unit.h"

#define SLOTS	64u
#define TOTAL	500000u

struct shared {
	struct xlat_sample slot[SLOTS];
	__u64 head;
	unsigned int yield_every;
};

static struct xlat_sample make(__u64 i)
{
	return (struct xlat_sample) {
		.deadline = i,
		.entry = ~i,
		.missed = (uint32_t)(i * 2654435761u),
		.flags = (uint32_t)(i ^ 0x5a5a5a5a),
	};
}

static void check_sample(const struct xlat_sample *sample, __u64 i)
{
	struct xlat_sample expected = make(i);

	ck_assert_msg(sample->deadline == expected.deadline &&
		      sample->entry == expected.entry &&
		      sample->missed == expected.missed &&
		      sample->flags == expected.flags,
		      "sample %llu is torn or misplaced: %llu",
		      (unsigned long long)i,
		      (unsigned long long)sample->deadline);
}

static void put(struct shared *s, __u64 i)
{
	struct xlat_sample sample = make(i);

	xlat_ring_put(s->slot, SLOTS - 1, &s->head, &sample);
}

static __u64 get(struct shared *s, __u64 *position,
		    struct xlat_sample *out, __u64 room, __u64 *lost)
{
	return xlat_ring_get(s->slot, sizeof(*s->slot), SLOTS, &s->head,
			     position, out, room, lost);
}

START_TEST(reads_what_was_written)
{
	struct shared s = { 0 };
	struct xlat_sample out[SLOTS];
	__u64 position = 0, lost = 0, i;

	ck_assert(get(&s, &position, out, SLOTS, &lost) == 0);
	for (i = 0; i < 10; i++)
		put(&s, i);
	ck_assert(get(&s, &position, out, SLOTS, &lost) == 10);
	for (i = 0; i < 10; i++)
		check_sample(&out[i], i);
	ck_assert(position == 10 && lost == 0);
	ck_assert(get(&s, &position, out, SLOTS, &lost) == 0);
}
END_TEST

START_TEST(small_room_takes_several_calls)
{
	struct shared s = { 0 };
	struct xlat_sample out[4];
	__u64 position = 0, lost = 0, i, n, at = 0;

	for (i = 0; i < 10; i++)
		put(&s, i);
	while ((n = get(&s, &position, out, 4, &lost))) {
		for (i = 0; i < n; i++)
			check_sample(&out[i], at++);
	}
	ck_assert(at == 10 && lost == 0);
}
END_TEST

START_TEST(usable_capacity_is_one_less)
{
	struct shared s = { 0 };
	struct xlat_sample out[SLOTS];
	__u64 position = 0, lost = 0, i;

	for (i = 0; i < SLOTS - 1; i++)
		put(&s, i);
	ck_assert(get(&s, &position, out, SLOTS, &lost) == SLOTS - 1);
	ck_assert(lost == 0);
	for (; i < 3 * SLOTS; i++)
		put(&s, i);
	ck_assert(get(&s, &position, out, SLOTS, &lost) == SLOTS - 1);
	check_sample(&out[0], 2 * SLOTS + 1);
	check_sample(&out[SLOTS - 2], 3 * SLOTS - 1);
	ck_assert(lost == 3 * SLOTS - 2 * (SLOTS - 1));
	ck_assert(position == 3 * SLOTS);
}
END_TEST

static void *writer(void *arg)
{
	struct shared *s = arg;
	__u64 i;

	for (i = 0; i < TOTAL; i++) {
		put(s, i);
		if (i % s->yield_every == 0)
			sched_yield();
	}
	return NULL;
}

/* Every sample is received whole and in order, or counted as lost. */
static void race(unsigned int yield_every, __u64 room)
{
	static struct shared s;
	struct xlat_sample out[SLOTS];
	__u64 position = 0, lost = 0, received = 0, i, n, before;
	pthread_t thread;

	s = (struct shared) { .yield_every = yield_every };
	ck_assert_int_eq(pthread_create(&thread, NULL, writer, &s), 0);
	while (position < TOTAL) {
		before = lost;
		n = get(&s, &position, out, room, &lost);
		ck_assert(received + n + lost == position);
		for (i = 0; i < n; i++)
			check_sample(&out[i], received + lost + i);
		received += n;
		if (!n && lost == before)
			sched_yield();
	}
	pthread_join(thread, NULL);
	ck_assert(received + lost == TOTAL);
	ck_assert(received > 0);
}

START_TEST(writer_and_reader_with_time_for_both)
{
	race(SLOTS / 4, SLOTS);
}
END_TEST

START_TEST(writer_far_too_fast)
{
	race(100000, SLOTS);
}
END_TEST

START_TEST(reader_in_small_bites)
{
	race(SLOTS / 2, 5);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ring");

	unit_add(suite, reads_what_was_written);
	unit_add(suite, small_room_takes_several_calls);
	unit_add(suite, usable_capacity_is_one_less);
	unit_add(suite, writer_and_reader_with_time_for_both);
	unit_add(suite, writer_far_too_fast);
	unit_add(suite, reader_in_small_bites);
	return unit_run(suite);
}
