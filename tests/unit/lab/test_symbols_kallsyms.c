// SPDX-License-Identifier: GPL-2.0
/*
 * The symbol table in images of Linux and Xen: symbols_names.c,
 * symbols_kallsyms.c, symbols_image.c, symbols_alternatives.c and
 * symbols_file.c.
 */
#include <errno.h>
#include <zlib.h>

#include "lab/symbols/symbols_file.h"
#include "lab/symbols/symbols_kallsyms.h"
#include "lab/symbols/symbols_names.h"
#include "lab/symbols/symbols_variable.h"
#include "tests/unit/lab/made_image.h"
#include "tests/unit/unit.h"

static struct symbols_file file;
static char why[SYMBOLS_WHY];

/* Takes the bytes of the image. */
static int decode(struct made *m)
{
	/* of the exact size, so that ASAN sees one byte too far */
	unsigned char *exact = malloc(m->size ? m->size : 1);

	memcpy(exact, m->at, m->size);
	free(m->at);
	m->at = NULL;
	*why = '\0';
	return symbols_file_decode(exact, m->size, &file, why);
}

static void refused(struct made *m, int error, const char *words)
{
	ck_assert_int_eq(decode(m), error);
	ck_assert_msg(strstr(why, words), "'%s' does not say '%s'", why, words);
	ck_assert_ptr_null(strchr(why, '\n'));
	ck_assert_uint_eq(file.table.count, 0);
	ck_assert_ptr_null(file.bytes);
}

static void check_symbol(enum made_layout layout, uint32_t i)
{
	uint64_t base = made_is_xen(layout) ? MADE_XEN : 0;
	struct symbols_found found;
	char name[400], *hash;

	made_name(layout, i, name);
	hash = strchr(name, '#');
	if (i == MADE_COUNT - 1) {
		ck_assert(!symbols_at(&file.table, base + made_place(i), &found));
		return;
	}
	ck_assert_msg(symbols_at(&file.table, base + made_place(i) + 4, &found),
		      "%s", name);
	ck_assert_str_eq(found.name, hash ? hash + 1 : name + 1);
	ck_assert_uint_eq(strlen(found.owner),
			  hash ? (size_t)(hash - name - 1) : 0);
	ck_assert(!memcmp(found.owner, name + 1, strlen(found.owner)));
	ck_assert_uint_eq(found.offset, 4);
	ck_assert_uint_eq(found.size, made_ends_here(layout, i) ? 12 : 16);
	ck_assert(made_ends_here(layout, i) !=
		  symbols_at(&file.table, base + made_place(i) + 12, &found));
}

START_TEST(every_layout_is_read)
{
	struct made m = made_image((enum made_layout)_i);
	uint32_t count = m.count, i;

	ck_assert_msg(!decode(&m), "%s", why);
	ck_assert_uint_eq(file.table.count, count);
	ck_assert_uint_eq(file.table.section_count, 1);
	ck_assert(file.table.sections[0].is_placed == made_is_xen(_i));
	symbols_place(&file.table, 0, made_is_xen(_i) ? MADE_XEN : 0);
	for (i = 0; i < MADE_COUNT; i++)
		check_symbol((enum made_layout)_i, i);
	symbols_file_free(&file);
}
END_TEST

/* What follows the last marker may look like one more. */
START_TEST(a_number_behind_the_markers)
{
	struct made m = made_image(MADE_LINUX_6_1);
	size_t end = m.markers_at + MADE_COUNT / 256 * 4 + 4;
	uint32_t last;

	memcpy(&last, m.at + end - 4, 4);
	made_put(&m, end, (last + 2000) | 0xff00000000000000, 8);
	ck_assert_msg(!decode(&m), "%s", why);
	ck_assert_uint_eq(file.table.count, MADE_COUNT);
	symbols_file_free(&file);
}
END_TEST

START_TEST(kind_version_and_build_id)
{
	static const char *const kinds[] = {
		"Linux 5.10", "Linux 6.1", "Linux 6.12", "Linux 7.2",
		"Xen 4.17", "Xen 4.21", "Xen 4.22",
	};
	struct made m = made_image((enum made_layout)_i);

	ck_assert_int_eq(decode(&m), 0);
	ck_assert_str_eq(file.kind + strlen("arm64 image, symbol table as in "),
			 kinds[_i]);
	ck_assert_str_eq(file.version, made_is_xen(_i) ? "Xen 4.99" :
			 "Linux version 9.8 (a@b) #1 SMP");
	ck_assert_str_eq(file.build_id, MADE_ID);
	symbols_file_free(&file);
}
END_TEST

