// SPDX-License-Identifier: GPL-2.0
/* The table of symbols: lookups, aliases, sections that move. */
#include <errno.h>
#include <string.h>

#include "lab/symbols/symbols.h"
#include "tests/unit/unit.h"

static struct symbols table;
static struct symbols_found found;

static void end(void)
{
	symbols_free(&table);
}

static void section(const char *name, uint64_t size)
{
	ck_assert_int_ge(symbols_add_section(&table, name, size, NULL, 0), 0);
}

static int try_add(size_t in, uint64_t offset, uint64_t size, char type,
		   const char *name, const char *owner)
{
	struct symbols_new new = {
		.section = in, .offset = offset, .size = size, .type = type,
		.name = name, .name_length = strlen(name),
		.owner = owner, .owner_length = owner ? strlen(owner) : 0,
	};

	return symbols_add(&table, &new);
}

static void add(uint64_t offset, char type, const char *name)
{
	ck_assert_int_eq(try_add(0, offset, 0, type, name, NULL), 0);
}

static void ready(void)
{
	symbols_sort(&table);
	ck_assert_int_eq(symbols_place(&table, 0, 0x1000), 0);
}

static void is_at(uint64_t address, const char *name, uint64_t offset,
		  uint64_t size)
{
	ck_assert(symbols_at(&table, address, &found));
	ck_assert_str_eq(found.name, name);
	ck_assert_uint_eq(found.offset, offset);
	ck_assert_uint_eq(found.size, size);
}

static void nothing_at(uint64_t address)
{
	ck_assert(!symbols_at(&table, address, &found));
}

START_TEST(function_and_offset)
{
	section(".text", 0x100);
	add(0x40, 'T', "second");
	add(0x10, 't', "first");
	ready();
	nothing_at(0xfff);
	nothing_at(0x100f);
	is_at(0x1010, "first", 0, 0x30);
	is_at(0x103f, "first", 0x2f, 0x30);
	is_at(0x1040, "second", 0, 0xc0);
	is_at(0x10ff, "second", 0xbf, 0xc0);
	nothing_at(0x1100);
	nothing_at(UINT64_MAX);
}
END_TEST

START_TEST(an_empty_table)
{
	nothing_at(0);
	ck_assert_uint_eq(symbols_named(&table, "x", NULL, NULL), 0);
	section(".text", 0x100);
	ready();
	nothing_at(0x1000);
}
END_TEST

START_TEST(a_size_ends_a_function)
{
	section(".text", 0x100);
	try_add(0, 0x10, 8, 'T', "short", NULL);
	try_add(0, 0x20, 0x1000, 'T', "too_long", NULL);
	add(0x40, 'T', "next");
	ready();
	is_at(0x1017, "short", 7, 8);
	nothing_at(0x1018);
	is_at(0x103f, "too_long", 0x1f, 0x20);
}
END_TEST

/* What is no function ends one, and has no name of its own. */
START_TEST(delimiters)
{
	section(".text", 0x100);
	add(0x10, 'T', "function");
	add(0x20, SYMBOLS_END, "");
	add(0x30, 'T', "before_data");
	add(0x40, 'd', "data");
	add(0x50, 'T', "last");
	add(0x60, 'T', "_etext");
	ready();
	is_at(0x101f, "function", 0xf, 0x10);
	nothing_at(0x1020);
	is_at(0x103f, "before_data", 0xf, 0x10);
	nothing_at(0x1040);
	is_at(0x105f, "last", 0xf, 0x10);
	nothing_at(0x1060);
	ck_assert_uint_eq(table.count, 6);
}
END_TEST

