/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes small ELF files for arm64: a module (relocatable), or a program that is
 * linked to MADE_ELF_ADDRESS.
 */
#ifndef XLAT_MADE_ELF_H
#define XLAT_MADE_ELF_H

#include <elf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MADE_ELF_ADDRESS	0x40080000

/* Sections by their number in the file. */
enum made_elf_section {
	MADE_NULL, MADE_TEXT, MADE_INIT, MADE_DATA, MADE_BSS, MADE_NOTE,
	MADE_MODINFO, MADE_ALTERNATIVES, MADE_RELA_TEXT, MADE_RELA_ALTERNATIVES,
	MADE_SYMTAB, MADE_STRTAB, MADE_SHSTRTAB, MADE_ELF_SECTIONS,
};

/**
 * struct made_elf - the file
 * @at: its bytes, room for MADE_ELF_ROOM; free() it
 * @size: how many
 * @section: the headers of its sections, written by made_elf_finish()
 */
struct made_elf {
	unsigned char *at;
	size_t size;
	Elf64_Shdr section[MADE_ELF_SECTIONS];
	char names[256];
	size_t names_size;
	Elf64_Half type;
};

enum { MADE_ELF_ROOM = 8192 };

static inline size_t made_elf_add(struct made_elf *e, const void *bytes,
				  size_t size)
{
	size_t at = (e->size + 7) & ~(size_t)7;

	if (at + size > MADE_ELF_ROOM)
		abort();
	if (bytes)
		memcpy(e->at + at, bytes, size);
	e->size = at + size;
	return at;
}

static inline void made_elf_section(struct made_elf *e, enum made_elf_section n,
				    const char *name, Elf64_Word type,
				    Elf64_Xword flags, const void *bytes,
				    size_t size)
{
	Elf64_Shdr *s = &e->section[n];

	*s = (Elf64_Shdr) {
		.sh_name = (Elf64_Word)e->names_size, .sh_type = type,
		.sh_flags = flags, .sh_size = size, .sh_addralign = 8,
	};
	s->sh_offset = type == SHT_NOBITS ? e->size :
		       made_elf_add(e, bytes, size);
	if ((flags & SHF_ALLOC) && e->type != ET_REL)
		s->sh_addr = MADE_ELF_ADDRESS + s->sh_offset;
	strcpy(e->names + e->names_size, name);
	e->names_size += strlen(name) + 1;
}

/** made_elf_finish() - write the headers of the file and of its sections */
static inline void made_elf_finish(struct made_elf *e)
{
	Elf64_Ehdr h = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
			     ELFDATA2LSB, EV_CURRENT },
		.e_type = e->type, .e_machine = EM_AARCH64,
		.e_version = EV_CURRENT, .e_ehsize = sizeof(h),
		.e_shentsize = sizeof(Elf64_Shdr), .e_shnum = MADE_ELF_SECTIONS,
		.e_shstrndx = MADE_SHSTRTAB,
	};

	h.e_shoff = made_elf_add(e, e->section, sizeof(e->section));
	memcpy(e->at, &h, sizeof(h));
}

/* The strings of the symbols, each at a known place. */
#define MADE_STRINGS	"\0main.c\0entry\0helper\0$x\0setup\0table\0label\0weakly"

enum {
	NAME_MAIN_C = 1, NAME_ENTRY = 8, NAME_HELPER = 14, NAME_X = 21, NAME_SETUP = 24,
	NAME_TABLE = 30, NAME_LABEL = 36, NAME_WEAKLY = 42,
};

static inline Elf64_Sym made_symbol(const struct made_elf *e, Elf64_Word name,
				    int bind, int type, Elf64_Half section,
				    Elf64_Addr value, Elf64_Xword size)
{
	return (Elf64_Sym) {
		.st_name = name, .st_info = ELF64_ST_INFO(bind, type),
		.st_shndx = section, .st_size = size,
		.st_value = value + (section < MADE_ELF_SECTIONS ?
				     e->section[section].sh_addr : 0),
	};
}

static inline void made_elf_symbols(struct made_elf *e)
{
	const Elf64_Sym list[] = {
		{ 0 },
		made_symbol(e, NAME_MAIN_C, STB_LOCAL, STT_FILE, SHN_ABS, 0, 0),
		made_symbol(e, NAME_TABLE, STB_LOCAL, STT_SECTION, MADE_TEXT, 0, 0),
		made_symbol(e, NAME_X, STB_LOCAL, STT_NOTYPE, MADE_TEXT, 0, 0),
		made_symbol(e, NAME_HELPER, STB_LOCAL, STT_FUNC, MADE_TEXT, 16, 12),
		made_symbol(e, NAME_LABEL, STB_LOCAL, STT_NOTYPE, MADE_TEXT, 32, 0),
		made_symbol(e, NAME_TABLE, STB_LOCAL, STT_OBJECT, MADE_TEXT, 48, 8),
		made_symbol(e, NAME_SETUP, STB_LOCAL, STT_FUNC, MADE_INIT, 0, 16),
		made_symbol(e, NAME_ENTRY, STB_GLOBAL, STT_FUNC, MADE_TEXT, 0, 16),
		made_symbol(e, NAME_WEAKLY, STB_WEAK, STT_FUNC, MADE_TEXT, 0, 16),
		made_symbol(e, NAME_TABLE, STB_GLOBAL, STT_OBJECT, MADE_DATA, 0, 8),
		made_symbol(e, NAME_ENTRY, STB_GLOBAL, STT_NOTYPE, SHN_UNDEF, 0, 0),
	};

	made_elf_section(e, MADE_SYMTAB, ".symtab", SHT_SYMTAB, 0, list,
			 sizeof(list));
	e->section[MADE_SYMTAB].sh_link = MADE_STRTAB;
	e->section[MADE_SYMTAB].sh_info = 8;
	e->section[MADE_SYMTAB].sh_entsize = sizeof(Elf64_Sym);
}

