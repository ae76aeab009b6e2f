/* SPDX-License-Identifier: MIT */
/*
 * Prints a table so that its columns never touch and no line is wider than a
 * terminal, whatever the cells say. Widths are counted in columns of the
 * terminal (plain.h). No cell is cut off to make it fit.
 *
 * A column is as wide as its widest cell. A table that is too wide is printed
 * in parts, one below the other with a blank line between them. Each part has
 * all rows. Its columns are the key columns, then as many of the remaining
 * columns, in order, as fit. A cell of words that does not fit is broken at
 * blanks into several lines. A cell of another kind is broken only if it is too
 * wide even where its column is the only one beside the key columns.
 */
#ifndef XLAT_TABLE_H
#define XLAT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** TABLE_WIDTH - columns that no line exceeds */
#define TABLE_WIDTH	80

/** TABLE_COLUMNS - the most columns of a table */
#define TABLE_COLUMNS	20

/** TABLE_ROW - bytes for all cells of a row; what does not fit in them is lost */
#define TABLE_ROW	16384

/**
 * struct table_row - the cells of one row
 * @count: number of cells so far
 * @cell: the cells, in @text
 * @text: the cells, each ends with a NUL
 * @used: bytes of @text
 * @note: the first cell is printed alone, across all columns
 */
struct table_row {
	size_t count;
	const char *cell[TABLE_COLUMNS];
	char text[TABLE_ROW];
	size_t used;
	bool note;
};

/**
 * struct table - what is printed
 * @rows: number of rows; row 0 is the head
 * @columns: number of columns, at most %TABLE_COLUMNS
 * @keys: leading columns that every part repeats
 * @indent: blanks before each row
 * @gap: blanks between two columns, at least 1
 * @least: least width of each column
 * @words: the columns that are flushed left; the others are flushed right
 * @row: adds the cells of row @n with table_cell(); a missing cell is empty,
 *	and a row without any cell is not printed. Called several times for
 *	each row
 * @source: passed to @row
 */
struct table {
	size_t rows;
	size_t columns;
	size_t keys;
	size_t indent;
	size_t gap;
	size_t least[TABLE_COLUMNS];
	bool words[TABLE_COLUMNS];
	void (*row)(const void *source, size_t n, struct table_row *row);
	const void *source;
};

/** table_cell() - add the next cell of a row; unsafe characters become '?' */
void table_cell(struct table_row *row, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** table_print() - print the table */
void table_print(FILE *out, const struct table *table);

/**
 * table_words() - print @text in lines shorter than %TABLE_WIDTH
 * @out: printed there
 * @first: printed before the first line
 * @next: printed before each other line
 * @text: words; a word that is wider than a line is not broken
 */
void table_words(FILE *out, const char *first, const char *next,
		 const char *text);

/**
 * table_text() - print the output of @part, and break lines that are too wide
 * @part: prints @source as lines; the rest of a broken line is indented two
 *	columns more than its first part
 */
void table_text(FILE *out, void (*part)(FILE *out, const void *source),
		const void *source);

#endif /* XLAT_TABLE_H */