static const struct {
	const char *types;
	const char *names[4];
	const char *winner;
} aliases[] = {
	{ "tT", { "local", "global" }, "global" },
	{ "WT", { "weak", "zglobal" }, "zglobal" },
	{ "tW", { "local", "weak" }, "weak" },
	{ "TTt", { "_stext", "__irqentry_text_start", "bcm2835_handle_irq" },
	  "bcm2835_handle_irq" },
	{ "TT", { "_start", "start" }, "start" },
	{ "TT", { "__dax_end", "_f" }, "_f" },
	{ "tT", { ".text", "_start" }, "_start" },
	{ "TTT", { "__memcpy", "memcpy", "_memcpy" }, "memcpy" },
	{ "TT", { "b", "a" }, "a" },
	{ "dt", { "object", "local" }, "local" },
	{ "tt", { "$x", "local" }, "local" },
	{ "ttt", { "$d.12", "local", "$x.3" }, "local" },
	{ "TT", { "_etext", "really" }, "really" },
};

START_TEST(which_alias_wins)
{
	size_t i, n = strlen(aliases[_i].types);

	section(".text", 0x100);
	for (i = 0; i < n; i++)
		add(0x10, aliases[_i].types[i], aliases[_i].names[i]);
	ready();
	is_at(0x1014, aliases[_i].winner, 4, 0xf0);
	symbols_free(&table);

	section(".text", 0x100);	/* in the other order */
	for (i = n; i-- > 0;)
		add(0x10, aliases[_i].types[i], aliases[_i].names[i]);
	ready();
	is_at(0x1014, aliases[_i].winner, 4, 0xf0);
}
END_TEST

START_TEST(a_function_wins_over_a_label)
{
	struct symbols_new label = {
		.offset = 0x10, .type = 'T', .is_label = true,
		.name = "a", .name_length = 1,
	};

	section(".text", 0x100);
	ck_assert_int_eq(symbols_add(&table, &label), 0);
	add(0x10, 't', "local");
	ready();
	is_at(0x1010, "local", 0, 0xf0);
}
END_TEST

START_TEST(what_is_left_out)
{
	section(".text", 0x100);
	add(0x10, 't', "$x");
	add(0x10, 't', "$d.5");
	add(0x10, 'A', "absolute");
	add(0x10, 'U', "undefined");
	add(0x10, '\0', "no_type");
	add(0x10, '?', "no_letter");
	add(0x10, 'T', "");
	add(0x101, 'T', "beyond");
	ck_assert_uint_eq(table.count, 0);
	add(0x100, 'T', "at_the_end");
	add(0x10, 't', "$xyz");
	ck_assert_uint_eq(table.count, 2);
}
END_TEST

START_TEST(names_are_safe_to_print)
{
	char longest[SYMBOLS_NAME + 1];

	memset(longest, 'a', SYMBOLS_NAME);
	longest[SYMBOLS_NAME] = '\0';
	section(".te\nxt", 0x100);
	ck_assert_int_eq(symbols_section(&table, ".te?xt"), 0);
	ck_assert_int_eq(try_add(0, 0, 0, 't', "a\033[2J b\x80", "x\ty"), 0);
	ck_assert_int_eq(try_add(0, 8, 0, 't', longest, NULL), -EINVAL);
	ck_assert_int_eq(try_add(0, 8, 0, 't', longest + 1, NULL), 0);
	ready();
	is_at(0x1000, "a?[2J?b?", 0, 8);
	ck_assert_str_eq(found.owner, "x?y");
	is_at(0x1008, longest + 1, 0, 0xf8);
}
END_TEST

