// SPDX-License-Identifier: MIT
/* Which runs a log has: several files, two consoles, and repeated files. */
#include "sent_lines.h"

#define MANY	200000

START_TEST(several_runs_in_one_log)
{
	struct textline_log log = { 0 };

	make(1, "first");
	feed_all(&log);
	feed_all(&log);
	make(2, "second");
	feed_all(&log);
	ck_assert_uint_eq(log.count, 3);
	ck_assert_str_eq(log.runs[0].name, "first");
	ck_assert(log.runs[0].intact && log.runs[1].intact);
	assert_intact(&log.runs[2], "second");
	textline_free(&log);
}
END_TEST

static bool superseded(const struct textline_log *log, size_t i)
{
	return log->runs[i].superseded;
}

/* Cut off, sent again, again without the begin line, and a namesake. */
START_TEST(what_was_sent_again_is_superseded)
{
	struct textline_log log = { 0 };

	make(1, "a");
	for (size_t i = 0; i < LINES / 2; i++)
		feed(&log, line[i]);
	feed_all(&log);
	for (size_t i = 1; i < LINES + 2; i++)
		feed(&log, line[i]);
	feed_all(&log);
	make(2, "a");
	for (size_t i = 0; i < LINES / 2; i++)
		feed(&log, line[i]);
	ck_assert_int_eq(textline_supersede(&log), 0);
	ck_assert_uint_eq(log.count, 5);
	ck_assert(superseded(&log, 0));
	ck_assert(!superseded(&log, 1) && log.runs[1].intact);
	ck_assert(superseded(&log, 2) && log.runs[2].whole);
	ck_assert(superseded(&log, 3));
	ck_assert(!superseded(&log, 4) && !log.runs[4].intact);
	textline_free(&log);
}
END_TEST

START_TEST(runs_of_two_consoles_may_alternate)
{
	static char other[LINES + 2][TEXTLINE_MAX];
	struct textline_log log = { 0 };

	make(1, "one");
	memcpy(other, line, sizeof(other));
	make(2, "two");
	for (size_t i = 0; i < LINES + 2; i++) {
		feed(&log, other[i]);
		feed(&log, line[i]);
	}
	ck_assert_uint_eq(log.count, 2);
	ck_assert(log.runs[0].intact);
	assert_intact(&log.runs[1], "two");
	textline_free(&log);
}
END_TEST

START_TEST(sent_again_without_its_beginning)
{
	struct textline_log log = { 0 };

	make(1, "a");
	feed_some(&log, 0, 20);
	feed_some(&log, 1, LINES + 2);
	ck_assert_uint_eq(log.count, 2);
	ck_assert_uint_eq(log.runs[0].lines, 19);
	ck_assert(log.runs[1].whole && !log.runs[1].intact);
	textline_free(&log);
}
END_TEST

START_TEST(what_has_ended_takes_no_more)
{
	struct textline_log log = { 0 };

	make(1, "a");
	feed_some(&log, 0, LINES - 4);
	feed(&log, line[LINES + 1]);
	feed_some(&log, LINES - 2, LINES + 1);
	ck_assert_uint_eq(log.count, 2);
	ck_assert_uint_eq(log.runs[0].missing, 5);
	ck_assert_uint_eq(log.runs[1].lines, 3);
	ck_assert(!log.runs[1].ended);
	textline_free(&log);
}
END_TEST

START_TEST(an_end_too_many_spoils_nothing)
{
	struct textline_log log = { 0 };
	char last[TEXTLINE_MAX];

	make(1, "a");
	feed_all(&log);
	textline_end(last, 1, LINES, BYTES, 5);
	feed(&log, last);
	ck_assert_uint_eq(log.count, 2);
	assert_intact(&log.runs[0], "a");
	textline_free(&log);
}
END_TEST

START_TEST(only_the_same_is_superseded)
{
	struct textline_log log = { 0 };

	make(1, "a");
	feed_some(&log, 0, LINES / 2);
	make(1, "b");
	feed_all(&log);
	make(1, "b");
	feed_all(&log);
	ck_assert_int_eq(textline_supersede(&log), 0);
	ck_assert_uint_eq(log.count, 3);
	/* another name; another file with the same size */
	ck_assert(!superseded(&log, 0));
	ck_assert(log.runs[1].intact && !superseded(&log, 1));
	ck_assert(log.runs[2].intact && !superseded(&log, 2));
	textline_free(&log);
}
END_TEST

/* What grows with the square of it does not end within the test's time. */
START_TEST(a_log_of_begin_lines_alone)
{
	struct textline_log log = { 0 };
	char begin[TEXTLINE_MAX];

	textline_begin(begin, 7, "run", TEXTLINE_PLAIN);
	for (size_t i = 0; i < MANY; i++)
		feed(&log, begin);
	ck_assert_uint_eq(log.count, MANY);
	ck_assert_int_eq(textline_supersede(&log), 0);
	for (size_t i = 0; i < MANY; i++)
		ck_assert(!log.runs[i].superseded);
	make(7, "run");
	feed_all(&log);
	ck_assert_int_eq(textline_supersede(&log), 0);
	ck_assert_uint_eq(log.count, MANY + 1);
	for (size_t i = 0; i < MANY; i++)
		ck_assert(log.runs[i].superseded);
	assert_intact(&log.runs[MANY], "run");
	textline_free(&log);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("textline_runs");

	unit_add(suite, several_runs_in_one_log);
	unit_add(suite, what_was_sent_again_is_superseded);
	unit_add(suite, runs_of_two_consoles_may_alternate);
	unit_add(suite, sent_again_without_its_beginning);
	unit_add(suite, what_has_ended_takes_no_more);
	unit_add(suite, an_end_too_many_spoils_nothing);
	unit_add(suite, only_the_same_is_superseded);
	unit_add(suite, a_log_of_begin_lines_alone);
	return unit_run(suite);
}
