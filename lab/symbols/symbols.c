// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "symbols.h"

enum symbol_rank { GLOBAL, WEAK, LOCAL, LABEL, BORDER, SECTION, NO_CODE };

/*
 * SYMBOLS_BORDERS: names that linker scripts give to the border of a region.
 * One '*' stands for any text.
 */
static const char *const borders[] = {
	"_text", "_stext", "_sinittext", "_sextratext", "_start", "__start_*",
	"__stop_*", "__*_start", "__*_begin", "__*_end",
};

/* Behind them is no code of a function before them. */
static const char *const ends[] = {
	"_etext", "_einittext", "_eextratext", "_end",
};

static bool matches(const char *name, const char *pattern)
{
	const char *star = strchr(pattern, '*');
	size_t length = strlen(name), before, after;

	if (!star)
		return !strcmp(name, pattern);
	before = (size_t)(star - pattern);
	after = strlen(star + 1);
	return length >= before + after && !memcmp(name, pattern, before) &&
	       !memcmp(name + length - after, star + 1, after);
}

static bool is_one_of(const char *name, const char *const list[], size_t count)
{
	size_t i;

	if (*name != '_')
		return false;
	for (i = 0; i < count; i++)
		if (matches(name, list[i]))
			return true;
	return false;
}

static enum symbol_rank rank_of(const struct symbols_new *new, const char *name)
{
	if (!strchr("TtWw", new->type) ||
	    is_one_of(name, ends, sizeof(ends) / sizeof(*ends)))
		return NO_CODE;
	if (*name == '.')	/* Xen has .text and .init.text */
		return SECTION;
	if (is_one_of(name, borders, sizeof(borders) / sizeof(*borders)))
		return BORDER;
	if (new->is_label)
		return LABEL;
	return new->type == 'T' ? GLOBAL : new->type == 'W' ? WEAK : LOCAL;
}

