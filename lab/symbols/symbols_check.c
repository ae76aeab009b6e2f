// SPDX-License-Identifier: GPL-2.0
#include "bytes.h"
#include "symbols_check.h"
#include "symbols_variable.h"

enum { CALLS_LEAST = 100, CALLS_PERCENT = 90 };

/*
 * What Linux changes at boot. Words of the first form, all of which have family
 * 1, replace each other. Of the others, only the bits of @number change.
 */
static const struct patch {
	uint32_t mask, value;
	uint32_t number;
	int family;
} patches[] = {
	{ 0xffffffff, 0xd503201f, 0, 1 },		/* nop */
	{ 0x7c000000, 0x14000000, 0, 1 },		/* b, bl */
	{ 0xffffffff, 0xaa1e03e9, 0, 1 },		/* mov x9, x30 */
	{ 0x7f800000, 0x52800000, 0x001fffe0, 0 },	/* movz */
	{ 0x7f800000, 0x72800000, 0x001fffe0, 0 },	/* movk */
	{ 0x7f800000, 0x53000000, 0x003ffc00, 0 },	/* lsr */
};

static const struct patch *patch_of(uint32_t word)
{
	size_t i;

	for (i = 0; i < sizeof(patches) / sizeof(*patches); i++)
		if ((word & patches[i].mask) == patches[i].value)
			return &patches[i];
	return NULL;
}

static bool is_patched(uint32_t file, uint32_t seen)
{
	const struct patch *from = patch_of(file), *to = patch_of(seen);

	if (!from || !to)
		return false;
	return from->family ? from->family == to->family :
	       from == to && !((file ^ seen) & ~from->number);
}

static bool get_word(const struct symbols_section *s, uint64_t offset,
		     uint32_t *word)
{
	const struct bytes b = { s->bytes, s->byte_count };

	if (offset % 4 || !bytes_hold(&b, offset, 4))
		return false;
	*word = bytes_u32(&b, offset);
	return true;
}

static void compare(struct symbols_check *c, const struct symbols_section *s,
		    uint64_t offset, uint32_t seen)
{
	uint32_t file;

	if (!get_word(s, offset, &file)) {
		c->outside++;
	} else if (file == seen) {
		c->same++;
	} else if (!((file ^ seen) & ~variable_bits(s, offset))) {
		c->variable++;
	} else if (is_patched(file, seen)) {
		c->patched++;
	} else if (!c->different++) {
		c->wrong_address = s->address + offset;
		c->wrong_file = file;
		c->wrong_seen = seen;
	}
}

bool symbols_check_block(struct symbols_check *check,
			 const struct symbols *table,
			 const struct symbols_seen *seen)
{
	int section = symbols_section_at(table, seen->address);
	size_t before = check->different + check->outside, i;
	const struct symbols_section *s;

	check->blocks++;
	if (section < 0) {
		check->outside += seen->count;
		return !seen->count;
	}
	s = &table->sections[section];
	for (i = 0; i < seen->count; i++)
		compare(check, s, seen->address - s->address + 4 * i,
			seen->words[i]);
	return check->different + check->outside == before;
}

enum symbols_verdict symbols_check_verdict(const struct symbols_check *check)
{
	return check->different ? SYMBOLS_WRONG :
	       check->same < SYMBOLS_CHECK_LEAST ? SYMBOLS_UNPROVEN :
	       SYMBOLS_RIGHT;
}

size_t symbols_code(const struct symbols *table, size_t section,
		    uint64_t offset, size_t count, uint32_t *words,
		    uint32_t *masks)
{
	const struct symbols_section *s = &table->sections[section];
	const struct patch *patch;
	size_t i;

	for (i = 0; i < count && get_word(s, offset + 4 * i, &words[i]); i++) {
		patch = patch_of(words[i]);
		masks[i] = ~variable_bits(s, offset + 4 * i);
		if (patch)
			masks[i] &= patch->family ? 0 : ~patch->number;
	}
	return i;
}

static void count_call(const struct symbols *table,
		       const struct symbols_section *s, uint64_t offset,
		       struct symbols_calls *calls)
{
	struct symbols_found found;
	uint64_t to;
	uint32_t word;

	if (!get_word(s, offset, &word) || word >> 26 != 0x25)
		return;
	/* 26 bits with a sign, times 4 */
	to = offset + (uint64_t)(int64_t)((int32_t)(word << 6) >> 4);
	calls->calls++;
	calls->met += (s->is_placed ?
		       symbols_at(table, s->address + to, &found) :
		       symbols_in(table, (size_t)(s - table->sections), to,
				  &found)) && !found.offset;
}

struct symbols_calls symbols_count_calls(const struct symbols *table)
{
	struct symbols_calls calls = { 0 };
	const struct symbols_section *s;
	uint64_t offset, end;
	size_t i, n;

	for (i = 0; i < table->section_count; i++) {
		s = &table->sections[i];
		for (n = 0; n < s->count; n++) {
			const struct symbol *symbol = &table->list[s->first + n];

			end = n + 1 < s->count ? symbol[1].offset : s->byte_count;
			if (!symbols_is_code(symbol) || end > s->byte_count)
				continue;
			for (offset = symbol->offset; offset + 4 <= end; offset += 4)
				count_call(table, s, offset, &calls);
		}
	}
	return calls;
}

bool symbols_calls_fit(const struct symbols_calls *calls)
{
	return calls->calls < CALLS_LEAST ||
	       calls->met * 100 >= calls->calls * CALLS_PERCENT;
}
