/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A page: headings, paragraphs, items and tables, printed for a terminal or as
 * Markdown.
 */
#ifndef LAB_STUDY_PAGE_H
#define LAB_STUDY_PAGE_H

#include <stddef.h>
#include <stdio.h>

/** struct page_block - a heading, paragraph, item or table */
struct page_block {
	enum page_kind {
		PAGE_TITLE,
		PAGE_HEADING,
		PAGE_SUBHEADING,
		PAGE_TEXT,
		PAGE_ITEM,
		PAGE_TABLE,
	} kind;
	char *text;
	char **rows;
	size_t row_count;
};

/**
 * struct page - blocks, in order
 * @sections: numbered headings so far
 */
struct page {
	struct page_block *block;
	size_t count;
	size_t sections;
};

/** page_add() - anything but a table */
void page_add(struct page *page, enum page_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** page_section() - a heading with the next number */
void page_section(struct page *page, const char *title);

/**
 * page_table() - begin a table
 * @columns: names, separated by tabs, at most %TABLE_COLUMNS. A name may begin
 *	with "=", ">" or "=>". "=": every part of a wide table repeats this
 *	column; such columns come first. ">": the column has numbers and is
 *	flushed right
 *
 * A column whose fields are all empty or "-" is not printed.
 */
void page_table(struct page *page, const char *columns);

/** page_row() - add a row to the last table, its fields separated by tabs */
void page_row(struct page *page, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** page_print_text() - for a terminal: no table is wider than 80 columns */
void page_print_text(FILE *out, const struct page *page);

/** page_print_markdown() - print the page as Markdown */
void page_print_markdown(FILE *out, const struct page *page);

/** page_free() - free what it owns and make it empty */
void page_free(struct page *page);

#endif
