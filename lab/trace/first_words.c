// SPDX-License-Identifier: GPL-2.0
#include <elf.h>
#include <string.h>

#include "first_words.h"
#include "insn.h"

struct file {
	const unsigned char *bytes;
	size_t size;
	Elf64_Ehdr header;
};

/* The function: its section, and where in it. */
struct place {
	unsigned int section;
	uint64_t offset, size;
};

static const char cut_short[] = "the ELF file is cut or damaged";

static bool is_in(const struct file *file, uint64_t offset, uint64_t size)
{
	return offset <= file->size && size <= file->size - offset;
}

static bool get(const struct file *file, uint64_t offset, void *to, size_t size)
{
	if (!is_in(file, offset, size))
		return false;
	memcpy(to, file->bytes + offset, size);
	return true;
}

/* A section header whose content is in the file. */
static bool section(const struct file *file, unsigned int n, Elf64_Shdr *s)
{
	return n < file->header.e_shnum &&
	       get(file, file->header.e_shoff + (uint64_t)n * sizeof(*s), s,
		   sizeof(*s)) &&
	       (s->sh_type == SHT_NOBITS ||
		is_in(file, s->sh_offset, s->sh_size));
}

/* Is this the string at an offset of a section of strings? */
static bool is_string(const struct file *file, const Elf64_Shdr *strings,
		      uint64_t offset, const char *text)
{
	size_t length = strlen(text) + 1;

	return strings->sh_type == SHT_STRTAB && offset < strings->sh_size &&
	       length <= strings->sh_size - offset &&
	       !memcmp(file->bytes + strings->sh_offset + offset, text, length);
}

static bool is_named(const struct file *file, const Elf64_Shdr *s,
		     const char *name)
{
	Elf64_Shdr strings;

	return section(file, file->header.e_shstrndx, &strings) &&
	       is_string(file, &strings, s->sh_name, name);
}

/* A list of patched code that was cut off would leave the pattern wrong. */
static const char *open_file(struct file *file, const void *elf, size_t size)
{
	Elf64_Shdr s;
	unsigned int n;

	file->bytes = elf;
	file->size = size;
	if (!get(file, 0, &file->header, sizeof(file->header)) ||
	    memcmp(file->header.e_ident, ELFMAG, SELFMAG))
		return "no ELF file";
	if (file->header.e_ident[EI_CLASS] != ELFCLASS64 ||
	    file->header.e_ident[EI_DATA] != ELFDATA2LSB ||
	    file->header.e_machine != EM_AARCH64)
		return "no ELF file for arm64";
	if (file->header.e_shentsize != sizeof(Elf64_Shdr))
		return cut_short;
	for (n = 0; n < file->header.e_shnum; n++)
		if (!section(file, n, &s))
			return cut_short;
	return NULL;
}

static bool symbol_at(const struct file *file, const Elf64_Shdr *table,
		      uint64_t n, Elf64_Sym *symbol)
{
	return n < table->sh_size / sizeof(*symbol) &&
	       get(file, table->sh_offset + n * sizeof(*symbol), symbol,
		   sizeof(*symbol));
}

static bool find_table(const struct file *file, Elf64_Shdr *table,
		       Elf64_Shdr *strings)
{
	unsigned int n;

	for (n = 0; n < file->header.e_shnum; n++)
		if (section(file, n, table) && table->sh_type == SHT_SYMTAB)
			return section(file, table->sh_link, strings);
	return false;
}

static const char *find_function(const struct file *file, const char *name,
				 struct place *place)
{
	Elf64_Shdr table, strings, text;
	Elf64_Sym symbol;
	uint64_t n;

	if (!find_table(file, &table, &strings))
		return "the ELF file has no symbols";
	for (n = 0; symbol_at(file, &table, n, &symbol); n++)
		if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC &&
		    symbol.st_shndx != SHN_UNDEF &&
		    is_string(file, &strings, symbol.st_name, name))
			break;
	if (!symbol_at(file, &table, n, &symbol))
		return "the ELF file has no such function";
	if (!section(file, symbol.st_shndx, &text) ||
	    text.sh_type != SHT_PROGBITS)
		return cut_short;
	place->section = symbol.st_shndx;
	place->offset = symbol.st_value;
	if (file->header.e_type != ET_REL)
		place->offset -= text.sh_addr;
	place->size = symbol.st_size;
	if (place->offset > text.sh_size ||
	    place->size > text.sh_size - place->offset)
		return cut_short;
	return NULL;
}

