// SPDX-License-Identifier: GPL-2.0
/* The account of the clock, on a machine that is made up. */
#include "tests/unit/unit.h"
#include "lab/trace/follow.h"
#include "lab/trace/insn.h"

enum { EL2_VECTORS = 0x80000800 };

static const uint32_t loads[] = { 0xf9400000, 0xf9400000, 0xf9400000,
				  0xd65f03c0 };	/* ret */
static const uint32_t waits[] = { 0xd5033fdf, 0xd503207f };	/* isb; wfi */
static const uint32_t traps[] = { 0xd538cc00, 0x91000400, 0xd65f03c0 };

static struct follow_clock now;
static unsigned int quick;
static struct blocks blocks;
static struct follow follow;
static struct block *a, *b, *sleeper, *trapper, *vector;

static void say(struct follow_clock *clock)
{
	*clock = now;
}

static void begin(void)
{
	ck_assert(blocks_begin(&blocks, 100));
	follow = (struct follow){ .clock = say };
	ck_assert(ring_begin(&follow.ring, 16));
	a = blocks_find(&blocks, 0x1000, 1, 1, loads, 4);
	b = blocks_find(&blocks, 0x2000, 1, 1, loads, 4);
	sleeper = blocks_find(&blocks, 0x3000, 1, 1, waits, 2);
	trapper = blocks_find(&blocks, 0x4000, 1, 1, traps, 3);
	vector = blocks_find(&blocks, EL2_VECTORS + 0x400, 0, 2, loads, 4);
	now = (struct follow_clock){ 100 + 4, 7000 };
	follow_begin(&follow, a, 0);
}

static void end(void)
{
	ring_end(&follow.ring);
	blocks_end(&blocks);
}

/* A block begins; the clock has charged so many for the one before. */
static void next(struct block *block, unsigned int cpu, unsigned int begun,
		 int charged, bool check)
{
	now.instructions += charged - (int)follow.now->insns + block->insns;
	if (!check && cpu == follow.cpu &&
	    follow_quickly(&follow, block, begun)) {
		quick++;
		return;
	}
	follow_next(&follow, block, cpu, begun, check);
}

static const struct entry *last(unsigned int back)
{
	return &follow.ring.entry[follow.ring.head - 1 - back];
}

START_TEST(whole_blocks)
{
	next(b, 0, 4, 4, false);
	next(a, 0, 4, 4, false);
	next(b, 0, 4, 4, true);
	ck_assert_int_eq(follow.charged - follow.start, 12);
	ck_assert_int_eq(follow.start, 100);
	ck_assert_uint_eq(follow.ring.head, 3);
	ck_assert_ptr_eq(last(0)->block, a);
	ck_assert_uint_eq(follow.asked, 1);
	ck_assert_int_eq(follow.drift, 0);
	ck_assert_uint_eq(follow.blocks, 3);
}
END_TEST

START_TEST(a_fault_gives_back)
{
	next(vector, 0, 2, 1, false);
	next(b, 0, 4, 4, true);
	ck_assert_int_eq(last(1)->amount, 1);
	ck_assert_uint_eq(last(1)->begun, 2);
	ck_assert_uint_eq(follow.left_early, 1);
	ck_assert_uint_eq(follow.surprises, 0);
	ck_assert_int_eq(follow.drift, 0);
}
END_TEST

START_TEST(a_trap_gives_nothing_back)
{
	next(trapper, 0, 4, 4, false);
	next(vector, 0, 1, 3, false);
	next(b, 0, 4, 4, true);
	ck_assert_int_eq(last(1)->amount, 3);
	ck_assert_uint_eq(last(1)->begun, 1);
	ck_assert_int_eq(follow.drift, 0);
	ck_assert_uint_eq(follow.surprises, 0);
}
END_TEST

/* A load at the end of a page was complete, and the fetch behind it aborts. */
START_TEST(the_clock_decides_what_is_not_certain)
{
	static const uint32_t load[] = { 0xf9400000 };
	struct block *page = blocks_find(&blocks, 0x4ffc, 1, 1, load, 1);

	next(page, 0, 4, 4, false);
	next(vector, 0, 1, 1, false);
	ck_assert_int_eq(last(0)->amount, 1);
	ck_assert_uint_eq(follow.surprises, 1);
	ck_assert_int_eq(follow.drift, 0);
}
END_TEST

