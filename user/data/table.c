// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "table.h"

/* To share a part, a column of words is made this narrow, but no narrower. */
#define WORDS_LEAST	24

/* The keys leave at least this much of a line for another column. */
#define KEYS_LEAVE	36

/*
 * struct part - columns from @first up to, but not including, @end; @word: the
 * longest word of each column
 */
struct part {
	size_t width[TABLE_COLUMNS];
	size_t word[TABLE_COLUMNS];
	size_t first;
	size_t end;
};

void table_cell(struct table_row *row, const char *format, ...)
{
	char *text = row->text + row->used;
	size_t room = sizeof(row->text) - row->used;
	va_list list;

	if (row->count == TABLE_COLUMNS || !room)
		return;
	va_start(list, format);
	vsnprintf(text, room, format, list);
	va_end(list);
	plain_make(text);
	row->cell[row->count++] = text;
	row->used += strlen(text) + 1;
}

static void get_row(const struct table *t, size_t n, struct table_row *row)
{
	row->count = row->used = 0;
	row->note = false;
	t->row(t->source, n, row);
}

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t max(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* Columns of the first @bytes of @text. */
static size_t columns_of(const char *text, size_t bytes)
{
	return plain_columns(text) - plain_columns(text + bytes);
}

static size_t longest_word(const char *text)
{
	size_t longest = 0, length;

	for (; *text; text += length + strspn(text + length, " ")) {
		length = strcspn(text, " ");
		longest = max(longest, columns_of(text, length));
	}
	return longest;
}

static void measure(const struct table *t, struct part *part)
{
	struct table_row row;
	size_t i, n;

	for (i = 0; i < t->columns; i++)
		part->width[i] = max(t->least[i], 2);
	for (n = 0; n < t->rows; n++) {
		get_row(t, n, &row);
		for (i = 0; !row.note && i < min(row.count, t->columns); i++) {
			part->width[i] = max(part->width[i],
					     plain_columns(row.cell[i]));
			part->word[i] = max(part->word[i],
					    longest_word(row.cell[i]));
		}
	}
}

static size_t width_of_keys(const struct table *t, const size_t *width)
{
	size_t i, sum = t->indent;

	for (i = 0; i < t->keys; i++)
		sum += width[i] + t->gap;
	return sum;
}

/* Make the widest keys narrower until the keys leave room for a column. */
static void narrow_keys(const struct table *t, size_t *width)
{
	size_t i, widest;

	while (t->keys && width_of_keys(t, width) > TABLE_WIDTH - KEYS_LEAVE) {
		for (i = widest = 0; i < t->keys; i++)
			widest = width[i] > width[widest] ? i : widest;
		width[widest]--;
	}
}

/* Find the columns of the part that begins with column @part->first. */
static void fill_part(const struct table *t, struct part *part)
{
	size_t room = TABLE_WIDTH - width_of_keys(t, part->width);
	size_t *width = part->width, i;

	for (i = part->first; i < t->columns; i++) {
		bool fits = width[i] <= room;

		if (!fits && i > part->first &&
		    (!t->words[i] || room < max(WORDS_LEAST, part->word[i])))
			break;
		width[i] = min(width[i], room);
		room -= min(room, width[i] + t->gap);
		if (!fits) {
			i++;
			break;
		}
	}
	part->end = i;
}

/* Bytes of @text that the next line of a cell takes; blanks may follow it. */
static size_t next_line(const char *text, size_t width)
{
	size_t fit = plain_fit(text, width), i, word = strspn(text, " ");

	if (!text[fit])
		return fit;
	for (i = fit; i > word; i--)
		if (text[i] == ' ')
			return i;
	return fit;
}

/* Print a line of a cell and move @cell to the next; @owed: blanks before it */
static void put_line(FILE *out, const char **cell, size_t width, bool words,
		     size_t *owed)
{
	size_t bytes = next_line(*cell, width);
	size_t pad = width - columns_of(*cell, bytes);

	if (!words)
		*owed += pad;
	if (bytes) {
		fprintf(out, "%*s%.*s", (int)*owed, "", (int)bytes, *cell);
		*owed = 0;
	}
	if (words)
		*owed += pad;
	*cell += bytes;
	if (bytes)
		*cell += strspn(*cell, " ");
}

static bool in_part(const struct table *t, const struct part *part, size_t i)
{
	return i < t->keys || (i >= part->first && i < part->end);
}

/* Print one line of each cell. Return: is any of them longer than that? */
static bool put_lines(FILE *out, const struct table *t, const struct part *part,
		      const char *cell[TABLE_COLUMNS])
{
	size_t i, owed = t->indent;
	bool more = false;

	for (i = 0; i < t->columns; i++) {
		if (!in_part(t, part, i))
			continue;
		put_line(out, &cell[i], part->width[i], t->words[i], &owed);
		owed += t->gap;
		more |= *cell[i];
	}
	fputc('\n', out);
	return more;
}

static void put_row(FILE *out, const struct table *t, const struct part *part,
		    const struct table_row *row)
{
	const char *cell[TABLE_COLUMNS];
	size_t i;

	if (row->note) {
		table_words(out, "", "  ", row->cell[0]);
		return;
	}
	for (i = 0; i < TABLE_COLUMNS; i++)
		cell[i] = i < row->count ? row->cell[i] : "";
	while (put_lines(out, t, part, cell))
		;
}

void table_print(FILE *out, const struct table *table)
{
	struct part part = { .end = table->keys };
	struct table_row row;
	size_t n;

	measure(table, &part);
	narrow_keys(table, part.width);
	do {
		if (part.end > table->keys)
			fputc('\n', out);
		part.first = part.end;
		fill_part(table, &part);
		for (n = 0; n < table->rows; n++) {
			get_row(table, n, &row);
			if (row.count)
				put_row(out, table, &part, &row);
		}
	} while (part.end < table->columns);
}

void table_words(FILE *out, const char *first, const char *next,
		 const char *text)
{
	size_t at = plain_columns(first), length, columns;
	bool fresh = true;

	fputs(first, out);
	for (; *text; text += strspn(text, " ")) {
		length = strcspn(text, " ");
		columns = columns_of(text, length);
		if (!fresh && at + 1 + columns >= TABLE_WIDTH) {
			fprintf(out, "\n%s", next);
			at = plain_columns(next);
			fresh = true;
		}
		fprintf(out, "%s%.*s", fresh ? "" : " ", (int)length, text);
		at += columns + !fresh;
		fresh = false;
		text += length;
	}
	fputc('\n', out);
}

static void break_line(FILE *out, const char *line)
{
	int indent = (int)strspn(line, " ");
	char first[TABLE_WIDTH / 2], next[TABLE_WIDTH / 2];

	if (indent > TABLE_WIDTH / 4)
		indent = TABLE_WIDTH / 4;
	snprintf(first, sizeof(first), "%*s", indent, "");
	snprintf(next, sizeof(next), "%*s", indent + 2, "");
	table_words(out, first, next, line + strspn(line, " "));
}

static void break_lines(FILE *out, const char *text)
{
	size_t length;
	char *line;

	for (; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		line = strndup(text, length);
		if (!line || plain_columns(line) <= TABLE_WIDTH)
			fprintf(out, "%.*s\n", (int)length, text);
		else
			break_line(out, line);
		free(line);
	}
}

void table_text(FILE *out, void (*part)(FILE *out, const void *source),
		const void *source)
{
	size_t length = 0;
	char *text = NULL;
	FILE *memory = open_memstream(&text, &length);

	if (memory)
		part(memory, source);
	if (memory && !fclose(memory))
		break_lines(out, text);
	else	/* no memory: lines that are too wide are better than none */
		part(out, source);
	free(text);
}
