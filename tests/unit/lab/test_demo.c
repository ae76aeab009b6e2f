// SPDX-License-Identifier: GPL-2.0
/* The demo's table: what stands in it, and that its columns never touch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/cmd/demo.h"
#include "tests/unit/unit.h"

enum { ROWS = 18, WIDTH = 80 };

static struct report reports[ROWS];
static struct comparison_row rows[ROWS];
static const char *labels[ROWS];
static char *text;

static struct report_value value(double number)
{
	return (struct report_value) { .known = true, .value = number };
}

/* per_source rows of hrtimer, then as many of phys; all values that great */
static void make(struct comparison *c, size_t per_source, double greatest)
{
	size_t i;
	int s;

	*c = (struct comparison) {
		.unit = REPORT_INSN, .rows = rows, .row_count = 2 * per_source,
	};
	for (i = 0; i < c->row_count; i++) {
		reports[i] = (struct report) {
			.source = i < per_source ? "hrtimer" : "phys",
		};
		for (s = REPORT_AVG; s <= REPORT_WARM_MAX; s++)
			reports[i].total.value[s] = value(greatest - (double)i);
		rows[i] = (struct comparison_row) {
			.report = &reports[i],
			.baseline = i < per_source ? 0 : per_source,
		};
		rows[i].ratio[REPORT_AVG] = value(6.7);
		labels[i] = i % per_source ? "domU" : "native";
	}
}

static void print(const struct comparison *c)
{
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	demo_table(out, c, labels);
	fclose(out);
}

static void check_width(void)
{
	const char *line = text;
	size_t n;

	for (; *line; line += n + 1) {
		n = strcspn(line, "\n");
		ck_assert_msg(n <= WIDTH, "%zu columns: %.*s", n, (int)n, line);
	}
}

START_TEST(both_sources_are_in_one_table)
{
	struct comparison c;

	make(&c, 2, 900);
	print(&c);
	ck_assert_msg(strstr(text,
"\n                                AVG       MIN       MAX  WARM_MAX   x native\n"
"hrtimer, instructions\n"
"  native                      900.0       900       900       900        1.0\n"
"  domU                        899.0       899       899       899        6.7\n"
"phys, instructions\n"
"  native                      898.0       898       898       898        1.0\n"
"  domU                        897.0       897       897       897        6.7\n"
"2017,") == text, "%s", text);
	check_width();
}
END_TEST

START_TEST(nine_cells_are_nine_rows)
{
	const char *at;
	struct comparison c;
	int count = 0;

	make(&c, 9, 900);
	print(&c);
	for (at = text; (at = strstr(at, "6.7\n")); at++)
		count++;
	ck_assert_int_eq(count, 16);	/* all but the two that are native */
	check_width();
}
END_TEST

START_TEST(columns_never_touch)
{
	struct comparison c;

	make(&c, 2, 1e15);
	labels[1] = "a cell with a name that is longer than its column";
	print(&c);
	ck_assert_ptr_nonnull(strstr(text,
"  native                                    1000000000000000.0 1000000000000000\n"
"  a cell with a name that is longer than     999999999999999.0  999999999999999\n"
"its column\n"));
	check_width();
}
END_TEST

START_TEST(what_is_not_known_is_a_dash)
{
	struct comparison c;

	make(&c, 2, 900);
	reports[1].total.value[REPORT_WARM_MAX].known = false;
	rows[1].ratio[REPORT_AVG].known = false;
	print(&c);
	ck_assert_ptr_nonnull(strstr(text,
"  domU                        899.0       899       899         -          -\n"));
}
END_TEST

START_TEST(each_block_says_its_unit)
{
	struct comparison c;

	make(&c, 2, 900);
	c.unit = REPORT_NS;
	print(&c);
	ck_assert_ptr_nonnull(strstr(text, "\nphys, nanoseconds\n"));
	ck_assert_ptr_nonnull(strstr(text, "Xen 4.9-unstable, nanoseconds\n"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("demo");
	int failed;

	unit_add(suite, both_sources_are_in_one_table);
	unit_add(suite, nine_cells_are_nine_rows);
	unit_add(suite, columns_never_touch);
	unit_add(suite, what_is_not_known_is_a_dash);
	unit_add(suite, each_block_says_its_unit);
	failed = unit_run(suite);
	free(text);
	return failed;
}