/* As if the plugin had missed a block of 3, or counted one twice. */
START_TEST(what_no_rule_allows_is_drift)
{
	next(b, 0, 4, 4 + 3, false);
	next(a, 0, 4, 4, true);
	ck_assert_int_eq(follow.drift, 3);
	ck_assert_uint_eq(follow.drifts, 1);
	follow_clear(&follow);
	next(b, 0, 4, 4, true);
	ck_assert_int_eq(follow.drift, 0);
	next(a, 0, 4, 0, true);
	ck_assert_int_eq(follow.drift, -4);
}
END_TEST

START_TEST(one_instruction_is_enough)
{
	next(b, 0, 4, 3, true);
	ck_assert_int_eq(follow.drift, -1);
}
END_TEST

START_TEST(all_sleep)
{
	next(sleeper, 0, 4, 4, false);
	now.jumped_ns += 1234;
	next(b, 2, 2, 2, false);
	ck_assert_int_eq(last(0)->kind, ENTRY_ASLEEP);
	ck_assert_int_eq(last(0)->amount, 1234);
	ck_assert_uint_eq(last(0)->cpu, 2);
	ck_assert_uint_eq(last(1)->cpu, 0);
	ck_assert_int_eq(follow.jump_ns, 0);
	ck_assert_int_eq(follow.charged - follow.start, 6);
}
END_TEST

START_TEST(a_jump_where_nobody_slept)
{
	now.jumped_ns += 5;
	next(b, 0, 4, 4, true);
	ck_assert_int_eq(follow.jump_ns, 5);
	ck_assert_int_eq(last(0)->kind, ENTRY_ASLEEP);
}
END_TEST

START_TEST(the_cpu_that_executed_is_named)
{
	next(b, 1, 4, 4, false);
	next(a, 0, 4, 4, false);
	ck_assert_uint_eq(last(0)->cpu, 1);
	ck_assert_uint_eq(last(1)->cpu, 0);
}
END_TEST

START_TEST(other_domains_are_one_stretch)
{
	struct block *other = blocks_find(&blocks, 0x1000, 2, 1, loads, 4);
	struct block *user = blocks_find(&blocks, 0x1000, 2, 0, loads, 4);

	ck_assert(follow_measure(&follow, 1));
	next(vector, 0, 4, 4, true);
	next(other, 0, 4, 4, false);
	next(user, 0, 4, 4, false);
	next(other, 0, 4, 4, false);
	next(vector, 0, 4, 4, true);
	next(a, 0, 4, 4, true);
	ck_assert_uint_eq(follow.ring.head, 4);
	ck_assert_int_eq(last(0)->kind, ENTRY_BLOCK);
	ck_assert_int_eq(last(1)->kind, ENTRY_STRETCH);
	ck_assert_int_eq(last(1)->amount, 12);
	ck_assert_uint_eq(last(1)->vttbr, 2);
	ck_assert_int_eq(follow.charged - follow.start, 24);
}
END_TEST

START_TEST(a_loop_is_one_entry)
{
	int n;

	quick = 0;
	for (n = 0; n < 100; n++)
		next(a, 0, 4, 4, false);
	ck_assert_uint_eq(quick, 100);
	ck_assert_uint_eq(follow.ring.head, 1);
	ck_assert_uint_eq(last(0)->times, 100);
	ck_assert_int_eq(last(0)->amount, 4);
	ck_assert_int_eq(follow.charged - follow.start, 400);
	next(b, 0, 4, 4, true);
	ck_assert_uint_eq(follow.ring.head, 2);
	ck_assert_int_eq(follow.drift, 0);
}
END_TEST

START_TEST(a_block_that_was_left_early_is_no_loop)
{
	next(a, 0, 2, 1, false);
	next(b, 0, 4, 4, false);
	ck_assert_uint_eq(follow.ring.head, 2);
	ck_assert_int_eq(last(1)->amount, 1);
	ck_assert_uint_eq(last(1)->times, 1);
	ck_assert_int_eq(last(0)->amount, 4);
}
END_TEST

