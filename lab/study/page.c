// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "must.h"
#include "page.h"

enum { COLUMNS = 16, WIDTH = 79 };

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

/* Count characters; the bytes may be UTF-8. */
static int columns_of(const char *text, int length)
{
	int i, count = 0;

	for (i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

static size_t column_count(const struct page_block *block)
{
	const char *at = block->text;
	size_t count = 1;

	for (; *at; at++)
		count += *at == '\t';
	return count < COLUMNS ? count : COLUMNS;
}

/* struct column - a column of a table. Width 0: empty, and not printed. */
struct column {
	int width;
	bool right;
};

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

static void measure(const struct page_block *block,
		    struct column column[COLUMNS])
{
	size_t i, n, count = column_count(block);
	const char *field;
	int length;

	for (n = 0; n < count; n++) {
		length = field_of(block->text, n, &field);
		column[n].right = *field == '>';
		column[n].width = 0;
		if (!says_something(block, n))
			continue;
		column[n].width = columns_of(field, length) - column[n].right;
		for (i = 0; i < block->row_count; i++) {
			length = field_of(block->rows[i], n, &field);
			length = columns_of(field, length);
			if (length > column[n].width)
				column[n].width = length;
		}
	}
}

static void pad(FILE *out, int count)
{
	while (count-- > 0)
		fputc(' ', out);
}

/* No line ends in blanks. */
static void print_line(FILE *out, const char *row, size_t count,
		       const struct column column[COLUMNS])
{
	const char *field;
	int length, blank, owed = 2;
	size_t n;

	for (n = 0; n < count; n++) {
		if (!column[n].width)
			continue;
		length = field_of(row, n, &field);
		if (*field == '>') {
			field++;
			length--;
		}
		blank = column[n].width - columns_of(field, length);
		owed += column[n].right ? blank : 0;
		if (length) {
			pad(out, owed);
			fprintf(out, "%.*s", length, field);
			owed = 0;
		}
		owed += (column[n].right ? 0 : blank) + 2;
	}
	fputc('\n', out);
}

static void print_table(FILE *out, const struct page_block *block)
{
	size_t i, count = column_count(block);
	struct column column[COLUMNS];

	measure(block, column);
	print_line(out, block->text, count, column);
	for (i = 0; i < block->row_count; i++)
		print_line(out, block->rows[i], count, column);
}

/* Print words in lines of the terminal's width. */
static void print_words(FILE *out, const char *text, const char *first,
			const char *next)
{
	int at = fprintf(out, "%s", first), length;
	bool fresh = true;

	for (; *text; text += strspn(text, " ")) {
		length = (int)strcspn(text, " ");
		if (!fresh && at + 1 + columns_of(text, length) > WIDTH) {
			at = fprintf(out, "\n%s", next) - 1;
			fresh = true;
		}
		fprintf(out, "%s%.*s", fresh ? "" : " ", length, text);
		at += columns_of(text, length) + !fresh;
		fresh = false;
		text += length;
	}
	fputc('\n', out);
}

static void underline(FILE *out, const char *text, char with)
{
	int count = columns_of(text, (int)strlen(text));

	fprintf(out, "%s\n", text);
	while (count--)
		fputc(with, out);
	fputc('\n', out);
}

void page_print_text(FILE *out, const struct page *page)
{
	const struct page_block *b;
	size_t i;

	for (i = 0; i < page->count; i++) {
		b = &page->block[i];
		if (i && (b->kind != PAGE_ITEM || b[-1].kind != PAGE_ITEM))
			fputc('\n', out);
		if (b->kind == PAGE_TITLE)
			underline(out, b->text, '=');
		else if (b->kind == PAGE_HEADING)
			underline(out, b->text, '-');
		else if (b->kind == PAGE_TABLE)
			print_table(out, b);
		else if (b->kind == PAGE_ITEM)
			print_words(out, b->text, "- ", "  ");
		else
			print_words(out, b->text, "", "");
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

static void mark_row(FILE *out, const char *row, size_t count,
		     const struct column column[COLUMNS])
{
	const char *field;
	int length;
	size_t n;

	for (n = 0; n < count; n++) {
		if (!column[n].width)
			continue;
		length = field_of(row, n, &field);
		if (*field == '>') {
			field++;
			length--;
		}
		fputs("| ", out);
		escape(out, field, length);
		fputc(' ', out);
	}
	fputs("|\n", out);
}

static void mark_table(FILE *out, const struct page_block *block)
{
	size_t i, count = column_count(block);
	struct column column[COLUMNS];

	measure(block, column);
	mark_row(out, block->text, count, column);
	for (i = 0; i < count; i++)
		if (column[i].width)
			fputs(column[i].right ? "|---:" : "|---", out);
	fputs("|\n", out);
	for (i = 0; i < block->row_count; i++)
		mark_row(out, block->rows[i], count, column);
}

void page_print_markdown(FILE *out, const struct page *page)
{
	static const char *const begin[] = {
		"# ", "## ", "### ", "", "- ",
	};
	const struct page_block *b;
	size_t i;

	for (i = 0; i < page->count; i++) {
		b = &page->block[i];
		if (i && (b->kind != PAGE_ITEM || b[-1].kind != PAGE_ITEM))
			fputc('\n', out);
		if (b->kind == PAGE_TABLE) {
			mark_table(out, b);
			continue;
		}
		fputs(begin[b->kind], out);
		escape(out, b->text, (int)strlen(b->text));
		fputc('\n', out);
	}
}
