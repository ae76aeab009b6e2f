// SPDX-License-Identifier: MIT
/* A limit's message has the digits that the tables of the report have. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysed.h"
#include "user/cmd/cmd.h"
#include "user/cmd/limit.h"

static char said[1000];

/* Calls limit_check() with stderr in a file, whose text is then in said[]. */
static void exceed(int subject, const char *text)
{
	FILE *file = tmpfile();
	int old = dup(STDERR_FILENO);
	struct limit limit;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(limit_set(subject, text, &limit), EXIT_GOOD);
	fflush(stderr);
	dup2(fileno(file), STDERR_FILENO);
	ck_assert_int_eq(limit_check(&limit, &report), EXIT_LIMIT);
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(file);
	said[fread(said, 1, sizeof(said) - 1, file)] = '\0';
	fclose(file);
}

static void expect_digits(int subject, int digits)
{
	char text[100];

	snprintf(text, sizeof(text), " is %.*f ns, above", digits,
		 value(subject));
	exceed(subject, "1");
	ck_assert_msg(strstr(said, text), "not \"%s\": %s", text, said);
}

START_TEST(a_tick_of_one_ns)
{
	make();
	analyse();
	expect_digits(REPORT_AVG, 1);
	expect_digits(REPORT_MAX, 0);
}
END_TEST

START_TEST(a_tick_that_is_no_whole_number_of_ns)
{
	setup.tick_hz = 99999001;
	make();
	analyse();
	expect_digits(REPORT_AVG, 1);
	expect_digits(REPORT_MAX, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("limit");

	unit_between(begin, end);
	unit_add(suite, a_tick_of_one_ns);
	unit_add(suite, a_tick_that_is_no_whole_number_of_ns);
	return unit_run(suite);
}
