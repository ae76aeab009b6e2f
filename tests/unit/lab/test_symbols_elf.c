// SPDX-License-Identifier: GPL-2.0
/* Symbols of ELF files: symbols_elf.c, symbols_variable.c. */
#include <errno.h>

#include "lab/symbols/symbols_elf.h"
#include "lab/symbols/symbols_variable.h"
#include "tests/unit/lab/made_elf.h"
#include "tests/unit/unit.h"

static struct made_elf e;
static unsigned char *exact;
static struct symbols table;
static struct elf_facts facts;
static char why[SYMBOLS_WHY];
static struct symbols_found found;

static void begin(void)
{
	e = made_elf(ET_REL);
}

static void end(void)
{
	symbols_free(&table);
	free(e.at);
	free(exact);
	exact = NULL;
}

/* Reads the first @size bytes. */
static int read_part(size_t size)
{
	struct bytes b;

	free(exact);
	exact = malloc(size ? size : 1);
	memcpy(exact, e.at, size);
	b = (struct bytes) { exact, size };
	*why = '\0';
	symbols_free(&table);
	return elf_read(&b, &table, &facts, why);
}

static int read_all(void)
{
	made_elf_finish(&e);
	return read_part(e.size);
}

static void refused(int error, const char *words)
{
	ck_assert_int_eq(read_all(), error);
	ck_assert_msg(strstr(why, words), "%s", why);
	ck_assert_uint_eq(table.count + table.section_count, 0);
}

static void is_in(size_t section, uint64_t offset, const char *name,
		  const char *owner, uint64_t from, uint64_t size)
{
	ck_assert(symbols_in(&table, section, offset, &found));
	ck_assert_str_eq(found.name, name);
	ck_assert_str_eq(found.owner, owner);
	ck_assert_uint_eq(found.offset, from);
	ck_assert_uint_eq(found.size, size);
}

START_TEST(a_module_has_sections_without_addresses)
{
	ck_assert_msg(!read_all(), "%s", why);
	ck_assert_int_eq(facts.kind, ELF_MODULE);
	ck_assert_str_eq(facts.build_id,
			 "0100000002000000030000000400000005000000");
	ck_assert_uint_eq(table.section_count, 2);
	ck_assert(!table.sections[0].is_placed && !table.sections[1].is_placed);
	ck_assert_int_eq(symbols_section(&table, ".text"), 0);
	ck_assert_int_eq(symbols_section(&table, ".init.text"), 1);
	ck_assert_uint_eq(table.count, 6);
	is_in(0, 12, "entry", "", 12, 16);
	is_in(0, 16, "helper", "main.c", 0, 12);
	ck_assert(!symbols_in(&table, 0, 28, &found));	/* behind its size */
	is_in(0, 36, "label", "main.c", 4, 16);
	ck_assert(!symbols_in(&table, 0, 48, &found));	/* an object */
	is_in(1, 4, "setup", "main.c", 4, 16);

	ck_assert(!symbols_at(&table, 0x1004, &found));
	ck_assert_int_eq(symbols_place(&table, 0, 0x1000), 0);
	ck_assert(symbols_at(&table, 0x1004, &found));
	ck_assert_str_eq(found.name, "entry");
}
END_TEST

START_TEST(an_object_is_no_module)
{
	memcpy(e.names + e.section[MADE_MODINFO].sh_name, ".mod", 5);
	memcpy(e.at + e.section[MADE_SHSTRTAB].sh_offset, e.names,
	       sizeof(e.names));
	ck_assert_int_eq(read_all(), 0);
	ck_assert_int_eq(facts.kind, ELF_OBJECT);
}
END_TEST

START_TEST(a_program_is_placed)
{
	uint64_t text;

	free(e.at);
	e = made_elf(ET_EXEC);
	text = e.section[MADE_TEXT].sh_addr;
	ck_assert_msg(!read_all(), "%s", why);
	ck_assert_int_eq(facts.kind, ELF_PROGRAM);
	ck_assert(symbols_at(&table, text + 20, &found));
	ck_assert_str_eq(found.name, "helper");
	ck_assert_uint_eq(found.offset, 4);
	ck_assert_int_eq(symbols_shift(&table, 0x800), 0);
	ck_assert(symbols_at(&table, text + 0x800, &found));
	ck_assert_str_eq(found.name, "entry");
}
END_TEST