static void leave_open(struct pattern *pattern, const struct place *place,
		       uint64_t offset, uint64_t bytes)
{
	unsigned int i;

	for (i = 0; i < pattern->words; i++) {
		uint64_t at = place->offset + 4 * (uint64_t)i;

		if (at + 4 > offset && at < offset + bytes)
			pattern->any[i] = true;
	}
}

/* Lists of places in the code that the kernel patches, as relocated offsets. */
static const struct patched {
	const char *section;
	uint64_t entry;		/* bytes of an entry, which begins with the place */
	uint64_t length_at;	/* where its length is, one byte; 0: one word */
} lists[] = {
	{ ".altinstructions", 12, 10 },	/* asm/alternative.h: struct alt_instr */
	{ "__jump_table", 16, 0 },	/* linux/jump_label.h: struct jump_entry */
};

enum { LISTS = sizeof(lists) / sizeof(lists[0]) };

static uint64_t length_of(const struct file *file, const struct patched *list,
			  const Elf64_Shdr *entries, uint64_t offset)
{
	unsigned char length;

	if (!list->length_at)
		return 4;
	if (offset >= entries->sh_size ||
	    !get(file, entries->sh_offset + offset + list->length_at, &length, 1))
		return 4;
	return length;
}

/* One relocation of a list: the place that it names. */
static void leave_patched(const struct file *file, struct pattern *pattern,
			  const struct place *place, const struct patched *list,
			  const Elf64_Shdr *relocations, const Elf64_Rela *r)
{
	Elf64_Shdr table, entries;
	Elf64_Sym symbol;

	if (r->r_offset % list->entry ||
	    !section(file, relocations->sh_link, &table) ||
	    !section(file, relocations->sh_info, &entries) ||
	    !symbol_at(file, &table, ELF64_R_SYM(r->r_info), &symbol) ||
	    symbol.st_shndx != place->section)
		return;
	leave_open(pattern, place, symbol.st_value + (uint64_t)r->r_addend,
		   length_of(file, list, &entries, r->r_offset));
}

static const struct patched *list_of(const struct file *file,
				     const Elf64_Shdr *relocations)
{
	Elf64_Shdr of;
	unsigned int i;

	if (!section(file, relocations->sh_info, &of))
		return NULL;
	for (i = 0; i < LISTS; i++)
		if (is_named(file, &of, lists[i].section))
			return &lists[i];
	return NULL;
}

static void leave_relocated(const struct file *file, struct pattern *pattern,
			    const struct place *place,
			    const Elf64_Shdr *relocations)
{
	const struct patched *list = list_of(file, relocations);
	bool of_code = relocations->sh_info == place->section;
	uint64_t offset;
	Elf64_Rela r;

	if (!of_code && !list)
		return;
	for (offset = 0; offset + sizeof(r) <= relocations->sh_size;
	     offset += sizeof(r)) {
		if (!get(file, relocations->sh_offset + offset, &r, sizeof(r)))
			return;
		if (of_code)
			leave_open(pattern, place, r.r_offset, 4);
		else
			leave_patched(file, pattern, place, list, relocations,
				      &r);
	}
}

static const char *take(const struct file *file, struct pattern *pattern,
			const struct place *place)
{
	Elf64_Shdr text, s;
	unsigned int i, given = 0;

	if (!section(file, place->section, &text))
		return cut_short;
	*pattern = (struct pattern){ 0 };
	while (pattern->words < FIRST_WORDS &&
	       4 * ((uint64_t)pattern->words + 1) <= place->size) {
		i = pattern->words++;
		if (!get(file, text.sh_offset + place->offset + 4 * (uint64_t)i,
			 &pattern->word[i], 4))
			return cut_short;
		if (file->header.e_type == ET_REL &&
		    pattern->word[i] == INSN_NOP)
			pattern->any[i] = true;
	}
	for (i = 0; i < file->header.e_shnum; i++)
		if (section(file, i, &s) && s.sh_type == SHT_RELA)
			leave_relocated(file, pattern, place, &s);
	for (i = 0; i < pattern->words; i++)
		given += !pattern->any[i];
	return given < MARK_WORDS_MIN ? "the function is too short" : NULL;
}

const char *first_words(struct pattern *pattern, const void *elf, size_t size,
			const char *function)
{
	struct place place;
	struct file file;
	const char *why = open_file(&file, elf, size);

	if (!why)
		why = find_function(&file, function, &place);
	if (!why)
		why = take(&file, pattern, &place);
	return why;
}
