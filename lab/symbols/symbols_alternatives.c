// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "symbols_variable.h"

/* Linux marks with it that a function makes the replacement. */
enum { COMPUTED = 0x8000, FEATURES = 1024 };

/* What an entry points to. */
static uint64_t target(const struct bytes *b, uint64_t address, uint64_t at)
{
	return address + at + (uint64_t)(int32_t)bytes_u32(b, at);
}

static struct symbols_section *section_at(struct symbols *table,
					  uint64_t address)
{
	struct symbols_section *s;
	size_t i;

	for (i = 0; i < table->section_count; i++) {
		s = &table->sections[i];
		if (address - s->address < s->byte_count)
			return s;
	}
	return NULL;
}

static bool is_alternative(const struct bytes *b, uint64_t address, size_t at)
{
	uint32_t lengths = bytes_u16(b, at + ALTERNATIVE_SIZE);
	uint32_t size = lengths & 0xff, replacement = lengths >> 8;

	return bytes_hold(b, at, ALTERNATIVE_BYTES) &&
	       size && !(size % 4) && (!replacement || replacement == size) &&
	       (bytes_u16(b, at + 8) & ~COMPUTED) < FEATURES &&
	       !(target(b, address, at) % 4) &&
	       !(target(b, address, at + 4) % 4);
}

/* How many entries of the form are in a row. */
static size_t count(const struct bytes *b, uint64_t address, size_t at,
		    struct symbols *table)
{
	size_t n = 0;

	while (is_alternative(b, address, at + n * ALTERNATIVE_BYTES) &&
	       section_at(table, target(b, address, at + n * ALTERNATIVE_BYTES)))
		n++;
	return n;
}

static int note(const struct bytes *b, uint64_t address, size_t at,
		struct symbols *table)
{
	uint64_t to = target(b, address, at);
	struct symbols_section *s = section_at(table, to);

	return variable_replace(s, to - s->address,
				bytes_u16(b, at + ALTERNATIVE_SIZE) & 0xff);
}

int alternatives_find(const struct bytes *bytes, uint64_t address,
		      struct symbols *table)
{
	size_t at = 0, n, i;
	int error = 0;

	while (!error && bytes_hold(bytes, at, ALTERNATIVE_BYTES)) {
		n = count(bytes, address, at, table);
		if (n < ALTERNATIVES_LEAST) {
			at += 4;
			continue;
		}
		for (i = 0; !error && i < n; i++, at += ALTERNATIVE_BYTES)
			error = note(bytes, address, at, table);
	}
	return error;
}
