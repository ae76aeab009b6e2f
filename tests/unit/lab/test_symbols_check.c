// SPDX-License-Identifier: GPL-2.0
/* Does a table belong to the code that ran? symbols_check.c */
#include <string.h>

#include "lab/symbols/symbols_check.h"
#include "lab/symbols/symbols_file.h"
#include "lab/symbols/symbols_variable.h"
#include "tests/unit/lab/made_image.h"
#include "tests/unit/unit.h"

/* A table with one section of 256 words at ADDRESS; all of them are different. */
#define ADDRESS	0x10000
#define WORDS	256

static unsigned char code[4 * WORDS];
static struct symbols table;
static struct symbols_check check;

static uint32_t word(size_t i)
{
	return 0xf9400000 + (uint32_t)i * 0x421;	/* ldr */
}

static void put(size_t i, uint32_t value)
{
	memcpy(code + 4 * i, &value, 4);
}

static void begin(void)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		put(i, word(i));
	symbols_add_section(&table, ".text", sizeof(code), code, sizeof(code));
	symbols_sort(&table);
	symbols_place(&table, 0, ADDRESS);
	memset(&check, 0, sizeof(check));
}

static void end(void)
{
	symbols_free(&table);
}

/* One block of @count words from word @first on; @bits of the last one differ. */
static bool see(size_t first, size_t count, uint32_t bits)
{
	uint32_t words[WORDS + 8];
	struct symbols_seen seen = { ADDRESS + 4 * first, words, count };
	size_t i;

	for (i = 0; i < count; i++)
		words[i] = word(first + i);
	words[count - 1] ^= bits;
	return symbols_check_block(&check, &table, &seen);
}

/* One block of one word. */
static bool see_word(size_t i, uint32_t value)
{
	struct symbols_seen seen = { ADDRESS + 4 * i, &value, 1 };

	return symbols_check_block(&check, &table, &seen);
}

START_TEST(the_same_code)
{
	ck_assert(see(0, 40, 0));
	ck_assert(see(100, 23, 0));
	ck_assert_int_eq(symbols_check_verdict(&check), SYMBOLS_UNPROVEN);
	ck_assert(see(200, 1, 0));
	ck_assert_uint_eq(check.same, SYMBOLS_CHECK_LEAST);
	ck_assert_uint_eq(check.blocks, 3);
	ck_assert_int_eq(symbols_check_verdict(&check), SYMBOLS_RIGHT);
}
END_TEST

START_TEST(one_word_of_other_code)
{
	ck_assert(see(0, WORDS, 0));
	ck_assert(!see(40, 3, 1u << _i));
	ck_assert_uint_eq(check.different, 1);
	ck_assert_uint_eq(check.wrong_address, ADDRESS + 4 * 42);
	ck_assert_uint_eq(check.wrong_file, word(42));
	ck_assert_uint_eq(check.wrong_seen, word(42) ^ 1u << _i);
	ck_assert(see(40, 3, 0));
	ck_assert_int_eq(symbols_check_verdict(&check), SYMBOLS_WRONG);
}
END_TEST

START_TEST(code_that_lies_elsewhere)
{
	uint32_t words[WORDS];
	struct symbols_seen seen = { ADDRESS + 4, words, WORDS - 1 };
	size_t i;

	for (i = 0; i < WORDS; i++)
		words[i] = word(i);
	ck_assert(!symbols_check_block(&check, &table, &seen));
	ck_assert_int_eq(symbols_check_verdict(&check), SYMBOLS_WRONG);
}
END_TEST

START_TEST(variable_bits_may_differ)
{
	variable_relocate(&table.sections[0], 4 * 42, 283);	/* CALL26 */
	variable_replace(&table.sections[0], 4 * 50, 8);
	variable_sort(&table.sections[0]);
	ck_assert(see(0, 43, 0x03ffffff));
	ck_assert(!see(0, 43, 0x04000000));
	memset(&check, 0, sizeof(check));
	ck_assert(see_word(50, 0));
	ck_assert(see_word(51, 0xffffffff));
	ck_assert(!see_word(52, 0));
	ck_assert_uint_eq(check.variable, 2);
	ck_assert_uint_eq(check.different, 1);
}
END_TEST

#define NOP		0xd503201f
#define MOV_X9_X30	0xaa1e03e9

