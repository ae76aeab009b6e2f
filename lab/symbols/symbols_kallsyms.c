// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbols_kallsyms.h"
#include "symbols_names.h"
#include "symbols_variable.h"

/*
 * Where a symbol's address is: u64 addresses before the count; u32 distances from
 * the lowest address before the count and a u64 base, or behind the index; s32
 * distances from the entry itself, behind the index.
 */
enum form { ADDRESSES_BEFORE, DISTANCES_BEFORE, DISTANCES_BEHIND, PLACES_BEHIND };

/*
 * The layouts, by the program in which they were seen. align: of all parts; index_align: of
 * the index; sequence: bytes for each symbol between markers and tokens (the
 * order by name); has_files: local names are FILE#NAME.
 */
static const struct layout {
	const char *name;
	enum form form;
	uint32_t align, index_align, sequence;
	bool has_files;
} layouts[] = {
	/* Linux 4.6 to 6.0 have this one; seen in Debian's 5.10.223 */
	{ "Linux 5.10", DISTANCES_BEFORE, 8, 8, 0, false },
	/* 6.1 (of late) to 6.3; seen in Debian's 6.1.192 */
	{ "Linux 6.1", DISTANCES_BEFORE, 8, 8, 3, false },
	/* since 6.4; seen in Debian's 6.12.118 */
	{ "Linux 6.12", DISTANCES_BEHIND, 8, 8, 0, false },
	/* seen in Debian's 7.2.13 */
	{ "Linux 7.2", PLACES_BEHIND, 4, 4, 0, false },
	/* up to 4.20; seen in four releases. .align 8 is 256 bytes on Arm */
	{ "Xen 4.17", ADDRESSES_BEFORE, 256, 256, 0, true },
	/* seen in 4.21.2 */
	{ "Xen 4.21", ADDRESSES_BEFORE, 8, 8, 0, true },
	/* seen in 4.22.0 */
	{ "Xen 4.22", ADDRESSES_BEFORE, 4, 2, 0, true },
};

/* To which function the header of an image branches. */
static const char *const entries[] = {
	"primary_entry",	/* Linux since 5.8 */
	"stext",		/* Linux before */
	"real_start",		/* Xen */
};

struct reading {
	const struct bytes *image;
	const struct layout *layout;
	struct names names;
	struct names_tokens tokens;
	uint64_t values_at;
	char *why;
};

__attribute__((format(printf, 3, 4)))
static int refuse(struct reading *r, int error, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(r->why, SYMBOLS_WHY, format, list);
	va_end(list);
	return error;
}

static uint64_t bytes_per_value(enum form form)
{
	return form == ADDRESSES_BEFORE ? 8 : 4;
}

/* The number of symbol @i: an address, a distance, or a place in the image. */
static uint64_t value(const struct reading *r, uint32_t i)
{
	uint64_t at = r->values_at + i * bytes_per_value(r->layout->form);

	switch (r->layout->form) {
	case ADDRESSES_BEFORE:
		return bytes_u64(r->image, at);
	case PLACES_BEHIND:
		return at + (uint64_t)(int32_t)bytes_u32(r->image, at);
	default:
		return bytes_u32(r->image, at);
	}
}

/* Sets values_at, if there is space. */
static bool find_values(struct reading *r)
{
	uint64_t size = bytes_round_up(r->names.count *
				       bytes_per_value(r->layout->form),
				       r->layout->align);
	uint64_t before = r->names.count_at;

	switch (r->layout->form) {
	case DISTANCES_BEFORE:
		size += 8;	/* the base */
		/* fall through */
	case ADDRESSES_BEFORE:
		r->values_at = before - size;
		return size <= before;
	default:
		r->values_at = bytes_round_up(r->tokens.end, r->layout->align);
		return bytes_hold(r->image, r->values_at, size);
	}
}

/* The values rise. Distances begin with 0, addresses do not. */
static bool are_values(const struct reading *r)
{
	uint64_t last = value(r, 0), next;
	uint32_t i;

	if (r->layout->form == ADDRESSES_BEFORE ? !last :
	    r->layout->form != PLACES_BEHIND && last)
		return false;
	for (i = 1; i < r->names.count; i++, last = next) {
		next = value(r, i);
		if (next < last)
			return false;
	}
	return true;
}

static bool fits_layout(struct reading *r)
{
	const struct layout *l = r->layout;
	uint64_t tokens = bytes_round_up(r->names.markers_end, l->align) +
			  (uint64_t)l->sequence * r->names.count;

	return r->names.align == l->align &&
	       names_tokens(r->image, bytes_round_up(tokens, l->align),
			    l->index_align, &r->tokens) &&
	       find_values(r) && are_values(r);
}

static bool fits(void *context, const struct bytes *image,
		 const struct names *names)
{
	struct reading *r = context;
	size_t i;

	r->image = image;
	r->names = *names;
	for (i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
		r->layout = &layouts[i];
		if (fits_layout(r))
			return true;
	}
	return false;
}