START_TEST(sections_are_placed_and_moved)
{
	section(".text", 0x100);
	section(".init.text", 0x100);
	section("empty", 0);
	try_add(0, 0, 0, 'T', "one", NULL);
	try_add(1, 0x20, 0, 'T', "two", NULL);
	symbols_sort(&table);
	nothing_at(0);
	ck_assert(symbols_in(&table, 1, 0x24, &found));
	ck_assert_str_eq(found.name, "two");
	ck_assert(!symbols_in(&table, 1, 0x1f, &found));
	ck_assert(!symbols_in(&table, 1, 0x100, &found));

	ck_assert_int_eq(symbols_section(&table, ".init.text"), 1);
	ck_assert_int_eq(symbols_section(&table, ".exit.text"), -ENOENT);
	ck_assert_int_eq(symbols_place(&table, 1, 0x8000), 0);
	ck_assert_int_eq(symbols_place(&table, 0, 0x80ff), -EEXIST);
	ck_assert_int_eq(symbols_place(&table, 0, 0x7f01), -EEXIST);
	ck_assert_int_eq(symbols_place(&table, 0, 0 - 0x80ull), -ERANGE);
	nothing_at(0x7f01);
	ck_assert_int_eq(symbols_place(&table, 2, 0x8010), 0);
	ck_assert_int_eq(symbols_place(&table, 0, 0x7f00), 0);
	is_at(0x7f00, "one", 0, 0x100);
	is_at(0x8020, "two", 0, 0xe0);

	ck_assert_int_eq(symbols_shift(&table, 0x1000), 0);
	is_at(0x8f00, "one", 0, 0x100);
	ck_assert_int_eq(symbols_shift(&table, 0 - 0x2000ull), 0);
	is_at(0x7020, "two", 0, 0xe0);
	ck_assert_int_eq(symbols_shift(&table, 0 - 0x7080ull), -ERANGE);
	is_at(0x7020, "two", 0, 0xe0);
}
END_TEST

START_TEST(names_that_occur_more_than_once)
{
	const struct symbol *first = NULL;

	section(".text", 0x100);
	try_add(0, 0x30, 0, 't', "init", "b.c");
	try_add(0, 0x10, 0, 't', "init", "a.c");
	try_add(0, 0x40, 0, 'T', "once", NULL);
	try_add(0, 0x40, 0, 'W', "once", NULL);
	try_add(0, 0x50, 0, 't', "other", "b.c");
	ready();
	ck_assert_uint_eq(symbols_named(&table, "init", NULL, &first), 2);
	ck_assert_uint_eq(first->offset, 0x10);
	ck_assert_str_eq(symbols_text(&table, first->owner), "a.c");
	ck_assert_uint_eq(symbols_named(&table, "init", "b.c", &first), 1);
	ck_assert_uint_eq(first->offset, 0x30);
	ck_assert_uint_eq(symbols_named(&table, "init", "c.c", NULL), 0);
	ck_assert_uint_eq(symbols_named(&table, "once", NULL, &first), 1);
	ck_assert_uint_eq(symbols_named(&table, "Once", NULL, NULL), 0);
	is_at(0x1034, "init", 4, 0x10);
	ck_assert_str_eq(found.owner, "b.c");
}
END_TEST

START_TEST(too_many)
{
	size_t i;

	section(".text", 0x100);
	for (i = 0; i < SYMBOLS_MOST; i++)
		if (try_add(0, 0, 0, 't', "x", NULL))
			break;
	ck_assert_uint_eq(i, SYMBOLS_MOST);
	ck_assert_int_eq(try_add(0, 0, 0, 't', "x", NULL), -E2BIG);
	ready();
	is_at(0x1001, "x", 1, 0x100);
	symbols_free(&table);
	for (i = 0; i < SYMBOLS_SECTIONS; i++)
		section("s", 4);
	ck_assert_int_eq(symbols_add_section(&table, "s", 4, NULL, 0), -E2BIG);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("symbols");

	unit_between(NULL, end);
	unit_add(suite, function_and_offset);
	unit_add(suite, an_empty_table);
	unit_add(suite, a_size_ends_a_function);
	unit_add(suite, delimiters);
	unit_add_loop(suite, which_alias_wins, sizeof(aliases) / sizeof(*aliases));
	unit_add(suite, a_function_wins_over_a_label);
	unit_add(suite, what_is_left_out);
	unit_add(suite, names_are_safe_to_print);
	unit_add(suite, sections_are_placed_and_moved);
	unit_add(suite, names_that_occur_more_than_once);
	unit_add(suite, too_many);
	return unit_run(suite);
}
