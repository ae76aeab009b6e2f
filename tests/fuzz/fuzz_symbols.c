// SPDX-License-Identifier: GPL-2.0
/*
 * Damaged, cut and hostile files through the readers of symbols, under ASAN and
 * UBSAN: images with a symbol table, and ELF files.
 */
#include "lab/symbols/symbols_check.h"
#include "lab/symbols/symbols_file.h"
#include "tests/unit/lab/made_elf.h"
#include "tests/unit/lab/made_image.h"
#include "fuzz.h"

#define ROUNDS	4000

/* All images, then a module and a program. */
enum { KINDS = MADE_LAYOUTS + 2 };

struct original {
	unsigned char *at;
	size_t size;
	size_t begin;		/* where damage is worth while */
};

static struct original original[KINDS];

static void begin(void)
{
	struct made_elf e;
	struct made m;
	int i;

	fuzz_seed = 0x5714b015;
	for (i = 0; i < MADE_LAYOUTS; i++) {
		m = made_image((enum made_layout)i);
		original[i] = (struct original) {
			m.at, m.size, MADE_CODE + 16 * MADE_COUNT,
		};
	}
	for (; i < KINDS; i++) {
		e = made_elf(i == MADE_LAYOUTS ? ET_REL : ET_EXEC);
		made_elf_finish(&e);
		original[i] = (struct original) { e.at, e.size, 0 };
	}
}

static void end(void)
{
	int i;

	for (i = 0; i < KINDS; i++)
		free(original[i].at);
}

/* What a user of the table does with it. */
static void use(struct symbols *table)
{
	uint32_t words[8], masks[8];
	struct symbols_seen seen = { .words = words, .count = 8 };
	struct symbols_check check = { 0 };
	struct symbols_found found;
	size_t i, section;

	for (i = 0; i < table->section_count; i++)
		if (!table->sections[i].is_placed)
			symbols_place(table, i, 0x10000000 * (i + 1));
	for (i = 0; i < 20; i++) {
		const struct symbols_section *s;
		uint64_t offset;

		section = fuzz_draw(table->section_count);
		s = &table->sections[section];
		offset = fuzz_draw(s->size + 1);
		if (symbols_in(table, section, offset, &found)) {
			ck_assert_uint_lt(found.offset, found.size);
			ck_assert_uint_gt(strlen(found.name), 0);
		}
		seen.address = s->address + offset;
		symbols_code(table, section, offset & ~3ull, 8, words, masks);
		symbols_check_block(&check, table, &seen);
		symbols_at(table, fuzz_draw(UINT64_MAX), &found);
	}
	for (i = 0; i < table->count; i++)
		ck_assert_uint_lt(strlen(symbols_text(table, table->list[i].name)),
				  SYMBOLS_NAME);
	symbols_named(table, "primary_entry", NULL, NULL);
}

/* Gives a copy of exactly that size. Returns whether the file was read. */
static bool feed(const unsigned char *bytes, size_t size)
{
	unsigned char *exact = malloc(size ? size : 1);
	char why[SYMBOLS_WHY] = "";
	struct symbols_file file;
	int error;

	memcpy(exact, bytes, size);
	error = symbols_file_decode(exact, size, &file, why);
	ck_assert_int_le(error, 0);
	if (error) {
		ck_assert_uint_gt(strlen(why), 0);
		ck_assert_ptr_null(strchr(why, '\n'));
		ck_assert_uint_eq(file.table.count, 0);
		return false;
	}
	use(&file.table);
	symbols_file_free(&file);
	return true;
}

START_TEST(whole_files)
{
	int i;

	for (i = 0; i < KINDS; i++)
		ck_assert(feed(original[i].at, original[i].size));
}
END_TEST

/* Some numbers that lengths and offsets do not like. */
static uint64_t nasty(void)
{
	static const uint64_t numbers[] = {
		0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x7fffffff, 0x80000000,
		0xffffffff, 0x100000000, INT64_MAX, UINT64_MAX, UINT64_MAX - 7,
	};

	return numbers[fuzz_draw(sizeof(numbers) / sizeof(*numbers))];
}

static void damage(unsigned char *at, size_t size, size_t from)
{
	size_t hit = from + fuzz_draw(size - from), i, n;
	uint64_t number = nasty();

	switch (fuzz_draw(4)) {
	case 0:
		at[hit] ^= (unsigned char)(1 << fuzz_draw(8));
		break;
	case 1:
		n = 4 + 4 * fuzz_draw(2);
		hit &= ~(n - 1);
		for (i = 0; i < n && hit + i < size; i++)
			at[hit + i] = (unsigned char)(number >> 8 * i);
		break;
	case 2:
		memset(at + hit, (int)number, fuzz_draw(size - hit) % 300);
		break;
	default:
		n = fuzz_draw(size - hit) % 600;
		memmove(at + hit, at + from + fuzz_draw(size - from - n), n);
	}
}

START_TEST(damaged_files)
{
	const struct original *o = &original[_i];
	unsigned char *copy = malloc(o->size);
	int i, rounds = fuzz_rounds(ROUNDS), harm;

	for (i = 0; i < rounds; i++) {
		memcpy(copy, o->at, o->size);
		for (harm = (int)fuzz_draw(4); harm >= 0; harm--)
			damage(copy, o->size, o->begin);
		feed(copy, o->size);
	}
	free(copy);
}
END_TEST

START_TEST(cut_files)
{
	const struct original *o = &original[_i];
	int i, rounds = fuzz_rounds(ROUNDS / 4);

	for (i = 0; i < rounds; i++)
		feed(o->at, fuzz_draw(o->size));
}
END_TEST

/* Only numbers that look like parts of a table, in any order. */
START_TEST(hostile_images)
{
	unsigned char *at = malloc(MADE_ROOM);
	int i, rounds = fuzz_rounds(ROUNDS / 20);
	struct made m = { .at = at, .size = MADE_ROOM };
	size_t hit;

	for (i = 0; i < rounds; i++) {
		uint32_t last = 0;

		memcpy(at, original[0].at, 64);
		for (hit = 64; hit < MADE_ROOM; hit += 4) {
			last = fuzz_draw(8) ? last + 400 + (uint32_t)fuzz_draw(3000) : 0;
			made_put(&m, hit, fuzz_draw(64) ? last : 513 + fuzz_draw(999), 4);
		}
		ck_assert(!feed(at, MADE_ROOM));
	}
	free(at);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fuzz_symbols");

	unit_between(begin, end);
	unit_add(suite, whole_files);
	unit_add_loop(suite, damaged_files, KINDS);
	unit_add_loop(suite, cut_files, KINDS);
	unit_add(suite, hostile_images);
	return unit_run(suite);
}
