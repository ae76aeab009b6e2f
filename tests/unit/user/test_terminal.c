// SPDX-License-Identifier: MIT
/* A recording's names do not control the terminal that shows a document. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include "tests/unit/unit.h"
#include "user/data/report.h"

/* CSI as one code point of C1, in UTF-8 */
#define C1_CSI	"\302\233"
#define ESCAPE	"\033"

static const struct report_view view = { 0 };
static struct report report = {
	.name = "a" C1_CSI "2Jz", .source = "hrtimer", .stage = "T2",
	.phase_mode = "random", .idle_policy = "default",
};
static char text[1 << 16];

typedef int render_fn(FILE *out, const struct report *report,
		      const struct report_view *view);

/* What a terminal receives from @render. It fits in the terminal's buffer. */
static void show(render_fn *render)
{
	struct termios raw;
	int master, slave;
	FILE *out;
	ssize_t got;

	ck_assert_int_eq(openpty(&master, &slave, NULL, NULL, NULL), 0);
	ck_assert_int_eq(tcgetattr(slave, &raw), 0);
	cfmakeraw(&raw);
	ck_assert_int_eq(tcsetattr(slave, TCSANOW, &raw), 0);
	out = fdopen(slave, "w");
	ck_assert_ptr_nonnull(out);
	setvbuf(out, NULL, _IOFBF, sizeof(text));
	ck_assert_int_eq(render(out, &report, &view), 0);
	fflush(out);
	got = read(master, text, sizeof(text) - 1);
	ck_assert_int_gt(got, 0);
	text[got] = '\0';
	fclose(out);
	close(master);
}

static void keep(render_fn *render)
{
	FILE *out = fmemopen(text, sizeof(text), "w");

	ck_assert_ptr_nonnull(out);
	ck_assert_int_eq(render(out, &report, &view), 0);
	fclose(out);
}

START_TEST(json_is_ascii_on_a_terminal)
{
	show(render_report_json);
	ck_assert_ptr_null(strstr(text, C1_CSI));
	ck_assert_ptr_nonnull(strstr(text, "a\\u009B2Jz"));
}
END_TEST

START_TEST(csv_is_plain_on_a_terminal)
{
	show(render_report_csv);
	ck_assert_ptr_null(strstr(text, C1_CSI));
	ck_assert_ptr_nonnull(strstr(text, "2Jz"));
	report.name = "a" ESCAPE "[2Jz";
	show(render_report_csv);
	ck_assert_ptr_null(strstr(text, ESCAPE));
	ck_assert_ptr_nonnull(strstr(text, "a?[2Jz"));
}
END_TEST

START_TEST(a_file_keeps_the_name)
{
	keep(render_report_json);
	ck_assert_ptr_nonnull(strstr(text, C1_CSI));
	keep(render_report_csv);
	ck_assert_ptr_nonnull(strstr(text, C1_CSI));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("terminal");

	unit_add(suite, json_is_ascii_on_a_terminal);
	unit_add(suite, csv_is_plain_on_a_terminal);
	unit_add(suite, a_file_keeps_the_name);
	return unit_run(suite);
}
