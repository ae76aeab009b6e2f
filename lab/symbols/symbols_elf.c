// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbols_elf.h"
#include "symbols_variable.h"

/* Offsets in the header of a 64-bit ELF file. */
enum { AT_MACHINE = 18, AT_HEADERS = 40, AT_HEADER_SIZE = 58, AT_HEADER_COUNT = 60 };

struct reading {
	const struct bytes *file;
	Elf *elf;
	GElf_Ehdr header;
	size_t names;		/* section with the names of the sections */
	size_t section_count;
	int *index;		/* of a section of the file in the table, or -1 */
	struct symbols *table;
	struct elf_facts *facts;
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

static int refuse_added(struct reading *r, int error)
{
	return error == -ENOMEM ? refuse(r, error, "no memory") :
	       error == -EINVAL ? refuse(r, error, "a name has more than %u characters",
					 SYMBOLS_NAME - 1) :
	       error ? refuse(r, error, "more symbols or sections than any program for the lab has") :
	       0;
}

bool elf_is(const struct bytes *file)
{
	return bytes_hold(file, 0, SELFMAG) && !memcmp(file->at, ELFMAG, SELFMAG);
}

/*
 * libelf finds no error in a file that is cut: it has no sections then. They are
 * usually at its end.
 */
static int check_header(struct reading *r)
{
	const struct bytes *f = r->file;
	uint64_t headers = bytes_u64(f, AT_HEADERS);
	uint64_t size = (uint64_t)bytes_u16(f, AT_HEADER_SIZE) *
			bytes_u16(f, AT_HEADER_COUNT);

	if (!bytes_hold(f, 0, sizeof(Elf64_Ehdr)))
		return refuse(r, -EINVAL, "cut: an ELF file of %zu bytes",
			      f->size);
	if (f->at[EI_CLASS] != ELFCLASS64 || f->at[EI_DATA] != ELFDATA2LSB ||
	    bytes_u16(f, AT_MACHINE) != EM_AARCH64)
		return refuse(r, -EINVAL, "an ELF file, but not for arm64 (machine %u)",
			      bytes_u16(f, AT_MACHINE));
	if (!headers)
		return refuse(r, -ENOENT, "an ELF file without sections: stripped of all symbols");
	if (!bytes_hold(f, headers, size ? size : sizeof(Elf64_Shdr)))
		return refuse(r, -EINVAL, "cut: the file has %zu bytes, but its list of sections ends at %llu",
			      f->size, (unsigned long long)(headers + size));
	return 0;
}

static int begin(struct reading *r)
{
	/* only read, although the parameter is not const */
	char *at = (char *)(uintptr_t)r->file->at;

	elf_version(EV_CURRENT);
	r->elf = elf_memory(at, r->file->size);
	if (!r->elf || elf_kind(r->elf) != ELF_K_ELF ||
	    !gelf_getehdr(r->elf, &r->header) ||
	    elf_getshdrnum(r->elf, &r->section_count) ||
	    elf_getshdrstrndx(r->elf, &r->names))
		return refuse(r, -EINVAL, "damaged: libelf says: %s",
			      elf_errmsg(-1));
	if (!r->section_count)
		return refuse(r, -EINVAL, "damaged: an ELF file without sections");
	r->index = malloc(r->section_count * sizeof(*r->index));
	return r->index ? 0 : refuse(r, -ENOMEM, "no memory");
}

static const char *name_of(const struct reading *r, const GElf_Shdr *header)
{
	const char *name = elf_strptr(r->elf, r->names, header->sh_name);

	return name ? name : "";
}

/* An unused entry has no bytes, nor does .bss. */
static int check_section(struct reading *r, const GElf_Shdr *header)
{
	if (header->sh_type == SHT_NULL || header->sh_type == SHT_NOBITS ||
	    bytes_hold(r->file, header->sh_offset, header->sh_size))
		return 0;
	return refuse(r, -EINVAL, "cut: a section lies beyond the end of the file");
}

static bool is_code(const GElf_Shdr *header)
{
	return (header->sh_flags & SHF_ALLOC) &&
	       (header->sh_flags & SHF_EXECINSTR) &&
	       header->sh_type != SHT_NOBITS && header->sh_size;
}

static int add_section(struct reading *r, size_t n, const GElf_Shdr *header)
{
	int index = symbols_add_section(r->table, name_of(r, header),
					header->sh_size,
					r->file->at + header->sh_offset,
					header->sh_size);

	if (index < 0)
		return refuse_added(r, index);
	r->index[n] = index;
	if (r->header.e_type != ET_REL &&
	    symbols_place(r->table, (size_t)index, header->sh_addr))
		return refuse(r, -EINVAL, "damaged: two sections have the same address");
	return 0;
}

static void note_section(struct reading *r, const GElf_Shdr *header)
{
	if (header->sh_type == SHT_NOTE && !*r->facts->build_id)
		image_note(r->file, header->sh_offset, r->facts->build_id);
	if (r->facts->kind == ELF_OBJECT && !strcmp(name_of(r, header), ".modinfo"))
		r->facts->kind = ELF_MODULE;
}

static int read_sections(struct reading *r)
{
	GElf_Shdr header;
	int error = 0;
	size_t n;

	r->facts->kind = r->header.e_type == ET_REL ? ELF_OBJECT : ELF_PROGRAM;
	for (n = 0; !error && n < r->section_count; n++) {
		r->index[n] = -1;
		if (!gelf_getshdr(elf_getscn(r->elf, n), &header))
			return refuse(r, -EINVAL, "damaged: libelf says: %s",
				      elf_errmsg(-1));
		error = check_section(r, &header);
		if (error)
			break;
		note_section(r, &header);
		if (is_code(&header))
			error = add_section(r, n, &header);
	}
	if (!error && !r->table->section_count)
		return refuse(r, -ENOENT, "an ELF file without code");
	return error;
}

/* The letter that nm prints for what is in a section with code. */
static char type_of(const GElf_Sym *symbol)
{
	int bind = GELF_ST_BIND(symbol->st_info);

	switch (GELF_ST_TYPE(symbol->st_info)) {
	case STT_FUNC:
	case STT_GNU_IFUNC:
	case STT_NOTYPE:
		return bind == STB_LOCAL ? 't' : bind == STB_WEAK ? 'W' : 'T';
	default:
		return bind == STB_LOCAL ? 'd' : 'D';
	}
}

static int add_symbol(struct reading *r, const GElf_Sym *symbol,
		      const char *name, const char *owner)
{
	bool is_local = GELF_ST_BIND(symbol->st_info) == STB_LOCAL;
	struct symbols_new new = {
		.size = symbol->st_size, .type = type_of(symbol),
		.is_label = GELF_ST_TYPE(symbol->st_info) == STT_NOTYPE,
		.name = name, .name_length = strlen(name),
		.owner = is_local ? owner : NULL,
		.owner_length = is_local ? strlen(owner) : 0,
	};
	GElf_Shdr header;

	if (symbol->st_shndx >= r->section_count ||
	    r->index[symbol->st_shndx] < 0)
		return 0;
	new.section = (size_t)r->index[symbol->st_shndx];
	new.offset = symbol->st_value;
	if (r->header.e_type != ET_REL &&
	    gelf_getshdr(elf_getscn(r->elf, symbol->st_shndx), &header))
		new.offset -= header.sh_addr;
	return refuse_added(r, symbols_add(r->table, &new));
}

/* A symbol of type FILE names the source of the local symbols behind it. */
static int read_symbols(struct reading *r, Elf_Scn *section, size_t names)
{
	Elf_Data *data = elf_getdata(section, NULL);
	const char *name, *owner = "";
	GElf_Sym symbol;
	int error = 0, i;

	for (i = 0; !error && data && gelf_getsym(data, i, &symbol); i++) {
		int type = GELF_ST_TYPE(symbol.st_info);

		name = elf_strptr(r->elf, names, symbol.st_name);
		if (!name)
			return refuse(r, -EINVAL, "damaged: symbol %d has no name",
				      i);
		if (type == STT_FILE)
			owner = name;
		else if (type != STT_SECTION)
			error = add_symbol(r, &symbol, name, owner);
	}
	return error;
}

/* A linked file gives addresses, and they may be in any section. */
static struct symbols_section *find_target(struct reading *r,
					   const GElf_Shdr *header,
					   uint64_t *offset)
{
	struct symbols_section *s;
	size_t i;

	if (r->header.e_type == ET_REL)
		return header->sh_info < r->section_count &&
		       r->index[header->sh_info] >= 0 ?
		       &r->table->sections[r->index[header->sh_info]] : NULL;
	for (i = 0; i < r->table->section_count; i++) {
		s = &r->table->sections[i];
		if (*offset - s->address < s->size) {
			*offset -= s->address;
			return s;
		}
	}
	return NULL;
}

/*
 * A module has its alternatives in a section of their own. The distance to the
 * instructions, the first word of an entry, is a relocation.
 */
static int read_alternative(struct reading *r, const GElf_Shdr *list,
			    const GElf_Rela *rela, Elf_Data *symbols)
{
	GElf_Sym symbol;
	int index;

	if (rela->r_offset % ALTERNATIVE_BYTES ||
	    rela->r_offset + ALTERNATIVE_BYTES > list->sh_size ||
	    !gelf_getsym(symbols, (int)GELF_R_SYM(rela->r_info), &symbol) ||
	    symbol.st_shndx >= r->section_count)
		return 0;
	index = r->index[symbol.st_shndx];
	if (index < 0)
		return 0;
	return variable_replace(&r->table->sections[index],
				symbol.st_value + (uint64_t)rela->r_addend,
				r->file->at[list->sh_offset + rela->r_offset +
					    ALTERNATIVE_SIZE]);
}

static int read_alternatives(struct reading *r, Elf_Scn *section,
			     const GElf_Shdr *header)
{
	Elf_Data *symbols = elf_getdata(elf_getscn(r->elf, header->sh_link), NULL);
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Rela rela;
	GElf_Shdr list;
	int error = 0, i;

	if (!gelf_getshdr(elf_getscn(r->elf, header->sh_info), &list) ||
	    list.sh_type != SHT_PROGBITS ||
	    strcmp(name_of(r, &list), ".altinstructions"))
		return 0;
	for (i = 0; !error && data && gelf_getrela(data, i, &rela); i++)
		error = read_alternative(r, &list, &rela, symbols);
	return error;
}

/* Linked alternatives are found by their form. */
static int find_alternatives(struct reading *r, const GElf_Shdr *header)
{
	struct bytes b = { NULL, header->sh_size };

	if (r->header.e_type == ET_REL || !(header->sh_flags & SHF_ALLOC) ||
	    header->sh_type != SHT_PROGBITS)
		return 0;
	b.at = r->file->at + header->sh_offset;
	return alternatives_find(&b, header->sh_addr, r->table);
}

static int read_relocations(struct reading *r, Elf_Scn *section,
			    const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	struct symbols_section *target;
	GElf_Rela rela;
	int error = 0, i;

	for (i = 0; !error && data && gelf_getrela(data, i, &rela); i++) {
		uint64_t offset = rela.r_offset;

		target = find_target(r, header, &offset);
		if (target)
			error = variable_relocate(target, offset,
					      (uint32_t)GELF_R_TYPE(rela.r_info));
	}
	return error;
}

static int refuse_variable(struct reading *r, int error)
{
	return error == -ENOMEM ? refuse(r, error, "no memory") :
	       error ? refuse(r, error, "damaged: more words change than there are") :
	       0;
}

static int read_variable(struct reading *r, Elf_Scn *section,
			 const GElf_Shdr *header)
{
	int error = find_alternatives(r, header);

	if (!error && header->sh_type == SHT_RELA)
		error = read_relocations(r, section, header);
	if (!error && header->sh_type == SHT_RELA)
		error = read_alternatives(r, section, header);
	return refuse_variable(r, error);
}

static int read_lists(struct reading *r)
{
	bool has_symbols = false;
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	int error = 0;
	size_t i;

	while (!error && (section = elf_nextscn(r->elf, section))) {
		if (!gelf_getshdr(section, &header))
			continue;
		if (header.sh_type == SHT_SYMTAB) {
			has_symbols = true;
			error = read_symbols(r, section, header.sh_link);
		} else {
			error = read_variable(r, section, &header);
		}
	}
	for (i = 0; i < r->table->section_count; i++)
		variable_sort(&r->table->sections[i]);
	if (!error && (!has_symbols || !r->table->count))
		return refuse(r, -ENOENT, "an ELF file without symbols of its code: stripped");
	return error;
}

int elf_read(const struct bytes *file, struct symbols *table,
	     struct elf_facts *facts, char why[SYMBOLS_WHY])
{
	struct reading r = {
		.file = file, .table = table, .facts = facts, .why = why,
	};
	int error;

	memset(table, 0, sizeof(*table));
	memset(facts, 0, sizeof(*facts));
	error = check_header(&r);
	if (!error)
		error = begin(&r);
	if (!error)
		error = read_sections(&r);
	if (!error)
		error = read_lists(&r);
	elf_end(r.elf);
	free(r.index);
	if (error)
		symbols_free(table);
	else
		symbols_sort(table);
	return error;
}
