// SPDX-License-Identifier: GPL-2.0
/* xlat-lab symbols: what a file is, and which functions lie at addresses. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "lab/symbols/symbols_file.h"
#include "lab/symbols/symbols_kallsyms.h"
#include "usage.h"

static const char help[] =
"usage: xlat-lab symbols [OPTION]... FILE [ADDRESS]...\n"
"Say what FILE is, and which function lies at each ADDRESS. FILE is Linux's Image\n"
"or Xen's binary (both carry a symbol table, also stripped ones), a module, the\n"
"bare-metal guest, or another ELF file for arm64. Addresses are hexadecimal.\n"
"  -b, --base ADDRESS       where the first byte of the image ran, or address 0\n"
"                           of an ELF program. Linux's Image is at 0 without it\n"
"  -s, --section NAME=ADDRESS  where a section of a module ran; may be repeated\n"
"                           (/sys/module/MODULE/sections)\n"
"  -n, --name NAME          where is this function? May be repeated\n"
"  -l, --list               all symbols: ADDRESS TYPE [FILE#]NAME, in a module\n"
"                           SECTION+OFFSET TYPE [FILE#]NAME\n"
"Examples:\n"
"  xlat-lab symbols build/parts/arm64/boot/xen-4.17-arm64 257800\n"
"  xlat-lab symbols -n vectors build/parts/arm64/boot/vmlinuz-6.1.0-56-arm64\n"
"  xlat-lab symbols -s .text=ffff800001320000 build/bin/arm64/xlat.ko \\\n"
"          ffff800001321040\n"
"Exit status: 0 good; 1 the file has no symbols that can be read, or an address\n"
"or a name is not found; 2 wrong usage.\n";

enum { PLACES = 64, NAMES = 64 };

struct request {
	const char *path;
	const char *base;
	char *places[PLACES];		/* NAME=ADDRESS */
	size_t place_count;
	const char *names[NAMES];
	size_t name_count;
	bool wants_list;
};

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "base", required_argument, NULL, 'b' },
	{ "section", required_argument, NULL, 's' },
	{ "name", required_argument, NULL, 'n' },
	{ "list", no_argument, NULL, 'l' },
	{ NULL, 0, NULL, 0 },
};

static int wrong(const char *what, const char *value)
{
	return usage_wrong("symbols", what, value);
}

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "symbols: %s: %s\n", what, why);
	return 1;
}

static bool parse_address(const char *text, uint64_t *address)
{
	char *end;

	errno = 0;
	*address = strtoull(text, &end, 16);
	return !errno && end != text && !*end && !strpbrk(text, "-+ \t");
}

static const char *name_of(const struct symbols *table, size_t section)
{
	return symbols_text(table, table->sections[section].name);
}

static const char *place_error(int error)
{
	return error == -EEXIST ? "another section lies there" :
				  "it does not fit below 2^64";
}

static int set_base(struct symbols *table, const char *base)
{
	int image = symbols_section(table, KALLSYMS_SECTION), error;
	uint64_t address;

	parse_address(base, &address);
	if (image < 0 && !table->sections[0].is_placed)
		return wrong("--base: a module has sections: use --section", "");
	error = image < 0 ? symbols_shift(table, address) :
			    symbols_place(table, (size_t)image, address);
	return error ? complain(base, place_error(error)) : 0;
}

static int set_place(struct symbols *table, char *place)
{
	char *equals = strrchr(place, '=');
	uint64_t address;
	int section, error;

	*equals = '\0';
	parse_address(equals + 1, &address);
	section = symbols_section(table, place);
	if (section < 0)
		return complain(place, "no section with code has this name");
	error = symbols_place(table, (size_t)section, address);
	return error ? complain(place, place_error(error)) : 0;
}

static int place_all(const struct request *r, struct symbols *table)
{
	int image = symbols_section(table, KALLSYMS_SECTION), status = 0;
	size_t i;

	/* Linux's Image: offsets, if nothing else is known */
	if (image >= 0 && !table->sections[image].is_placed)
		symbols_place(table, (size_t)image, 0);
	if (r->base)
		status = set_base(table, r->base);
	for (i = 0; !status && i < r->place_count; i++)
		status = set_place(table, r->places[i]);
	return status;
}

static void print_sections(const struct symbols *table)
{
	const struct symbols_section *s;
	size_t i;

	for (i = 0; i < table->section_count; i++) {
		s = &table->sections[i];
		printf("%-10s %s: ", i ? "" : "code", name_of(table, i));
		if (s->is_placed)
			printf("0x%" PRIx64 ", ", s->address);
		printf("%" PRIu64 " bytes\n", s->size);
	}
}

