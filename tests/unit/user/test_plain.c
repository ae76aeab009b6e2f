// SPDX-License-Identifier: MIT
/* How text from a file is shown on a terminal. */
#include <string.h>

#include "tests/unit/unit.h"
#include "user/data/environment.h"
#include "user/data/plain.h"

static const struct {
	const char *text;
	const char *plain;
	size_t columns;
} cases[] = {
	{ "", "", 0 },
	{ "xen-domu 4.17", "xen-domu 4.17", 13 },
	{ "a\x1b[2Jb", "a?[2Jb", 6 },			/* clears the screen */
	{ "a\r\nb\bc\x7f", "a??b?c?", 7 },
	{ "a\xc2\x9b" "2Jb", "a?2Jb", 5 },		/* CSI in one character */
	{ "a\xe2\x80\xae" "b", "a?b", 3 },		/* writes backwards */
	{ "a\xe2\x81\xa6" "b", "a?b", 3 },		/* an isolate */
	{ "a\xe2\x80\x8b" "b\xef\xbb\xbf", "a?b?", 4 },	/* zero width */
	{ "\xf3\xa0\x81\x81", "?", 1 },			/* a tag */
	{ "\xff" "a\xc3", "?a?", 3 },			/* no UTF-8, cut off */
	{ "\xc0\x9b\xe0\x80\x9b", "?????", 5 },		/* longer than needed */
	{ "\xed\xa0\x80\xf4\x90\x80\x80", "???????", 7 },	/* no characters */
	{ "K\xc3\xb6ln", "K\xc3\xb6ln", 4 },
	{ "Ko\xcc\x88ln", "Ko\xcc\x88ln", 4 },		/* a combining mark */
	{ "\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac", 4 },
};

START_TEST(what_is_unsafe_is_replaced)
{
	char text[64];

	strcpy(text, cases[_i].text);
	plain_make(text);
	ck_assert_str_eq(text, cases[_i].plain);
	ck_assert_uint_eq(plain_columns(text), cases[_i].columns);
}
END_TEST

START_TEST(a_beginning_has_whole_characters)
{
	ck_assert_uint_eq(plain_fit("K\xc3\xb6ln", 2), 3);
	ck_assert_uint_eq(plain_fit("\xe6\x97\xa5\xe6\x9c\xac", 3), 3);
	ck_assert_uint_eq(plain_fit("o\xcc\x88x", 1), 3);
	ck_assert_uint_eq(plain_fit("abc", 9), 3);
}
END_TEST

START_TEST(an_environment_is_plain)
{
	struct environment e;

	ck_assert_int_eq(environment_read("{\"scenario\": \"a\\u202eb\\u001b[2J\"}",
					  &e), 0);
	ck_assert_str_eq(e.scenario, "a?b?[2J");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("plain");

	unit_add_loop(suite, what_is_unsafe_is_replaced,
		      sizeof(cases) / sizeof(*cases));
	unit_add(suite, a_beginning_has_whole_characters);
	unit_add(suite, an_environment_is_plain);
	return unit_run(suite);
}
