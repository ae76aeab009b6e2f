/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A table of symbols: which function lies at an address.
 *
 * Every symbol belongs to a section of its file and has an offset in it. A
 * section gets an address when it is placed: by the file (a program), or by the
 * caller, who knows where it ran (a kernel, a module). Only placed sections are
 * found by address.
 *
 * The table has more than functions: what lies next to code ends a function
 * whose size the file does not say. A lookup answers with a function only.
 *
 * Which name wins if several are at one place: a global function, else a weak
 * one, else a local one, else a label, else a name that marks the border of a
 * region, such as _stext (SYMBOLS_BORDERS in symbols.c), else that of a section.
 * Of two equals, the name with fewer underscores in front, then the first in the
 * order of strcmp(). Mapping symbols ($x, $d) are never taken.
 *
 * No I/O. Names hold only visible ASCII: other bytes become '?'.
 */
#ifndef LAB_SYMBOLS_H
#define LAB_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** SYMBOLS_WHY - size of a reason, which is one line */
#define SYMBOLS_WHY	256

/** SYMBOLS_MOST - symbols of a table; Debian's Linux 7.2 has 209,893 */
#define SYMBOLS_MOST	(1u << 20)

/** SYMBOLS_TEXT - bytes of all names together; 7.2 needs 5 MiB */
#define SYMBOLS_TEXT	(64u << 20)

/** SYMBOLS_NAME - the longest name with its NUL, as in Linux (KSYM_NAME_LEN) */
#define SYMBOLS_NAME	512

/** SYMBOLS_SECTIONS - sections of a table; a module has about 60 */
#define SYMBOLS_SECTIONS	4096

/**
 * SYMBOLS_END - the type of an entry without a name, which only says that the
 * function before it ends here. Other types are the letters of nm: T global
 * function, W weak one, t and w local ones, other letters no code.
 */
#define SYMBOLS_END	'.'

/**
 * struct symbols_new - what symbols_add() gets
 * @section: index that symbols_add_section() returned
 * @offset: bytes from the beginning of the section
 * @size: in bytes; 0: not known, it ends where the next symbol begins
 * @type: letter of nm, or SYMBOLS_END
 * @is_label: the file does not say that it is a function (ELF: STT_NOTYPE)
 * @name: not terminated; copied
 * @name_length: in bytes, less than SYMBOLS_NAME
 * @owner: source file of a local symbol, not terminated, copied; may be NULL
 * @owner_length: in bytes
 */
struct symbols_new {
	size_t section;
	uint64_t offset;
	uint64_t size;
	char type;
	bool is_label;
	const char *name;
	size_t name_length;
	const char *owner;
	size_t owner_length;
};

/**
 * struct symbol - an entry of the table
 * @offset: bytes from the beginning of its section
 * @size: in bytes; 0: not known
 * @section: index in symbols.sections
 * @name: where in symbols.text
 * @owner: where in symbols.text; an empty text if it is not known
 * @type: as in struct symbols_new
 * @rank: 0 wins over 1, and so on (enum symbol_rank in symbols.c)
 */
struct symbol {
	uint64_t offset;
	uint64_t size;
	uint32_t section;
	uint32_t name;
	uint32_t owner;
	char type;
	uint8_t rank;
};

/**
 * struct symbols_variable - a word of code that may differ from the file
 * @offset: of the 4-byte word, from the beginning of the section
 * @mask: the bits that may differ
 */
struct symbols_variable {
	uint64_t offset;
	uint32_t mask;
};

/**
 * struct symbols_section - a part of the file that keeps its form when it is
 *	loaded
 * @name: where in symbols.text
 * @is_placed: @address is valid
 * @address: of its first byte
 * @size: in bytes
 * @bytes: its content in the file, @byte_count bytes; the rest is zero at first.
 *	It belongs to the caller.
 * @byte_count: at most @size
 * @variable: sorted by offset; owned by the table
 * @variable_count: number of entries
 * @first: its first entry in symbols.list, valid after symbols_sort()
 * @count: number of its entries
 */