/* The quick way does the same. */
START_TEST(a_stretch_is_followed_quickly)
{
	struct block *other = blocks_find(&blocks, 0x1000, 2, 1, loads, 4);
	struct block *third = blocks_find(&blocks, 0x1000, 3, 1, loads, 4);
	struct block *waiting = blocks_find(&blocks, 0x3000, 2, 1, waits, 2);
	int n;

	ck_assert(follow_measure(&follow, 1));
	quick = 0;
	next(other, 0, 4, 4, false);
	for (n = 0; n < 10; n++)
		next(other, 0, 4, 4, false);
	ck_assert_uint_eq(quick, 10);
	next(waiting, 0, 4, 4, false);
	ck_assert_uint_eq(quick, 11);
	next(other, 0, 2, 2, false);
	ck_assert_uint_eq(quick, 11);
	next(vector, 0, 2, 1, false);
	ck_assert_uint_eq(quick, 11);
	next(other, 0, 4, 4, false);
	ck_assert_uint_eq(quick, 12);
	next(third, 0, 4, 4, false);
	next(a, 1, 4, 4, false);
	next(other, 1, 4, 4, true);
	ck_assert_uint_eq(quick, 12);
	ck_assert_int_eq(follow.drift, 0);
	ck_assert_uint_eq(follow.surprises, 0);
	ck_assert_uint_eq(follow.blocks, 18);
	ck_assert_int_eq(follow.charged - follow.start, 67);
	ck_assert_uint_eq(follow.ring.head, 6);
	ck_assert_int_eq(last(4)->amount, 47);
	ck_assert_uint_eq(last(4)->vttbr, 2);
	ck_assert_uint_eq(last(1)->vttbr, 3);
}
END_TEST

/* The ring has room for 16 entries. */
START_TEST(what_falls_out_is_added_up)
{
	int i;

	for (i = 0; i < 10; i++) {
		next(b, 0, 4, 4, false);
		next(a, 1, 4, 4, false);
	}
	ck_assert(ring_has_lost(&follow.ring));
	ck_assert_uint_eq(follow.ring.head - follow.ring.tail, 16);
	ck_assert_uint_eq(a->lost[1] + a->lost[0] + b->lost[0], 16);
	ck_assert_uint_eq(b->lost[0], 8);
	follow_clear(&follow);
	ck_assert(!ring_has_lost(&follow.ring));
	ck_assert_ptr_null(a->lost);
}
END_TEST

START_TEST(too_many_domains)
{
	uint64_t n;

	for (n = 0; n < FOLLOW_DOMAINS; n++)
		ck_assert(follow_measure(&follow, n));
	ck_assert(follow_measure(&follow, 3));
	ck_assert(!follow_measure(&follow, n));
}
END_TEST

START_TEST(a_block_is_kept_once)
{
	uint32_t changed[4] = { 0xf9400000, 0xf9400000, 0xf9400001, 0xd65f03c0 };

	ck_assert_ptr_eq(blocks_find(&blocks, 0x1000, 1, 1, loads, 4), a);
	ck_assert_ptr_ne(blocks_find(&blocks, 0x1000, 1, 1, changed, 4), a);
	ck_assert_ptr_ne(blocks_find(&blocks, 0x1000, 1, 0, loads, 4), a);
	ck_assert_ptr_ne(blocks_find(&blocks, 0x1000, 2, 1, loads, 4), a);
	ck_assert_ptr_ne(blocks_find(&blocks, 0x1000, 1, 1, loads, 3), a);
	blocks.most = blocks.count;
	ck_assert_ptr_null(blocks_find(&blocks, 0x9000, 1, 1, loads, 4));
	ck_assert_ptr_eq(blocks_find(&blocks, 0x2000, 1, 1, loads, 4), b);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace: follow");

	unit_between(begin, end);
	unit_add(suite, whole_blocks);
	unit_add(suite, a_fault_gives_back);
	unit_add(suite, a_trap_gives_nothing_back);
	unit_add(suite, the_clock_decides_what_is_not_certain);
	unit_add(suite, what_no_rule_allows_is_drift);
	unit_add(suite, one_instruction_is_enough);
	unit_add(suite, all_sleep);
	unit_add(suite, a_jump_where_nobody_slept);
	unit_add(suite, the_cpu_that_executed_is_named);
	unit_add(suite, other_domains_are_one_stretch);
	unit_add(suite, a_loop_is_one_entry);
	unit_add(suite, a_block_that_was_left_early_is_no_loop);
	unit_add(suite, a_stretch_is_followed_quickly);
	unit_add(suite, what_falls_out_is_added_up);
	unit_add(suite, too_many_domains);
	unit_add(suite, a_block_is_kept_once);
	return unit_run(suite);
}