static void check_bits(uint64_t offset, uint32_t bits)
{
	ck_assert_uint_eq(variable_bits(&table.sections[0], offset), bits);
}

START_TEST(words_that_a_loader_changes)
{
	free(e.at);
	e = made_elf(_i ? ET_EXEC : ET_REL);
	ck_assert_msg(!read_all(), "%s", why);
	check_bits(0, 0x03ffffff);	/* bl */
	check_bits(4, 0x003ffc00);	/* add */
	check_bits(8, 0);
	check_bits(20, 0);
	check_bits(24, 0xffffffff);	/* an alternative */
	check_bits(28, 0);
	check_bits(48, 0xffffffff);	/* an address: two words */
	check_bits(52, 0xffffffff);
	ck_assert_uint_eq(variable_bits(&table.sections[1], 0), 0);
}
END_TEST

/* libelf takes most of these for a file without sections, and says nothing. */
START_TEST(every_cut_is_refused)
{
	size_t size;

	made_elf_finish(&e);
	ck_assert_int_eq(read_part(e.size), 0);
	for (size = 0; size < e.size; size++) {
		ck_assert_int_eq(read_part(size), -EINVAL);
		ck_assert_msg(strstr(why, "cut"), "%zu: %s", size, why);
		ck_assert_uint_eq(table.section_count, 0);
	}
}
END_TEST

START_TEST(a_section_beyond_the_end)
{
	static const enum made_elf_section sections[] = {
		MADE_TEXT, MADE_DATA, MADE_SYMTAB, MADE_STRTAB,
	};

	e.section[sections[_i]].sh_offset = UINT64_MAX - 3;
	refused(-EINVAL, "cut");
}
END_TEST

START_TEST(another_machine)
{
	made_elf_finish(&e);
	e.at[18] = EM_X86_64;
	ck_assert_int_eq(read_part(e.size), -EINVAL);
	ck_assert_ptr_nonnull(strstr(why, "not for arm64 (machine 62)"));
	e.at[18] = EM_AARCH64;
	e.at[EI_CLASS] = ELFCLASS32;
	ck_assert_int_eq(read_part(e.size), -EINVAL);
	e.at[EI_CLASS] = ELFCLASS64;
	e.at[EI_DATA] = ELFDATA2MSB;
	ck_assert_int_eq(read_part(e.size), -EINVAL);
}
END_TEST

START_TEST(stripped)
{
	e.section[MADE_SYMTAB].sh_type = SHT_PROGBITS;
	refused(-ENOENT, "stripped");
	e.at[40] = e.at[41] = 0;	/* no list of sections */
	ck_assert_int_eq(read_part(e.size), -ENOENT);
	ck_assert_ptr_nonnull(strstr(why, "stripped"));
}
END_TEST

START_TEST(without_code)
{
	e.section[MADE_TEXT].sh_flags = SHF_ALLOC;
	e.section[MADE_INIT].sh_flags = SHF_ALLOC;
	refused(-ENOENT, "without code");
}
END_TEST

START_TEST(two_sections_at_one_address)
{
	free(e.at);
	e = made_elf(ET_EXEC);
	e.section[MADE_INIT].sh_addr = e.section[MADE_TEXT].sh_addr + 8;
	refused(-EINVAL, "the same address");
}
END_TEST

/* More relocations than words. */
START_TEST(hostile_relocations)
{
	e.section[MADE_RELA_TEXT].sh_info = MADE_INIT;
	e.section[MADE_SYMTAB].sh_type = SHT_RELA;
	e.section[MADE_SYMTAB].sh_info = MADE_INIT;
	e.section[MADE_SYMTAB].sh_link = MADE_SYMTAB;
	memset(e.at + e.section[MADE_SYMTAB].sh_offset, 1,
	       e.section[MADE_SYMTAB].sh_size);
	refused(-EINVAL, "more words change than there are");
}
END_TEST