struct symbols_section {
	uint32_t name;
	bool is_placed;
	uint64_t address;
	uint64_t size;
	const unsigned char *bytes;
	size_t byte_count;
	struct symbols_variable *variable;
	size_t variable_count;
	size_t first;
	size_t count;
};

/**
 * struct symbols - a table; all zero is an empty one
 * @list: sorted by section, offset, rank after symbols_sort()
 * @text: names, each with a NUL
 */
struct symbols {
	struct symbol *list;
	size_t count, room;
	struct symbols_section *sections;
	size_t section_count;
	char *text;
	size_t text_size, text_room;
	uint32_t last_owner;
};

/**
 * struct symbols_found - the function at an address
 * @name: valid as long as the table
 * @owner: source file, or ""
 * @section: index of its section
 * @offset: how far the address is from the beginning of the function
 * @size: of the function, to its end or to the next symbol; greater than @offset
 */
struct symbols_found {
	const char *name;
	const char *owner;
	size_t section;
	uint64_t offset;
	uint64_t size;
};

/**
 * symbols_add_section() - add a section
 * @bytes: content in the file, or NULL; @byte_count bytes, at most @size
 *
 * Return: its index, -E2BIG if there are too many sections, -ENOMEM
 */
int symbols_add_section(struct symbols *table, const char *name, uint64_t size,
			const unsigned char *bytes, size_t byte_count);

/**
 * symbols_add() - add a symbol
 *
 * Silently leaves out what is no place in the section: mapping symbols, absolute
 * and undefined ones, those beyond the section's end.
 *
 * Return: 0, -E2BIG if there are more than SYMBOLS_MOST or SYMBOLS_TEXT, -EINVAL
 * if the name is too long, -ENOMEM
 */
int symbols_add(struct symbols *table, const struct symbols_new *new);

/** symbols_sort() - call it after the last symbols_add(), before any lookup */
void symbols_sort(struct symbols *table);

/** symbols_section() - the index of the section @name, -ENOENT */
int symbols_section(const struct symbols *table, const char *name);

/**
 * symbols_place() - say where a section lies
 *
 * Return: 0, -EEXIST if another placed section lies there, -ERANGE if the
 * section does not fit below 2^64
 */
int symbols_place(struct symbols *table, size_t section, uint64_t address);

/**
 * symbols_shift() - move all placed sections, by @by modulo 2^64
 *
 * Return: 0, or -ERANGE if a section would wrap around; then nothing is moved
 */
int symbols_shift(struct symbols *table, uint64_t by);

/** symbols_section_at() - the index of the section that lies there, -ENOENT */
int symbols_section_at(const struct symbols *table, uint64_t address);

/**
 * symbols_at() - find the function at an address
 *
 * Return: false if no placed section or no function is there
 */
bool symbols_at(const struct symbols *table, uint64_t address,
		struct symbols_found *found);

/** symbols_in() - the same for an offset in a section, placed or not */
bool symbols_in(const struct symbols *table, size_t section, uint64_t offset,
		struct symbols_found *found);

/**
 * symbols_named() - find the places that have a name
 * @owner: source file, or NULL for all
 * @first: the first of them; unchanged if there is none; may be NULL
 *
 * Borders and data have names, too. Linear in the number of symbols.
 *
 * Return: how many places have this name: more than 1, and it is ambiguous
 */
size_t symbols_named(const struct symbols *table, const char *name,
		     const char *owner, const struct symbol **first);

/** symbols_is_code() - is it a function or a label, not data or an end? */
bool symbols_is_code(const struct symbol *symbol);

/** symbols_text() - a name of the table: @at is symbol.name, .owner, ... */
const char *symbols_text(const struct symbols *table, uint32_t at);

/** symbols_free() - free the table, but not the bytes of its sections */
void symbols_free(struct symbols *table);

#endif