/* Splits "TNAME" or, in Xen, "tFILE#NAME". */
static void split(const struct reading *r, const char *text, size_t length,
		  struct symbols_new *new)
{
	const char *hash = r->layout->has_files ?
			   memchr(text, '#', length) : NULL;

	*new = (struct symbols_new) { .type = SYMBOLS_END };
	if (!length)
		return;
	new->type = *text;
	new->name = text + 1;
	if (hash && hash < text + length - 1) {
		new->owner = text + 1;
		new->owner_length = (size_t)(hash - new->owner);
		new->name = hash + 1;
	}
	new->name_length = (size_t)(text + length - new->name);
}

static bool is_entry(const struct symbols_new *new)
{
	size_t i;

	for (i = 0; i < sizeof(entries) / sizeof(*entries); i++)
		if (new->name && new->name_length == strlen(entries[i]) &&
		    !memcmp(new->name, entries[i], new->name_length))
			return true;
	return false;
}

/*
 * Calls @take for each symbol with its value in new->offset. Stops if it returns
 * something else than 0, and returns that.
 */
static int for_each(struct reading *r, void *context,
		    int (*take)(struct reading *r, void *context,
				const struct symbols_new *new))
{
	char text[SYMBOLS_NAME];
	size_t at = r->names.names_at;
	struct symbols_new new;
	int result = 0, length;
	uint32_t i;

	for (i = 0; !result && i < r->names.count; i++) {
		length = names_expand(r->image, &r->tokens, &at, text);
		if (length < 0)
			return refuse(r, -EINVAL, "name %u of the symbol table is damaged or too long",
				      i);
		split(r, text, (size_t)length, &new);
		new.offset = value(r, i);
		result = take(r, context, &new);
	}
	return result;
}

struct entry {
	uint64_t value;
	size_t count;
};

static int take_entry(struct reading *r, void *context,
		      const struct symbols_new *new)
{
	struct entry *e = context;

	(void)r;
	if (is_entry(new) && (!e->count || e->value != new->offset)) {
		e->value = new->offset;
		e->count++;
	}
	return 0;
}

struct filling {
	struct symbols *table;
	uint64_t first;		/* the value of the image's first byte */
};

static int take_symbol(struct reading *r, void *context,
		       const struct symbols_new *new)
{
	struct filling *f = context;
	struct symbols_new placed = *new;
	int error;

	placed.offset -= f->first;
	if (strchr("TtWw", placed.type) && placed.offset > r->image->size)
		return refuse(r, -EINVAL, "the symbol table has code outside the image");
	error = symbols_add(f->table, &placed);
	if (error == -ENOMEM)
		return refuse(r, error, "no memory");
	return error ? refuse(r, error, "the symbol table is too large") : 0;
}

/* At which value does the image begin? */
static int find_first(struct reading *r, const struct image_facts *facts,
		      uint64_t *first)
{
	struct entry entry = { 0 };
	int error = for_each(r, &entry, take_entry);

	if (error)
		return error;
	if (entry.count != 1)
		return refuse(r, -EINVAL, "the symbol table has %s function that an arm64 image begins with (primary_entry, real_start)",
			      entry.count ? "more than one" : "no");
	*first = entry.value - facts->entry;
	if (r->layout->form == PLACES_BEHIND ? *first : *first % 4096)
		return refuse(r, -EINVAL, "the symbol table and the header of the image contradict each other");
	return 0;
}

static int fill(struct reading *r, const struct image_facts *facts,
		struct symbols *table)
{
	struct filling f = { .table = table };
	int error = find_first(r, facts, &f.first);

	if (!error && symbols_add_section(table, KALLSYMS_SECTION, facts->size,
					  r->image->at, r->image->size))
		error = refuse(r, -ENOMEM, "no memory");
	if (!error)
		error = for_each(r, &f, take_symbol);
	if (error)
		return error;
	symbols_sort(table);
	if (r->layout->form == ADDRESSES_BEFORE &&
	    symbols_place(table, 0, f.first))
		return refuse(r, -EINVAL, "the symbol table has addresses beyond 2^64");
	error = alternatives_find(r->image, table->sections[0].address, table);
	variable_sort(&table->sections[0]);
	return error ? refuse(r, error, "the image has no reasonable list of alternatives") : 0;
}

int kallsyms_read(const struct bytes *image, const struct image_facts *facts,
		  struct symbols *table, const char **layout,
		  char why[SYMBOLS_WHY])
{
	struct reading r = { .why = why };
	int error;

	memset(table, 0, sizeof(*table));
	error = names_find(image, fits, &r);
	if (error == -ELOOP)
		return refuse(&r, error, "too many places look like a symbol table: not searched further");
	if (error)
		return refuse(&r, error, "no symbol table as in Linux 5.10 to 7.2 or Xen 4.17 to 4.22: built without it, compressed, cut, or of another form");
	*layout = r.layout->name;
	error = fill(&r, facts, table);
	if (error)
		symbols_free(table);
	return error;
}
