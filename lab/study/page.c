// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "must.h"
#include "page.h"
#include "user/data/plain.h"
#include "user/data/table.h"

__attribute__((format(printf, 1, 0)))
static char *format_text(const char *format, va_list list)
{
	char *text = NULL;

	return vasprintf(&text, format, list) < 0 ? study_must(NULL) : text;
}

static struct page_block *add_block(struct page *page, enum page_kind kind)
{
	page->block = study_must(realloc(page->block, (page->count + 1) *
					 sizeof(*page->block)));
	page->block[page->count] = (struct page_block) { .kind = kind };
	return &page->block[page->count++];
}

void page_add(struct page *page, enum page_kind kind, const char *format, ...)
{
	struct page_block *block = add_block(page, kind);
	va_list list;

	va_start(list, format);
	block->text = format_text(format, list);
	va_end(list);
	plain_make(block->text);
}

void page_section(struct page *page, const char *title)
{
	page_add(page, PAGE_HEADING, "%zu. %s", ++page->sections, title);
}

void page_table(struct page *page, const char *columns)
{
	struct page_block *block = add_block(page, PAGE_TABLE);

	block->text = study_must(strdup(columns));
}

void page_row(struct page *page, const char *format, ...)
{
	struct page_block *block = &page->block[page->count - 1];
	va_list list;

	block->rows = study_must(realloc(block->rows, (block->row_count + 1) *
					 sizeof(*block->rows)));
	va_start(list, format);
	block->rows[block->row_count++] = format_text(format, list);
	va_end(list);
}

void page_free(struct page *page)
{
	size_t i, j;

	for (i = 0; i < page->count; i++) {
		for (j = 0; j < page->block[i].row_count; j++)
			free(page->block[i].rows[j]);
		free(page->block[i].rows);
		free(page->block[i].text);
	}
	free(page->block);
	*page = (struct page) { 0 };
}

/* Field @n of a row; its length. */
static int field_of(const char *row, size_t n, const char **field)
{
	while (n--) {
		row += strcspn(row, "\t");
		if (!*row)
			break;
		row++;
	}
	*field = row;
	return (int)strcspn(row, "\t");
}

static size_t column_count(const struct page_block *block)
{
	const char *at = block->text;
	size_t count = 1;

	for (; *at; at++)
		count += *at == '\t';
	return count < TABLE_COLUMNS ? count : TABLE_COLUMNS;
}

static bool says_something(const struct page_block *block, size_t n)
{
	const char *field;
	size_t i;
	int length;

	for (i = 0; i < block->row_count; i++) {
		length = field_of(block->rows[i], n, &field);
		if (length > 1 || (length && *field != '-'))
			return true;
	}
	return false;
}

/* struct grid - a table's columns that are not empty */
struct grid {
	const struct page_block *block;
	size_t count;
	size_t keys;
	size_t column[TABLE_COLUMNS];
	bool right[TABLE_COLUMNS];
};

static struct grid grid_of(const struct page_block *block)
{
	struct grid g = { .block = block };
	size_t n, count = column_count(block);
	const char *name;

	for (n = 0; n < count; n++) {
		if (!says_something(block, n))
			continue;
		field_of(block->text, n, &name);
		g.keys += *name == '=';
		g.right[g.count] = name[strspn(name, "=")] == '>';
		g.column[g.count++] = n;
	}
	return g;
}

/* Field @i of row @n of the grid; row 0 is the head. Return: its length. */
static int grid_field(const struct grid *g, size_t n, size_t i,
		      const char **field)
{
	int length = field_of(n ? g->block->rows[n - 1] : g->block->text,
			      g->column[i], field), skip;

	if (n)
		return length;
	skip = (int)strspn(*field, "=>");
	*field += skip;
	return length - skip;
}

static void add_fields(const void *source, size_t n, struct table_row *row)
{
	const struct grid *g = source;
	const char *field;
	size_t i;

	for (i = 0; i < g->count; i++) {
		int length = grid_field(g, n, i, &field);

		table_cell(row, "%.*s", length, field);
	}
}

static void print_table(FILE *out, const struct page_block *block)
{
	struct grid g = grid_of(block);
	struct table t = {
		.rows = 1 + block->row_count, .columns = g.count,
		.keys = g.keys, .indent = 2, .gap = 2, .row = add_fields,
		.source = &g,
	};
	size_t i;

	for (i = 0; i < g.count; i++)
		t.words[i] = !g.right[i];
	table_print(out, &t);
}

static void underline(FILE *out, const char *text, char with)
{
	size_t count = plain_columns(text);

	fprintf(out, "%s\n", text);
	while (count--)
		fputc(with, out);
	fputc('\n', out);
}

/* A blank line is before each block but the first, and not between items. */
static const struct page_block *next_block(FILE *out, const struct page *page,
					   size_t i)
{
	const struct page_block *b = &page->block[i];

	if (i && (b->kind != PAGE_ITEM || b[-1].kind != PAGE_ITEM))
		fputc('\n', out);
	return b;
}

void page_print_text(FILE *out, const struct page *page)
{
	const struct page_block *b;
	size_t i;

	for (i = 0; i < page->count; i++) {
		b = next_block(out, page, i);
		if (b->kind == PAGE_TITLE)
			underline(out, b->text, '=');
		else if (b->kind == PAGE_HEADING)
			underline(out, b->text, '-');
		else if (b->kind == PAGE_TABLE)
			print_table(out, b);
		else if (b->kind == PAGE_ITEM)
			table_words(out, "- ", "  ", b->text);
		else
			table_words(out, "", "", b->text);
	}
}

/* Escape what Markdown would take for markup. */
static void escape(FILE *out, const char *text, int length)
{
	for (; length--; text++) {
		if (strchr("|*_<>\\`", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
}

static void mark_row(FILE *out, const struct grid *g, size_t n)
{
	const char *field;
	size_t i;

	for (i = 0; i < g->count; i++) {
		int length = grid_field(g, n, i, &field);

		fputs("| ", out);
		escape(out, field, length);
		fputc(' ', out);
	}
	fputs("|\n", out);
}

static void mark_table(FILE *out, const struct page_block *block)
{
	struct grid g = grid_of(block);
	size_t i;

	mark_row(out, &g, 0);
	for (i = 0; i < g.count; i++)
		fputs(g.right[i] ? "|---:" : "|---", out);
	fputs("|\n", out);
	for (i = 1; i <= block->row_count; i++)
		mark_row(out, &g, i);
}

void page_print_markdown(FILE *out, const struct page *page)
{
	static const char *const begin[] = {
		"# ", "## ", "### ", "", "- ",
	};
	const struct page_block *b;
	size_t i;

	for (i = 0; i < page->count; i++) {
		b = next_block(out, page, i);
		if (b->kind == PAGE_TABLE) {
			mark_table(out, b);
			continue;
		}
		fputs(begin[b->kind], out);
		escape(out, b->text, (int)strlen(b->text));
		fputc('\n', out);
	}
}
