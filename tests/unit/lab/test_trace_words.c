// SPDX-License-Identifier: GPL-2.0
/* The first words of a function, from an ELF file that is made up. */
#include <elf.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "lab/trace/first_words.h"

enum { TEXT = 1, RELA_TEXT, ALT, RELA_ALT, SYMTAB, STRTAB, SHSTRTAB, SECTIONS };

/*
 * A module with two functions. The first word of "fire" is a nop, its fourth one
 * is relocated, its sixth is an alternative, and "short" has 3 words.
 */
static struct elf {
	Elf64_Ehdr header;
	Elf64_Shdr section[SECTIONS];
	Elf64_Sym symbol[3];
	Elf64_Rela rela_text[1], rela_alt[2];
	uint32_t text[12];
	unsigned char alt[12];
	char strings[16], names[64];
} elf;

static void describe(int n, unsigned int type, const void *content, size_t size,
		     unsigned int link, unsigned int info)
{
	elf.section[n].sh_type = type;
	elf.section[n].sh_offset = (uint64_t)((const char *)content -
					      (const char *)&elf);
	elf.section[n].sh_size = size;
	elf.section[n].sh_link = link;
	elf.section[n].sh_info = info;
}

static void begin(void)
{
	static const uint32_t text[12] = {
		0xd503201f, 0xa9bc7bfd, 0x910003fd, 0x90000002, 0x91000042,
		0xd538d083, 0xf8636853, 0xb4000113, 0xd65f03c0,
		0xd2800000, 0xd2800000, 0xd65f03c0,
	};

	memset(&elf, 0, sizeof(elf));
	memcpy(elf.header.e_ident, ELFMAG, SELFMAG);
	elf.header.e_ident[EI_CLASS] = ELFCLASS64;
	elf.header.e_ident[EI_DATA] = ELFDATA2LSB;
	elf.header.e_type = ET_REL;
	elf.header.e_machine = EM_AARCH64;
	elf.header.e_shoff = offsetof(struct elf, section);
	elf.header.e_shentsize = sizeof(Elf64_Shdr);
	elf.header.e_shnum = SECTIONS;
	elf.header.e_shstrndx = SHSTRTAB;
	memcpy(elf.text, text, sizeof(text));
	memcpy(elf.strings, "\0fire\0short", 12);
	memcpy(elf.names, "\0.altinstructions", 18);
	describe(TEXT, SHT_PROGBITS, elf.text, sizeof(elf.text), 0, 0);
	describe(RELA_TEXT, SHT_RELA, elf.rela_text, sizeof(elf.rela_text),
		 SYMTAB, TEXT);
	describe(ALT, SHT_PROGBITS, elf.alt, sizeof(elf.alt), 0, 0);
	elf.section[ALT].sh_name = 1;
	describe(RELA_ALT, SHT_RELA, elf.rela_alt, sizeof(elf.rela_alt),
		 SYMTAB, ALT);
	describe(SYMTAB, SHT_SYMTAB, elf.symbol, sizeof(elf.symbol), STRTAB, 0);
	describe(STRTAB, SHT_STRTAB, elf.strings, sizeof(elf.strings), 0, 0);
	describe(SHSTRTAB, SHT_STRTAB, elf.names, sizeof(elf.names), 0, 0);
	elf.symbol[1] = (Elf64_Sym){ 1, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), 0,
				     TEXT, 0, 36 };
	elf.symbol[2] = (Elf64_Sym){ 6, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), 0,
				     TEXT, 36, 12 };
	elf.rela_text[0].r_offset = 12;
	elf.rela_alt[0].r_info = ELF64_R_INFO(1, R_AARCH64_PREL32);
	elf.rela_alt[0].r_addend = 20;
	elf.rela_alt[1].r_offset = 4;
	elf.rela_alt[1].r_info = ELF64_R_INFO(1, R_AARCH64_PREL32);
	elf.rela_alt[1].r_addend = 24;
	elf.alt[10] = 4;
}

static const char *pattern_of(const char *function, char text[MARK_TEXT])
{
	struct pattern pattern;
	const char *why = first_words(&pattern, &elf, sizeof(elf), function);

	if (!why)
		pattern_print(&pattern, text);
	return why;
}

START_TEST(a_module)
{
	char text[MARK_TEXT];

	ck_assert_ptr_null(pattern_of("fire", text));
	ck_assert_str_eq(text, "xa9bc7bfd910003fdx91000042x"
			       "f8636853b4000113d65f03c0");
}
END_TEST

/* The relocations of a linked program are done, and its nops are its own. */
START_TEST(a_program)
{
	char text[MARK_TEXT];

	elf.header.e_type = ET_EXEC;
	elf.section[TEXT].sh_addr = 0x40000000;
	elf.symbol[1].st_value = 0x40000000;
	elf.section[RELA_TEXT].sh_type = SHT_NULL;
	elf.section[RELA_ALT].sh_type = SHT_NULL;
	ck_assert_ptr_null(pattern_of("fire", text));
	ck_assert_str_eq(text, "d503201fa9bc7bfd910003fd9000000291000042"
			       "d538d083f8636853b4000113d65f03c0");
}
END_TEST

/* An alternative of two instructions. */
START_TEST(all_that_is_patched)
{
	char text[MARK_TEXT];

	elf.alt[10] = 8;
	ck_assert_ptr_null(pattern_of("fire", text));
	ck_assert_str_eq(text, "xa9bc7bfd910003fdx91000042xxb4000113d65f03c0");
}
END_TEST

START_TEST(what_has_none)
{
	char text[MARK_TEXT];

	ck_assert_str_eq(pattern_of("short", text),
			 "the function is too short");
	ck_assert_str_eq(pattern_of("fir", text),
			 "the ELF file has no such function");
	elf.symbol[1].st_size = sizeof(elf.text) + 4;
	ck_assert_str_eq(pattern_of("fire", text),
			 "the ELF file is cut or damaged");
	elf.header.e_machine = EM_X86_64;
	ck_assert_str_eq(pattern_of("fire", text), "no ELF file for arm64");
	elf.header.e_ident[0] = 0;
	ck_assert_str_eq(pattern_of("fire", text), "no ELF file");
}
END_TEST

/* Each length, in memory of just this length. */
START_TEST(cut_anywhere)
{
	const size_t size = offsetof(struct elf, names) + sizeof(elf.names);
	struct pattern pattern;
	size_t n;

	for (n = 0; n < size; n++) {
		void *copy = malloc(n + !n);

		memcpy(copy, &elf, n);
		ck_assert_ptr_nonnull(first_words(&pattern, copy, n, "fire"));
		free(copy);
	}
}
END_TEST

/* Each byte, with each of these values. */
START_TEST(damaged_anywhere)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	unsigned char *byte = (unsigned char *)&elf;
	struct pattern pattern;
	size_t n, v;

	for (n = 0; n < sizeof(elf); n++)
		for (v = 0; v < sizeof(values); v++) {
			unsigned char was = byte[n];

			byte[n] = values[v];
			first_words(&pattern, &elf, sizeof(elf), "fire");
			byte[n] = was;
		}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace: first words");

	unit_between(begin, NULL);
	unit_add(suite, a_module);
	unit_add(suite, a_program);
	unit_add(suite, all_that_is_patched);
	unit_add(suite, what_has_none);
	unit_add(suite, cut_anywhere);
	unit_add(suite, damaged_anywhere);
	return unit_run(suite);
}
