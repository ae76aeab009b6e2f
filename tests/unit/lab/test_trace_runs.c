// SPDX-License-Identifier: GPL-2.0
/* Where a path is cut into runs, and which runs are the same. */
#include "tests/unit/unit.h"
#include "lab/trace/runs.h"

static const uint32_t code[] = { 0xf9400000, 0x91000400, 0xd65f03c0 };
static const uint32_t leaves[] = { 0x91000400, 0xd69f03e0 };	/* eret */
static const uint32_t waits[] = { 0x91000400, 0xd503207f };	/* wfi */

static struct blocks blocks;
static struct ring ring;
static struct runs runs;
static struct block *a, *b, *hyp, *vector, *eret, *wfi;

static void begin(void)
{
	ck_assert(blocks_begin(&blocks, 10));
	ck_assert(ring_begin(&ring, 1024));
	ck_assert(runs_begin(&runs, 16));
	a = blocks_find(&blocks, 0x1008, 0, 1, code, 3);
	b = blocks_find(&blocks, 0x2008, 0, 1, code, 3);
	hyp = blocks_find(&blocks, 0x3008, 0, 2, code, 3);
	vector = blocks_find(&blocks, 0x4a80, 0, 1, code, 3);
	eret = blocks_find(&blocks, 0x5008, 0, 1, leaves, 2);
	wfi = blocks_find(&blocks, 0x6008, 0, 1, waits, 2);
}

static void end(void)
{
	runs_end(&runs);
	ring_end(&ring);
	blocks_end(&blocks);
}

static void add(struct block *block, unsigned int cpu, int amount)
{
	const struct entry entry = {
		.block = block, .amount = amount, .times = 1, .begun = 3,
		.cpu = (uint8_t)cpu, .kind = ENTRY_BLOCK,
	};

	ring_add(&ring, &entry);
}

static void add_stretch(uint64_t vttbr, unsigned int cpu, int amount)
{
	const struct entry entry = {
		.vttbr = vttbr, .amount = amount, .cpu = (uint8_t)cpu,
		.kind = ENTRY_STRETCH,
	};

	ring_add(&ring, &entry);
}

/* How many blocks the first run has if these are executed. */
static uint64_t first_of(struct block *one, struct block *two, unsigned int cpu)
{
	ring_clear(&ring);
	add(one, 0, 3);
	add(two, cpu, 3);
	return runs_cut(&ring, 0).count;
}

START_TEST(where_it_is_cut)
{
	ck_assert_uint_eq(first_of(a, b, 0), 2);
	ck_assert_uint_eq(first_of(a, b, 1), 1);
	ck_assert_uint_eq(first_of(a, hyp, 0), 1);
	ck_assert_uint_eq(first_of(a, vector, 0), 1);
	ck_assert_uint_eq(first_of(eret, a, 0), 1);
	ck_assert_uint_eq(first_of(wfi, a, 0), 1);
	ck_assert_uint_eq(first_of(vector, a, 0), 2);
}
END_TEST

START_TEST(before_a_stretch)
{
	struct run run;

	add(a, 0, 3);
	add_stretch(5, 0, 100);
	add(b, 0, 3);
	run = runs_cut(&ring, 0);
	ck_assert_uint_eq(run.count, 1);
	ck_assert_uint_eq(run.instructions, 3);
	ck_assert_uint_eq(runs_cut(&ring, 2).first, 2);
}
END_TEST

START_TEST(the_longest)
{
	int n;

	for (n = 0; n < 2 * RUNS_LONGEST; n++)
		add(a, 0, 3);
	ck_assert_uint_eq(runs_cut(&ring, 0).count, RUNS_LONGEST);
	ck_assert_uint_eq(runs_cut(&ring, 0).instructions, 3 * RUNS_LONGEST);
}
END_TEST

/* A stretch of another domain or CPU is another one. */
START_TEST(stretches)
{
	add_stretch(5, 0, 1);
	add_stretch(5, 0, 1);
	add_stretch(5, 1, 1);
	add_stretch(6, 1, 1);
	ck_assert_uint_eq(ring.head, 3);
	ck_assert_int_eq(ring.entry[0].amount, 2);
}
END_TEST

static uint32_t id_of(struct block *one, int amount, bool *is_new)
{
	struct run run;

	ring_clear(&ring);
	add(one, 0, amount);
	add(b, 0, 3);
	run = runs_cut(&ring, 0);
	return runs_find(&runs, &ring, &run, is_new);
}

START_TEST(which_are_the_same)
{
	bool is_new;
	uint32_t id = id_of(a, 3, &is_new);

	ck_assert(is_new);
	ck_assert_uint_eq(id_of(a, 3, &is_new), id);
	ck_assert(!is_new);
	ck_assert_uint_ne(id_of(a, 2, &is_new), id);
	ck_assert(is_new);
	ck_assert_uint_ne(id_of(vector, 3, &is_new), id);
	ck_assert(is_new);
	ck_assert_uint_eq(id_of(a, 3, &is_new), id);
}
END_TEST

/* The table has 16 places: it forgets, and ids go on. */
START_TEST(more_than_it_can_know)
{
	uint32_t id = 0;
	bool is_new;
	int n;

	for (n = 0; n < 100; n++) {
		ck_assert_uint_eq(id_of(a, n, &is_new), id + 1);
		ck_assert(is_new);
		id++;
	}
	ck_assert_uint_eq(id_of(a, 99, &is_new), id);
	ck_assert_uint_eq(id_of(a, 0, &is_new), id + 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace: runs");

	unit_between(begin, end);
	unit_add(suite, where_it_is_cut);
	unit_add(suite, before_a_stretch);
	unit_add(suite, the_longest);
	unit_add(suite, stretches);
	unit_add(suite, which_are_the_same);
	unit_add(suite, more_than_it_can_know);
	return unit_run(suite);
}
