// SPDX-License-Identifier: MIT
/* Tables: columns never touch, and no line is wider than a terminal. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "tests/unit/width.h"
#include "user/data/plain.h"
#include "user/data/table.h"

static char *text;

static void print(const struct table *table)
{
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	table_print(out, table);
	fclose(out);
}

static void check_width(void)
{
	unit_check_width(text);
	ck_assert_ptr_null(strstr(text, " \n"));
}

/* struct cells - the cells of a table, row after row */
struct cells {
	size_t columns;
	const char *const *cell;
};

static void add_cells(const void *source, size_t n, struct table_row *row)
{
	const struct cells *cells = source;
	size_t i;

	for (i = 0; i < cells->columns; i++)
		table_cell(row, "%s", cells->cell[n * cells->columns + i]);
}

static void is_printed(const char *const *cell, size_t rows, size_t columns,
		       const char *expected)
{
	struct cells cells = { columns, cell };
	struct table t = {
		.rows = rows, .columns = columns, .keys = 1, .gap = 2,
		.words = { true, [5] = true }, .row = add_cells,
		.source = &cells,
	};

	print(&t);
	ck_assert_str_eq(text, expected);
	check_width();
}

START_TEST(a_column_is_as_wide_as_its_widest_cell)
{
	static const char *const cell[] = {
		"run", "AVG", "MAX",
		"a", "1.5", "18446744073709551615",
		"longer", "18446744073709551615.5", "7",
	};

	is_printed(cell, 3, 3,
"run                        AVG                   MAX\n"
"a                          1.5  18446744073709551615\n"
"longer  18446744073709551615.5                     7\n");
}
END_TEST

START_TEST(what_does_not_fit_is_the_next_part)
{
	static const char *const cell[] = {
		"run", "AVG", "MIN", "MAX",
		"a", "18446744073709551615.5", "18446744073709551615.6",
		"18446744073709551615.7",
		"0123456789", "1", "2", "3",
	};

	is_printed(cell, 3, 4,
"run                            AVG                     MIN\n"
"a           18446744073709551615.5  18446744073709551615.6\n"
"0123456789                       1                       2\n"
"\n"
"run                            MAX\n"
"a           18446744073709551615.7\n"
"0123456789                       3\n");
}
END_TEST

START_TEST(words_are_broken_at_blanks)
{
	static const char *const cell[] = {
		"run", "1", "2", "3", "4", "why",
		"a", "1", "2", "3", "4",
		"it took so long that the machine was stopped and started again, and then it took as long again",
	};

	is_printed(cell, 2, 6,
"run   1   2   3   4  why\n"
"a     1   2   3   4  it took so long that the machine was stopped and started\n"
"                     again, and then it took as long again\n");
}
END_TEST

START_TEST(a_long_key_leaves_room)
{
	static const char *const cell[] = {
		"run", "AVG",
		"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
		"1",
		"a name of so many words that it does not fit into half of a line of a terminal",
		"18446744073709551615",
	};

	is_printed(cell, 3, 2,
"run                                                          AVG\n"
"012345678901234567890123456789012345678901                     1\n"
"234567890123456789012345678901234567890123\n"
"4567890123456789\n"
"a name of so many words that it does not    18446744073709551615\n"
"fit into half of a line of a terminal\n");
}
END_TEST

START_TEST(a_value_wider_than_a_line_is_broken)
{
	static const char *const cell[] = {
		"run", "AVG",
		"a",
		"00000000001111111111222222222233333333334444444444555555555566666666667777777777888",
	};

	is_printed(cell, 2, 2,
"run                                                                          AVG\n"
"a    000000000011111111112222222222333333333344444444445555555555666666666677777\n"
"                                                                        77777888\n");
}
END_TEST

START_TEST(width_is_counted_in_columns)
{
	static const char *const cell[] = {
		"run", "AVG",
		"\xe6\xb8\xac\xe5\xae\x9a", "1",	/* two wide characters */
		"e\xcc\x81tat", "2",			/* one combining */
		"\x1b[2J", "3",
	};

	is_printed(cell, 4, 2,
"run   AVG\n"
"\xe6\xb8\xac\xe5\xae\x9a    1\n"
"e\xcc\x81tat    2\n"
"?[2J    3\n");
}
END_TEST

static void add_number(const void *source, size_t n, struct table_row *row)
{
	(void)source;
	if (n == 1 || n == 3) {
		row->note = n == 3;
		if (row->note)
			table_cell(row, "a note across all columns");
		return;
	}
	table_cell(row, "%s", n ? "a" : "row");
	table_cell(row, "%zu", n);
}