/* In a program, the list of alternatives is linked; in a module, relocated. */
static inline void made_elf_variable(struct made_elf *e)
{
	const Elf64_Rela text[] = {
		{ e->section[MADE_TEXT].sh_addr,
		  ELF64_R_INFO(3, R_AARCH64_CALL26), 0 },
		{ e->section[MADE_TEXT].sh_addr + 4,
		  ELF64_R_INFO(3, R_AARCH64_ADD_ABS_LO12_NC), 0 },
		{ e->section[MADE_TEXT].sh_addr + 48,
		  ELF64_R_INFO(3, R_AARCH64_ABS64), 0 },
	};
	const Elf64_Rela alternative = {
		12, ELF64_R_INFO(2, R_AARCH64_PREL32), 24,
	};
	struct {
		int32_t from, to;
		uint16_t feature;
		uint8_t size, new_size;
	} list[4];
	size_t i;

	memset(list, 0, sizeof(list));
	for (i = 0; i < 4; i++) {
		list[i].size = list[i].new_size = 4;
		if (e->type == ET_REL)
			continue;
		/* the section comes next */
		list[i].from = (int32_t)(e->section[MADE_TEXT].sh_offset + 24 -
					 ((e->size + 7) & ~(size_t)7) - 12 * i);
		list[i].to = list[i].from;
	}
	made_elf_section(e, MADE_ALTERNATIVES, ".altinstructions", SHT_PROGBITS,
			 SHF_ALLOC, list, sizeof(list));
	made_elf_section(e, MADE_RELA_TEXT, ".rela.text", SHT_RELA, 0, text,
			 sizeof(text));
	made_elf_section(e, MADE_RELA_ALTERNATIVES, ".rela.altinstructions",
			 SHT_RELA, 0, &alternative, sizeof(alternative));
	for (i = MADE_RELA_TEXT; i <= MADE_RELA_ALTERNATIVES; i++) {
		e->section[i].sh_link = MADE_SYMTAB;
		e->section[i].sh_entsize = sizeof(Elf64_Rela);
	}
	e->section[MADE_RELA_TEXT].sh_info = MADE_TEXT;
	e->section[MADE_RELA_ALTERNATIVES].sh_info = MADE_ALTERNATIVES;
}

/** made_elf() - make a file without made_elf_finish(); @type: ET_REL, ET_EXEC */
static inline struct made_elf made_elf(Elf64_Half type)
{
	static const uint32_t note[] = { 4, 20, 3, 0x554e47, 1, 2, 3, 4, 5 };
	static const uint32_t code[14] = {
		0x94000000, 0x91000000, 0xd503201f, 0xd65f03c0,	/* entry */
		0x52800000, 0x91000400, 0xd5384100, 0xd65f03c0,	/* helper */
	};
	struct made_elf e = { .at = calloc(1, MADE_ELF_ROOM), .type = type };

	if (!e.at)
		abort();
	e.size = sizeof(Elf64_Ehdr);
	made_elf_section(&e, MADE_NULL, "", SHT_NULL, 0, NULL, 0);
	made_elf_section(&e, MADE_TEXT, ".text", SHT_PROGBITS,
			 SHF_ALLOC | SHF_EXECINSTR, code, sizeof(code));
	made_elf_section(&e, MADE_INIT, ".init.text", SHT_PROGBITS,
			 SHF_ALLOC | SHF_EXECINSTR, code, 16);
	made_elf_section(&e, MADE_DATA, ".data", SHT_PROGBITS,
			 SHF_ALLOC | SHF_WRITE, "1234567", 8);
	made_elf_section(&e, MADE_BSS, ".bss", SHT_NOBITS,
			 SHF_ALLOC | SHF_WRITE, NULL, 1 << 20);
	made_elf_section(&e, MADE_NOTE, ".note.gnu.build-id", SHT_NOTE,
			 SHF_ALLOC, note, sizeof(note));
	made_elf_section(&e, MADE_MODINFO, ".modinfo", SHT_PROGBITS,
			 0, "name=x", 7);
	made_elf_variable(&e);
	made_elf_symbols(&e);
	made_elf_section(&e, MADE_STRTAB, ".strtab", SHT_STRTAB, 0, MADE_STRINGS,
			 sizeof(MADE_STRINGS));
	made_elf_section(&e, MADE_SHSTRTAB, ".shstrtab", SHT_STRTAB, 0, NULL,
			 sizeof(e.names));
	memcpy(e.at + e.section[MADE_SHSTRTAB].sh_offset, e.names,
	       sizeof(e.names));
	return e;
}

#endif