static void print_facts(const struct request *r, const struct symbols_file *f)
{
	size_t i, code = 0, named = 0;

	for (i = 0; i < f->table.count; i++) {
		named += f->table.list[i].type != SYMBOLS_END;
		code += symbols_is_code(&f->table.list[i]);
	}
	printf("%-10s %s\n", "file", r->path);
	printf("%-10s %s\n", "kind", f->kind);
	if (*f->version)
		printf("%-10s %s\n", "version", f->version);
	printf("%-10s %s\n", "build id", *f->build_id ? f->build_id : "none");
	printf("%-10s %zu, %zu of them in code\n", "symbols", named, code);
	print_sections(&f->table);
}

static void print_position(const struct symbols *table,
			   const struct symbol *symbol)
{
	const struct symbols_section *s = &table->sections[symbol->section];

	if (s->is_placed)
		printf("%016" PRIx64, s->address + symbol->offset);
	else
		printf("%s+0x%" PRIx64, name_of(table, symbol->section),
		       symbol->offset);
}

static void print_list(const struct symbols *table)
{
	const struct symbol *s;
	const char *owner;

	for (s = table->list; s < table->list + table->count; s++) {
		if (s->type == SYMBOLS_END)
			continue;
		owner = symbols_text(table, s->owner);
		print_position(table, s);
		printf(" %c %s%s%s\n", s->type, owner, *owner ? "#" : "",
		       symbols_text(table, s->name));
	}
}

static bool is_placed(const struct symbols *table)
{
	size_t i;

	for (i = 0; i < table->section_count; i++)
		if (table->sections[i].is_placed)
			return true;
	return false;
}

static int print_at(const struct symbols *table, const char *text)
{
	struct symbols_found found;
	uint64_t address;

	parse_address(text, &address);
	if (!symbols_at(table, address, &found))
		return complain(text, is_placed(table) ?
				"no function lies there" :
				"no section of the file has an address: use --section");
	printf("0x%" PRIx64 " %s+0x%" PRIx64 "/0x%" PRIx64, address, found.name,
	       found.offset, found.size);
	printf(*found.owner ? " (%s)\n" : "\n", found.owner);
	return 0;
}

/* A name may occur in several files: all of its places are printed. */
static int print_named(const struct symbols *table, const char *name)
{
	const struct symbol *first, *s;
	const char *owner;

	if (!symbols_named(table, name, NULL, &first))
		return complain(name, "no symbol has this name");
	for (s = first; s < table->list + table->count; s++) {
		if (strcmp(symbols_text(table, s->name), name))
			continue;
		owner = symbols_text(table, s->owner);
		print_position(table, s);
		printf(" %c %s", s->type, name);
		printf(*owner ? " (%s)\n" : "\n", owner);
	}
	return 0;
}

static int answer(const struct request *r, struct symbols_file *f,
		  char *addresses[])
{
	int status = place_all(r, &f->table);
	size_t i;

	if (status)
		return status;
	if (r->wants_list)
		print_list(&f->table);
	else if (!*addresses && !r->name_count)
		print_facts(r, f);
	for (i = 0; i < r->name_count; i++)
		status |= print_named(&f->table, r->names[i]);
	for (; *addresses; addresses++)
		status |= print_at(&f->table, *addresses);
	if (fflush(stdout))
		status |= complain("standard output", strerror(errno));
	return status;
}

static int check_place(struct request *r, char *place)
{
	const char *equals = strrchr(place, '=');
	uint64_t address;

	if (!equals || equals == place || !parse_address(equals + 1, &address))
		return wrong("--section: not NAME=ADDRESS: ", place);
	if (r->place_count == PLACES)
		return wrong("--section: too many: ", place);
	r->places[r->place_count++] = place;
	return 0;
}

static int take_option(struct request *r, int option, char *argv[])
{
	uint64_t address;

	switch (option) {
	case 'b':
		if (!parse_address(optarg, &address))
			return wrong("--base: not an address: ", optarg);
		r->base = optarg;
		return 0;
	case 's':
		return check_place(r, optarg);
	case 'n':
		if (r->name_count == NAMES)
			return wrong("--name: too many: ", optarg);
		r->names[r->name_count++] = optarg;
		return 0;
	case 'l':
		r->wants_list = true;
		return 0;
	default:
		return usage_wrong_option("symbols", argv, "hbsnl");
	}
}

int cmd_symbols(int argc, char *argv[])
{
	struct request r = { 0 };
	struct symbols_file file;
	char why[SYMBOLS_WHY];
	uint64_t address;
	int option, status, i;

	while ((option = usage_next(argc, argv, "hb:s:n:l", options)) != -1) {
		if (option == 'h')
			return fputs(help, stdout) < 0;
		status = take_option(&r, option, argv);
		if (status)
			return status;
	}
	if (optind == argc)
		return wrong("needs a FILE", "");
	r.path = argv[optind];
	for (i = optind + 1; i < argc; i++)
		if (!parse_address(argv[i], &address))
			return wrong("not an address: ", argv[i]);
	if (symbols_file_read(r.path, &file, why))
		return complain(r.path, why);
	status = answer(&r, &file, argv + optind + 1);
	symbols_file_free(&file);
	return status;
}