START_TEST(masks_of_relocations)
{
	static const struct {
		uint32_t type, mask;
	} of[] = {
		{ R_AARCH64_JUMP26, 0x03ffffff },
		{ R_AARCH64_ADR_PREL_PG_HI21, 0xe0ffffe0 },
		{ R_AARCH64_LDST64_ABS_LO12_NC, 0x003ffc00 },
		{ R_AARCH64_LDST128_ABS_LO12_NC, 0x003ffc00 },
		{ R_AARCH64_CONDBR19, 0x00ffffe0 },
		{ R_AARCH64_TSTBR14, 0x0007ffe0 },
		{ R_AARCH64_MOVW_UABS_G3, 0x601fffe0 },
		{ R_AARCH64_PREL32, 0xffffffff },
		{ 9999, 0xffffffff },
		{ R_AARCH64_NONE, 0 },
	};
	struct symbols_section s = { .size = 64, .byte_count = 64 };

	ck_assert_int_eq(variable_relocate(&s, 10, of[_i].type), 0);
	ck_assert_int_eq(variable_relocate(&s, 32, R_AARCH64_CALL26), 0);
	ck_assert_int_eq(variable_relocate(&s, 48, R_AARCH64_JUMP26), 0);
	ck_assert_int_eq(variable_relocate(&s, 24, R_AARCH64_JUMP26), 0);
	ck_assert_int_eq(variable_relocate(&s, 48, R_AARCH64_MOVW_UABS_G0), 0);
	variable_sort(&s);
	ck_assert_uint_eq(variable_bits(&s, 24), 0x03ffffff);
	ck_assert_uint_eq(variable_bits(&s, 48), 0x63ffffff);
	ck_assert_uint_eq(variable_bits(&s, 8), of[_i].mask);
	ck_assert_uint_eq(variable_bits(&s, 32), 0x03ffffff);
	ck_assert_uint_eq(variable_bits(&s, 4), 0);
	free(s.variable);
}
END_TEST

/* An entry of a list of alternatives: s32, s32, u16, u8, u8. */
struct entry {
	int32_t from, to;
	uint16_t feature;
	uint8_t size, new_size;
};

static const struct {
	size_t count;		/* entries like this one */
	struct entry entry;
	bool is_list;
} lists[] = {
	{ 4, { -64, -32, 5, 8, 8 }, true },
	{ 4, { -64, -32, 0x8005, 8, 0 }, true },	/* computed */
	{ 3, { -64, -32, 5, 8, 8 }, false },
	{ 4, { -63, -32, 5, 8, 8 }, false },
	{ 4, { -64, -31, 5, 8, 8 }, false },
	{ 4, { -64, -32, 5, 7, 7 }, false },
	{ 4, { -64, -32, 5, 0, 0 }, false },
	{ 4, { -64, -32, 5, 8, 4 }, false },
	{ 4, { -64, -32, 0x4005, 8, 8 }, false },
	{ 4, { -640, -32, 5, 8, 8 }, false },		/* no code there */
	{ 4, { 64, -32, 5, 8, 8 }, false },
};

START_TEST(lists_of_alternatives)
{
	struct entry list[5] = { 0 };
	struct bytes b = { (const unsigned char *)list, sizeof(list) };
	unsigned char code[60] = { 0 };
	size_t i;

	for (i = 0; i < lists[_i].count; i++)
		list[i] = lists[_i].entry;
	symbols_add_section(&table, ".text", sizeof(code), code, sizeof(code));
	ck_assert_int_eq(symbols_place(&table, 0, 0x1000), 0);
	ck_assert_int_eq(alternatives_find(&b, 0x1040, &table), 0);
	variable_sort(&table.sections[0]);
	/* the first points to the first word, the next to the fourth, ... */
	for (i = 0; i < 15; i++)
		check_bits(4 * i, lists[_i].is_list && i % 3 < 2 &&
			   i < 11 ? 0xffffffff : 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("symbols_elf");

	unit_between(begin, end);
	unit_add(suite, a_module_has_sections_without_addresses);
	unit_add(suite, an_object_is_no_module);
	unit_add(suite, a_program_is_placed);
	unit_add_loop(suite, words_that_a_loader_changes, 2);
	unit_add(suite, every_cut_is_refused);
	unit_add_loop(suite, a_section_beyond_the_end, 4);
	unit_add(suite, another_machine);
	unit_add(suite, stripped);
	unit_add(suite, without_code);
	unit_add(suite, two_sections_at_one_address);
	unit_add(suite, hostile_relocations);
	unit_add_loop(suite, masks_of_relocations, 10);
	unit_add_loop(suite, lists_of_alternatives,
		      sizeof(lists) / sizeof(*lists));
	return unit_run(suite);
}
