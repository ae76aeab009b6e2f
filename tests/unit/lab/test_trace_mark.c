// SPDX-License-Identifier: GPL-2.0
/* Functions that are recognised by their first instructions. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "lab/trace/mark.h"

#define FOUR "a9bc7bfd910003fda90153f3aa0003f5"

START_TEST(text_and_back)
{
	static const char text[] = "xx" FOUR "xd65f03c0";
	struct pattern pattern;
	char again[MARK_TEXT];

	ck_assert(pattern_parse(&pattern, text));
	ck_assert_uint_eq(pattern.words, 8);
	ck_assert(pattern.any[0] && pattern.any[1] && pattern.any[6]);
	ck_assert_uint_eq(pattern.word[2], 0xa9bc7bfd);
	ck_assert_uint_eq(pattern.word[7], 0xd65f03c0);
	pattern_print(&pattern, again);
	ck_assert_str_eq(again, text);
}
END_TEST

START_TEST(what_is_no_pattern)
{
	static const char *const wrong[] = {
		"", "x", "xxxxxxxxxx", "a9bc7bfd910003fda90153f3", "xx" FOUR "1",
		FOUR "A9BC7BFD", FOUR "y", FOUR " ", FOUR "0x123456",
	};
	char longest[2 * MARK_TEXT] = "";
	struct pattern pattern;
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!pattern_parse(&pattern, wrong[i]), "%s",
			      wrong[i]);
	for (i = 0; i < MARK_WORDS_MAX; i++)
		strcat(longest, "00000001");
	ck_assert(pattern_parse(&pattern, longest));
	ck_assert_uint_eq(pattern.words, MARK_WORDS_MAX);
	strcat(longest, "x");
	ck_assert(!pattern_parse(&pattern, longest));
}
END_TEST

START_TEST(fits_as_far_as_it_goes)
{
	static const uint32_t function[] = {
		0xd503201f, 0xa9bc7bfd, 0x910003fd, 0xa90153f3, 0xaa0003f5, 1,
	};
	uint32_t other[6];
	struct pattern pattern;

	ck_assert(pattern_parse(&pattern, "x" FOUR));
	ck_assert(pattern_fits(&pattern, function, 6));
	ck_assert(pattern_fits(&pattern, function, 2));
	memcpy(other, function, sizeof(other));
	other[0] = 0;
	ck_assert(pattern_fits(&pattern, other, 6));
	other[4]++;
	ck_assert(pattern_fits(&pattern, other, 4));
	ck_assert(!pattern_fits(&pattern, other, 5));
}
END_TEST

START_TEST(kinds)
{
	struct mark mark;

	ck_assert(mark_parse(&mark, "fire=" FOUR));
	ck_assert_int_eq(mark.kind, MARK_FIRE);
	ck_assert(mark_parse(&mark, "start=" FOUR));
	ck_assert_int_eq(mark.kind, MARK_START);
	ck_assert(!mark_parse(&mark, FOUR));
	ck_assert(!mark_parse(&mark, "stop=" FOUR));
	ck_assert(!mark_parse(&mark, "fire="));
}
END_TEST

START_TEST(a_program_that_is_loaded_again)
{
	struct mark mark = { 0 };

	ck_assert_int_eq(mark_call(&mark, 1, 0x1000), MARK_NEW);
	ck_assert_int_eq(mark_call(&mark, 1, 0x1000), MARK_KNOWN);
	ck_assert_int_eq(mark_call(&mark, 2, 0x1000), MARK_NEW);
	ck_assert_int_eq(mark_call(&mark, 1, 0x2000), MARK_MOVED);
	ck_assert_int_eq(mark_call(&mark, 1, 0x2000), MARK_KNOWN);
	ck_assert_int_eq(mark_call(&mark, 2, 0x1000), MARK_KNOWN);
}
END_TEST

START_TEST(two_functions_that_fit)
{
	struct mark mark = { 0 };

	ck_assert_int_eq(mark_call(&mark, 1, 0x1000), MARK_NEW);
	ck_assert_int_eq(mark_call(&mark, 1, 0x2000), MARK_MOVED);
	ck_assert_int_eq(mark_call(&mark, 1, 0x1000), MARK_AMBIGUOUS);
}
END_TEST

START_TEST(too_many_places)
{
	struct mark mark = { 0 };
	uint64_t n;

	for (n = 0; n < MARK_PLACES; n++)
		ck_assert_int_ne(mark_call(&mark, 1, n), MARK_TOO_MANY);
	ck_assert_int_eq(mark_call(&mark, 1, n), MARK_TOO_MANY);
	ck_assert_int_eq(mark_call(&mark, 1, n - 1), MARK_KNOWN);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace: marks");

	unit_add(suite, text_and_back);
	unit_add(suite, what_is_no_pattern);
	unit_add(suite, fits_as_far_as_it_goes);
	unit_add(suite, kinds);
	unit_add(suite, a_program_that_is_loaded_again);
	unit_add(suite, two_functions_that_fit);
	unit_add(suite, too_many_places);
	return unit_run(suite);
}