START_TEST(two_build_ids_are_none)
{
	struct made m = made_image(MADE_LINUX_6_12);

	made_add_note(&m, 0x77);
	ck_assert_int_eq(decode(&m), 0);
	ck_assert_str_eq(file.build_id, "");
	symbols_file_free(&file);
}
END_TEST

START_TEST(alternatives_may_differ)
{
	struct made m = made_image((enum made_layout)_i);
	const struct symbols_section *s;
	uint32_t i;

	ck_assert_int_eq(decode(&m), 0);
	s = &file.table.sections[0];
	for (i = 0; i < MADE_COUNT; i++) {
		uint32_t bits = i >= 20 && i < 40 && !(i % 4) ? 0xffffffff : 0;

		ck_assert_uint_eq(variable_bits(s, made_place(i)), 0);
		ck_assert_uint_eq(variable_bits(s, made_place(i) + 4), bits);
		ck_assert_uint_eq(variable_bits(s, made_place(i) + 8), 0);
	}
	symbols_file_free(&file);
}
END_TEST

START_TEST(compressed_with_gzip)
{
	struct made m = made_image(MADE_LINUX_6_12), packed = m;
	z_stream z = { .next_in = m.at, .avail_in = (uInt)m.size };

	packed.at = malloc(MADE_ROOM);
	z.next_out = packed.at;
	z.avail_out = MADE_ROOM;
	ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, 0), Z_OK);
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	packed.size = z.total_out;
	deflateEnd(&z);
	m.size = packed.size / 2;
	memcpy(m.at, packed.at, m.size);
	ck_assert_int_eq(decode(&packed), 0);
	ck_assert_uint_eq(file.table.count, MADE_COUNT);
	symbols_file_free(&file);
	refused(&m, -EINVAL, "cut or damaged");
}
END_TEST

/* Cut before the end of its table, no image has one. */
START_TEST(cut_images)
{
	struct made m = made_image((enum made_layout)_i);
	size_t end = m.index_at + 512, size;

	free(m.at);
	for (size = 64; size < end; size += 997) {
		m = made_image((enum made_layout)_i);
		m.size = size;
		ck_assert_int_lt(decode(&m), 0);
		ck_assert_uint_gt(strlen(why), 0);
	}
}
END_TEST

static const struct damage {
	const char *what, *words;
	size_t offset;		/* of the member of struct made */
	size_t more;
	unsigned char bits;
	int error;
} damages[] = {
	{ "count", "no symbol table", offsetof(struct made, count_at), 0, 0x80,
	  -ENOENT },
	{ "a length", "no symbol table", offsetof(struct made, names_at), 0, 1,
	  -ENOENT },
	{ "a marker", "no symbol table", offsetof(struct made, markers_at), 4, 1,
	  -ENOENT },
	{ "a token", "no symbol table", offsetof(struct made, tokens_at), 'a', 0xff,
	  -ENOENT },
	{ "the index", "no symbol table", offsetof(struct made, index_at), 300, 1,
	  -ENOENT },
	{ "an order", "no symbol table", offsetof(struct made, values_at), 803,
	  0x40, -ENOENT },
};

START_TEST(damaged_tables)
{
	const struct damage *d = &damages[_i % 6];
	struct made m = made_image((enum made_layout)(_i / 6));
	size_t at;

	memcpy(&at, (char *)&m + d->offset, sizeof(at));
	/* the tokens begin with 32 empty ones: one byte each */
	m.at[at + d->more] ^= d->bits;
	refused(&m, d->error, d->words);
}
END_TEST

START_TEST(no_entry)
{
	struct made m = made_image(MADE_LINUX_6_12);
	unsigned char *name = memmem(m.at, m.size, "Tprimary_entry", 14);

	name[3] ^= 1;
	refused(&m, -EINVAL, "no function that an arm64 image begins with");
}
END_TEST