/* $x, $d, $x.12: where code and data begin, for disassemblers */
static bool is_mapping_symbol(const struct symbols_new *new)
{
	return new->name_length >= 2 && new->name[0] == '$' &&
	       strchr("adtx", new->name[1]) &&
	       (new->name_length == 2 || new->name[2] == '.');
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_a_place(const struct symbols *table,
		       const struct symbols_new *new)
{
	if (new->type != SYMBOLS_END &&
	    (!is_letter(new->type) || strchr("AaUuNn", new->type) ||
	     !new->name_length))
		return false;
	return !is_mapping_symbol(new) &&
	       new->offset <= table->sections[new->section].size;
}

/* Makes *list hold at least one entry more. */
static int grow(void **list, size_t *room, size_t used, size_t size)
{
	size_t wanted = *room ? *room + *room / 2 : 64;
	void *more;

	if (used < *room)
		return 0;
	more = realloc(*list, wanted * size);
	if (!more)
		return -ENOMEM;
	*list = more;
	*room = wanted;
	return 0;
}

/* Byte 0 of the text is a NUL: the empty name. */
static int add_text(struct symbols *table, const char *text, size_t length,
		    uint32_t *at)
{
	size_t needed = table->text_size + length + 2, i;
	char *more;

	if (needed > SYMBOLS_TEXT)
		return -E2BIG;
	if (needed > table->text_room) {
		more = realloc(table->text, 2 * needed);
		if (!more)
			return -ENOMEM;
		table->text = more;
		table->text_room = 2 * needed;
	}
	if (!table->text_size)
		table->text[table->text_size++] = '\0';
	*at = length ? (uint32_t)table->text_size : 0;
	for (i = 0; i < length; i++)
		table->text[table->text_size++] =
			text[i] > ' ' && text[i] <= '~' ? text[i] : '?';
	if (length)
		table->text[table->text_size++] = '\0';
	return 0;
}

/* Local symbols of one file follow each other. */
static int add_owner(struct symbols *table, const struct symbols_new *new,
		     uint32_t *at)
{
	const char *last = symbols_text(table, table->last_owner);
	int error;

	*at = 0;
	if (!new->owner || !new->owner_length)
		return 0;
	if (strlen(last) == new->owner_length &&
	    !memcmp(last, new->owner, new->owner_length)) {
		*at = table->last_owner;
		return 0;
	}
	error = add_text(table, new->owner, new->owner_length, at);
	if (!error)
		table->last_owner = *at;
	return error;
}

int symbols_add_section(struct symbols *table, const char *name, uint64_t size,
			const unsigned char *bytes, size_t byte_count)
{
	struct symbols_section section = {
		.size = size, .bytes = bytes, .byte_count = byte_count,
	};
	struct symbols_section *more;
	int error;

	if (table->section_count == SYMBOLS_SECTIONS)
		return -E2BIG;
	error = add_text(table, name, strlen(name), &section.name);
	if (error)
		return error;
	more = realloc(table->sections,
		       (table->section_count + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	table->sections = more;
	more[table->section_count] = section;
	return (int)table->section_count++;
}

int symbols_add(struct symbols *table, const struct symbols_new *new)
{
	struct symbol s = {
		.offset = new->offset, .size = new->size, .type = new->type,
		.section = (uint32_t)new->section,
	};
	int error;

	if (!is_a_place(table, new))
		return 0;
	if (new->name_length >= SYMBOLS_NAME || new->owner_length >= SYMBOLS_NAME)
		return -EINVAL;
	if (table->count == SYMBOLS_MOST)
		return -E2BIG;
	error = add_owner(table, new, &s.owner);
	if (!error)
		error = add_text(table, new->name, new->name_length, &s.name);
	if (!error)
		error = grow((void **)&table->list, &table->room, table->count,
			     sizeof(s));
	if (error)
		return error;
	s.rank = (uint8_t)rank_of(new, symbols_text(table, s.name));
	table->list[table->count++] = s;
	return 0;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_names(const struct symbols *table, const struct symbol *a,
			 const struct symbol *b)
{
	const char *first = symbols_text(table, a->name);
	const char *second = symbols_text(table, b->name);
	int order = compare_numbers(strspn(first, "_"), strspn(second, "_"));

	if (!order)
		order = strcmp(first, second);
	if (!order)
		order = strcmp(symbols_text(table, a->owner),
			       symbols_text(table, b->owner));
	return order;
}

static int compare(const void *first, const void *second, void *table)
{
	const struct symbol *a = first, *b = second;
	int order = compare_numbers(a->section, b->section);

	if (!order)
		order = compare_numbers(a->offset, b->offset);
	if (!order)
		order = compare_numbers(a->rank, b->rank);
	return order ? order : compare_names(table, a, b);
}

void symbols_sort(struct symbols *table)
{
	size_t i;

	if (table->count)
		qsort_r(table->list, table->count, sizeof(*table->list),
			compare, table);
	for (i = 0; i < table->section_count; i++)
		table->sections[i].count = 0;
	for (i = table->count; i-- > 0;) {
		struct symbols_section *in =
			&table->sections[table->list[i].section];

		in->first = i;
		in->count++;
	}
}

int symbols_section(const struct symbols *table, const char *name)
{
	size_t i;

	for (i = 0; i < table->section_count; i++)
		if (!strcmp(symbols_text(table, table->sections[i].name), name))
			return (int)i;
	return -ENOENT;
}

static bool overlap(const struct symbols_section *a, uint64_t address,
		    uint64_t size)
{
	return address < a->address ? a->address - address < size :
				      address - a->address < a->size;
}

int symbols_place(struct symbols *table, size_t section, uint64_t address)
{
	struct symbols_section *s = &table->sections[section];
	size_t i;

	if (address + s->size < address)
		return -ERANGE;
	for (i = 0; s->size && i < table->section_count; i++)
		if (i != section && table->sections[i].is_placed &&
		    table->sections[i].size &&
		    overlap(&table->sections[i], address, s->size))
			return -EEXIST;
	s->address = address;
	s->is_placed = true;
	return 0;
}

int symbols_shift(struct symbols *table, uint64_t by)
{
	struct symbols_section *s;
	size_t i;

	for (i = 0; i < table->section_count; i++) {
		s = &table->sections[i];
		if (s->is_placed &&
		    s->address + by + s->size < s->address + by)
			return -ERANGE;
	}
	for (i = 0; i < table->section_count; i++)
		table->sections[i].address += by;
	return 0;
}

/* How many entries of a section have an offset below @offset. */
static size_t count_below(const struct symbol *list, size_t count,
			  uint64_t offset)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool symbols_in(const struct symbols *table, size_t section, uint64_t offset,
		struct symbols_found *found)
{
	const struct symbols_section *s = &table->sections[section];
	const struct symbol *list, *best;
	size_t next;
	uint64_t end;

	if (offset >= s->size || !s->count)
		return false;
	list = &table->list[s->first];
	next = count_below(list, s->count, offset + 1);
	if (!next)
		return false;
	end = next < s->count ? list[next].offset : s->size;
	best = list + count_below(list, s->count, list[next - 1].offset);
	if (best->size && best->size < end - best->offset)
		end = best->offset + best->size;
	if (offset >= end || !symbols_is_code(best))
		return false;
	*found = (struct symbols_found) {
		.name = symbols_text(table, best->name),
		.owner = symbols_text(table, best->owner),
		.section = section,
		.offset = offset - best->offset,
		.size = end - best->offset,
	};
	return true;
}

int symbols_section_at(const struct symbols *table, uint64_t address)
{
	const struct symbols_section *s;
	size_t i;

	for (i = 0; i < table->section_count; i++) {
		s = &table->sections[i];
		if (s->is_placed && address - s->address < s->size)
			return (int)i;
	}
	return -ENOENT;
}

bool symbols_at(const struct symbols *table, uint64_t address,
		struct symbols_found *found)
{
	int section = symbols_section_at(table, address);

	return section >= 0 &&
	       symbols_in(table, (size_t)section,
			  address - table->sections[section].address, found);
}

size_t symbols_named(const struct symbols *table, const char *name,
		     const char *owner, const struct symbol **first)
{
	const struct symbol *last = NULL, *s;
	size_t count = 0, i;

	for (i = 0; i < table->count; i++) {
		s = &table->list[i];
		if (strcmp(symbols_text(table, s->name), name) ||
		    (owner && strcmp(symbols_text(table, s->owner), owner)))
			continue;
		if (last && last->section == s->section &&
		    last->offset == s->offset)
			continue;
		last = s;
		if (!count++ && first)
			*first = s;
	}
	return count;
}

bool symbols_is_code(const struct symbol *symbol)
{
	return symbol->rank != NO_CODE;
}

const char *symbols_text(const struct symbols *table, uint32_t at)
{
	return table->text ? table->text + at : "";
}

void symbols_free(struct symbols *table)
{
	size_t i;

	for (i = 0; i < table->section_count; i++)
		free(table->sections[i].variable);
	free(table->sections);
	free(table->list);
	free(table->text);
	memset(table, 0, sizeof(*table));
}