START_TEST(a_row_may_be_missing_or_a_note)
{
	struct table t = {
		.rows = 5, .columns = 2, .keys = 1, .gap = 1, .indent = 2,
		.least = { 6, 4 }, .words = { true }, .row = add_number,
	};

	print(&t);
	ck_assert_str_eq(text,
"  row       0\n"
"  a         2\n"
"a note across all columns\n"
"  a         4\n");
}
END_TEST

/* Cells of any width. */
static void add_random(const void *source, size_t n, struct table_row *row)
{
	unsigned int state = *(const unsigned int *)source + (unsigned int)n;
	size_t i, length;

	for (i = 0; i < TABLE_COLUMNS; i++) {
		state = state * 1103515245 + 12345;
		length = (state >> 16) % 8 ? (state >> 16) % 20 + 1 :
			 (state >> 20) % 200 + 1;
		table_cell(row, "%0*zu", (int)length, i);
	}
}

START_TEST(any_table_fits)
{
	unsigned int seed = (unsigned int)_i * 7919;
	struct table t = {
		.rows = 6, .columns = TABLE_COLUMNS,
		.keys = (size_t)_i % 3, .indent = (size_t)_i % 4,
		.gap = (size_t)_i % 2 + 1, .row = add_random, .source = &seed,
	};
	static struct table_row row;
	size_t n, i, expected = 0, seen = 0;
	const char *at;

	print(&t);
	check_width();
	for (n = 0; !t.keys && n < t.rows; n++) {
		memset(&row, 0, sizeof(row));
		add_random(&seed, n, &row);
		for (i = 0; i < row.count; i++)
			expected += strlen(row.cell[i]);
	}
	for (at = text; !t.keys && *at; at++)
		seen += *at != ' ' && *at != '\n';
	ck_assert_uint_eq(seen, expected);
}
END_TEST

START_TEST(words_fill_lines)
{
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	table_words(out, "set-up: ", "  ", "hypervisor xen 4.17.7, scheduler credit2, vwfi=trap, DEBUG n, physical CPUs 2-3");
	fclose(out);
	ck_assert_str_eq(text,
"set-up: hypervisor xen 4.17.7, scheduler credit2, vwfi=trap, DEBUG n, physical\n"
"  CPUs 2-3\n");
}
END_TEST

static void copy(FILE *out, const void *source)
{
	fputs(source, out);
}

static const char *broken(const char *source)
{
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	table_text(out, copy, source);
	fclose(out);
	return text;
}

#define TEN	"123456789 "
#define LINE	TEN TEN TEN TEN TEN TEN TEN "1234567890"

START_TEST(only_lines_that_are_too_wide_are_broken)
{
	ck_assert_str_eq(broken("\n  a  b\n\n" LINE "\n"),
			 "\n  a  b\n\n" LINE "\n");
	ck_assert_str_eq(broken("a\n" LINE " b\nc\n"),
			 "a\n" TEN TEN TEN TEN TEN TEN "123456789\n"
			 "  1234567890 b\nc\n");
	ck_assert_str_eq(broken("  " LINE "\n"),
			 "  " TEN TEN TEN TEN TEN TEN "123456789\n"
			 "    1234567890\n");
}
END_TEST

START_TEST(a_broken_text_keeps_its_words)
{
	char blanks[200];

	memset(blanks, ' ', sizeof(blanks));
	strcpy(blanks + 150, "a b\n");
	unit_check_width(broken(blanks));
	ck_assert_ptr_nonnull(strstr(text, "a b\n"));
	broken("note: " LINE LINE LINE "\n");
	ck_assert_ptr_nonnull(strstr(text, "1234567890123456789"));
	ck_assert_uint_eq(strspn(strchr(text, '\n') + 1, " "), 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("table");

	unit_add(suite, a_column_is_as_wide_as_its_widest_cell);
	unit_add(suite, what_does_not_fit_is_the_next_part);
	unit_add(suite, words_are_broken_at_blanks);
	unit_add(suite, a_long_key_leaves_room);
	unit_add(suite, a_value_wider_than_a_line_is_broken);
	unit_add(suite, width_is_counted_in_columns);
	unit_add(suite, a_row_may_be_missing_or_a_note);
	unit_add_loop(suite, any_table_fits, 300);
	unit_add(suite, words_fill_lines);
	unit_add(suite, only_lines_that_are_too_wide_are_broken);
	unit_add(suite, a_broken_text_keeps_its_words);
	return unit_run(suite);
}