START_TEST(a_header_without_a_branch)
{
	struct made m = made_image(MADE_LINUX_6_12);

	made_put(&m, 4, 0xd503201f, 4);
	refused(&m, -EINVAL, "without a branch");
}
END_TEST

START_TEST(a_branch_to_elsewhere)
{
	struct made m = made_image((enum made_layout)_i);

	made_put(&m, 4, 0x14000000 | (made_place(MADE_ENTRY) + 12) / 4, 4);
	refused(&m, -EINVAL, "contradict each other");
}
END_TEST

/* The header leads to another page: names that are plausible, and all wrong. */
START_TEST(a_table_of_other_code)
{
	struct made m = made_image(MADE_LINUX_6_12);

	memmove(m.at + MADE_CODE + 8, m.at + MADE_CODE, 16 * MADE_COUNT - 8);
	refused(&m, -EINVAL, "does not fit the code");
}
END_TEST

START_TEST(code_outside_the_image)
{
	struct made m = made_image(MADE_XEN_4_17);

	made_put(&m, m.values_at + 8 * (m.count - 2), MADE_XEN + MADE_ROOM + 4096,
		 8);
	made_put(&m, m.values_at + 8 * (m.count - 1), MADE_XEN + MADE_ROOM + 4096,
		 8);
	refused(&m, -EINVAL, "code outside the image");
}
END_TEST

/* Values of a hostile table must not make names that are too long. */
START_TEST(a_name_that_is_too_long)
{
	struct made m = made_image(MADE_LINUX_6_12);
	unsigned char *name = memmem(m.at, m.size, "0000000000", 10);

	memset(name, 0xff, 250);	/* 250 times "function_" */
	refused(&m, -EINVAL, "damaged or too long");
}
END_TEST

/* Places that look like markers and a count, everywhere: it must end. */
START_TEST(too_many_places)
{
	struct made m = { .at = calloc(1, MADE_ROOM), .size = MADE_ROOM };
	struct bytes b = { m.at, m.size };
	struct image_facts facts = { .size = m.size };
	struct symbols table;
	const char *layout;
	size_t at;

	for (at = 0; at < m.size; at += 4)
		made_put(&m, at, at % 16 ? at % 16 / 4 * 600 : 0, 4);
	ck_assert_int_eq(kallsyms_read(&b, &facts, &table, &layout, why), -ELOOP);
	ck_assert_ptr_nonnull(strstr(why, "not searched further"));
	free(m.at);
}
END_TEST

START_TEST(other_files)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *words;
	} files[] = {
		{ "", 0, "empty" },
		{ "#!/bin/sh\n", 10, "neither an ELF file nor" },
		{ "MZ\0\0zimg", 8, "EFI_ZBOOT" },
		{ "\xfd" "7zXZ\0", 6, "xz" },
		{ "\x28\xb5\x2f\xfd", 4, "zstd" },
		{ "\x1f\x8b\x08", 3, "cut or damaged" },
		{ "\177ELF", 4, "cut: an ELF file of 4 bytes" },
	};
	struct made m = { .at = malloc(16), .size = files[_i].size };
	int error;

	memcpy(m.at, files[_i].bytes, m.size);
	error = decode(&m);
	ck_assert_int_lt(error, 0);
	ck_assert_msg(strstr(why, files[_i].words), "%s", why);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("symbols_kallsyms");

	unit_add_loop(suite, every_layout_is_read, MADE_LAYOUTS);
	unit_add(suite, a_number_behind_the_markers);
	unit_add_loop(suite, kind_version_and_build_id, MADE_LAYOUTS);
	unit_add(suite, two_build_ids_are_none);
	unit_add_loop(suite, alternatives_may_differ, MADE_LAYOUTS);
	unit_add(suite, compressed_with_gzip);
	unit_add_loop(suite, cut_images, MADE_LAYOUTS);
	unit_add_loop(suite, damaged_tables, 6 * MADE_LAYOUTS);
	unit_add(suite, no_entry);
	unit_add(suite, a_header_without_a_branch);
	unit_add_loop(suite, a_branch_to_elsewhere, MADE_LAYOUTS);
	unit_add(suite, a_table_of_other_code);
	unit_add(suite, code_outside_the_image);
	unit_add(suite, a_name_that_is_too_long);
	unit_add(suite, too_many_places);
	unit_add_loop(suite, other_files, 7);
	return unit_run(suite);
}