static const struct {
	uint32_t file, seen;
	bool is_patched;
} pairs[] = {
	{ NOP, MOV_X9_X30, true },		/* ftrace */
	{ MOV_X9_X30, 0x97ffffff, true },
	{ NOP, 0x14000008, true },		/* static key */
	{ 0x17fffff0, NOP, true },
	{ 0xd299bde1, 0xd2800001, true },	/* movz x1, a constant */
	{ 0xf2b13561, 0xf2a36701, true },	/* movk */
	{ 0x530c7f20, 0x53107f20, true },	/* lsr */
	{ NOP, 0xd503245f, false },		/* bti */
	{ NOP, 0xaa1e03e8, false },		/* another register */
	{ NOP, 0xd2800001, false },
	{ 0xd2800001, NOP, false },
	{ 0xd2800001, 0xd2800002, false },	/* another register */
	{ 0xd2800001, 0xf2800001, false },	/* movk for movz */
	{ 0xd2800001, 0xd2a00001, false },	/* another half */
	{ 0x52800001, 0xd2800001, false },	/* another size */
	{ 0x530c7f20, 0x530c7f21, false },
	{ 0x14000001, 0x54000001, false },	/* b.ne for b */
	{ 0xf9400000, 0xf9400001, false },
};

START_TEST(what_linux_patches_at_boot)
{
	put(10, pairs[_i].file);
	ck_assert_int_eq(see_word(10, pairs[_i].seen), pairs[_i].is_patched);
	ck_assert_uint_eq(check.patched, pairs[_i].is_patched);
	ck_assert_uint_eq(check.different, !pairs[_i].is_patched);
	ck_assert_uint_eq(check.same, 0);
}
END_TEST

START_TEST(outside_of_the_file)
{
	struct symbols_seen before = { ADDRESS - 4, (uint32_t[]) { word(0) }, 1 };
	struct symbols_seen odd = { ADDRESS + 2, (uint32_t[]) { word(0) }, 1 };

	ck_assert(!see(WORDS - 2, 4, 0));
	ck_assert(!symbols_check_block(&check, &table, &before));
	ck_assert(!symbols_check_block(&check, &table, &odd));
	ck_assert_uint_eq(check.outside, 4);
	ck_assert_uint_eq(check.same, 2);
	ck_assert_uint_eq(check.different, 0);
	ck_assert_int_eq(symbols_check_verdict(&check), SYMBOLS_UNPROVEN);
}
END_TEST

START_TEST(what_a_function_looks_like)
{
	uint32_t words[8], masks[8];

	put(WORDS - 3, NOP);
	put(WORDS - 2, 0xd2800001);
	variable_relocate(&table.sections[0], 4 * (WORDS - 4), 277);
	variable_sort(&table.sections[0]);
	ck_assert_uint_eq(symbols_code(&table, 0, 4 * (WORDS - 5), 8, words,
				       masks), 5);
	ck_assert_uint_eq(words[0], word(WORDS - 5));
	ck_assert_uint_eq(masks[0], 0xffffffff);
	ck_assert_uint_eq(masks[1], ~0x003ffc00u);
	ck_assert_uint_eq(masks[2], 0);
	ck_assert_uint_eq(masks[3], ~0x001fffe0u);
	ck_assert_uint_eq(words[4], word(WORDS - 1));
	ck_assert_uint_eq(symbols_code(&table, 0, 4 * WORDS, 8, words, masks), 0);
	ck_assert_uint_eq(symbols_code(&table, 0, 0, 3, words, masks), 3);
}
END_TEST

/* Each function of the made-up image calls another one. */
START_TEST(calls_lead_to_beginnings)
{
	struct made m = made_image((enum made_layout)_i);
	struct symbols_file file;
	struct symbols_calls calls;
	char why[SYMBOLS_WHY];

	ck_assert_int_eq(symbols_file_decode(m.at, m.size, &file, why), 0);
	calls = symbols_count_calls(&file.table);
	/* _etext is no function */
	ck_assert_uint_eq(calls.calls, MADE_COUNT - 1);
	ck_assert_uint_eq(calls.met, MADE_COUNT - 1);
	ck_assert(symbols_calls_fit(&calls));
	symbols_file_free(&file);
}
END_TEST

START_TEST(when_calls_fit)
{
	ck_assert(symbols_calls_fit(&(struct symbols_calls) { 99, 0 }));
	ck_assert(!symbols_calls_fit(&(struct symbols_calls) { 100, 89 }));
	ck_assert(symbols_calls_fit(&(struct symbols_calls) { 100, 90 }));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("symbols_check");

	unit_between(begin, end);
	unit_add(suite, the_same_code);
	unit_add_loop(suite, one_word_of_other_code, 32);
	unit_add(suite, code_that_lies_elsewhere);
	unit_add(suite, variable_bits_may_differ);
	unit_add_loop(suite, what_linux_patches_at_boot,
		      sizeof(pairs) / sizeof(*pairs));
	unit_add(suite, outside_of_the_file);
	unit_add(suite, what_a_function_looks_like);
	unit_add_loop(suite, calls_lead_to_beginnings, MADE_LAYOUTS);
	unit_add(suite, when_calls_fit);
	return unit_run(suite);
}
