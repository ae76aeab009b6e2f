/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes small arm64 images with a symbol table, in each of the known layouts. It
 * writes the parts in the order of the programs that write the real ones, and
 * shares no code with what reads them.
 */
#ifndef XLAT_MADE_IMAGE_H
#define XLAT_MADE_IMAGE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** MADE_ROOM - no image is larger */
#define MADE_ROOM	(96 << 10)

/** MADE_COUNT - symbols, without ends; their functions have 16 bytes */
#define MADE_COUNT	800

/** MADE_CODE - offset in the image of the first function */
#define MADE_CODE	0x1000

/** MADE_ENTRY - the function to which the header of the image branches */
#define MADE_ENTRY	7

/** MADE_LONG - a symbol with a name of more than 127 codes */
#define MADE_LONG	10

/** MADE_XEN - where the made-up Xen is linked */
#define MADE_XEN	0x200000

/** MADE_ID - the build id of the image, and that of an ELF file within it */
#define MADE_ID		"a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5"

/** enum made_layout - of which program */
enum made_layout {
	MADE_LINUX_5_10, MADE_LINUX_6_1, MADE_LINUX_6_12, MADE_LINUX_7_2,
	MADE_XEN_4_17, MADE_XEN_4_21, MADE_XEN_4_22, MADE_LAYOUTS,
};

/**
 * struct made - an image
 * @at: its bytes; free() it
 * @size: how many
 * @count_at: where the count of the table is, for tests that damage it; as for
 * @names_at, @markers_at, @tokens_at, @index_at, @values_at
 * @count: number of entries in the table, with ends
 */
struct made {
	unsigned char *at;
	size_t size;
	size_t count_at, names_at, markers_at, tokens_at, index_at, values_at;
	uint32_t count;
};

/** made_put() - write @bytes bytes of @value at @at, little endian */
static inline void made_put(struct made *m, size_t at, uint64_t value, int bytes)
{
	int i;

	for (i = 0; i < bytes; i++)
		m->at[at + (size_t)i] = (unsigned char)(value >> 8 * i);
}

/** made_add() - the same at the end */
static inline void made_add(struct made *m, uint64_t value, int bytes)
{
	if (m->size + 8 > MADE_ROOM)
		abort();
	made_put(m, m->size, value, bytes);
	m->size += (size_t)bytes;
}

/** made_align() - zeros up to a multiple of @to; returns the offset */
static inline size_t made_align(struct made *m, size_t to)
{
	while (m->size % to)
		made_add(m, 0, 1);
	return m->size;
}

/** made_is_xen() - is it a layout of Xen? */
static inline int made_is_xen(enum made_layout layout)
{
	return layout >= MADE_XEN_4_17;
}

/** made_has_ends() - has the table ends of functions? */
static inline int made_has_ends(enum made_layout layout)
{
	return layout >= MADE_XEN_4_21;
}

/** made_alignment() - of the parts, as in the real programs */
static inline size_t made_alignment(enum made_layout layout)
{
	return layout == MADE_XEN_4_17 ? 256 :
	       layout == MADE_LINUX_7_2 || layout == MADE_XEN_4_22 ? 4 : 8;
}

/**
 * made_name() - the name of symbol @i, with its type in front: every third is
 *	local, and in Xen has a file
 */
static inline void made_name(enum made_layout layout, uint32_t i, char name[400])
{
	if (i == MADE_ENTRY)
		strcpy(name, made_is_xen(layout) ? "thead.o#real_start" :
						   "Tprimary_entry");
	else if (i == MADE_LONG && !made_is_xen(layout))
		snprintf(name, 400, "T%0300u", i);
	else if (i == MADE_COUNT - 1)
		strcpy(name, "T_etext");
	else if (i % 3)
		snprintf(name, 400, "Tfunction_%u", i);
	else if (made_is_xen(layout))
		snprintf(name, 400, "tfile%u.c#local_%u", i / 30, i);
	else
		snprintf(name, 400, "tlocal_%u", i);
}

/** made_token() - what a code stands for: itself, or one of two words */
static inline const char *made_token(unsigned int code, char text[2])
{
	text[0] = (char)code;
	text[1] = '\0';
	return code == 0xff ? "function_" : code == 0xfe ? "local_" :
	       code < ' ' || code > '~' ? "" : text;
}

static inline void made_add_name(struct made *m, const char *name)
{
	unsigned char codes[400];
	size_t n = 0;

	while (*name) {
		const char *word = !strncmp(name, "function_", 9) ? "function_" :
				   !strncmp(name, "local_", 6) ? "local_" : NULL;

		codes[n++] = !word ? (unsigned char)*name :
			     *word == 'f' ? 0xff : 0xfe;
		name += word ? strlen(word) : 1;
	}
	if (n > 127)
		made_add(m, (n & 0x7f) | 0x80, 1);
	made_add(m, n > 127 ? n >> 7 : n, 1);
	memcpy(m->at + m->size, codes, n);
	m->size += n;
	if (m->size > MADE_ROOM)
		abort();
}

/** made_place() - the offset in the image of symbol @i */
static inline uint64_t made_place(uint32_t i)
{
	return MADE_CODE + 16 * (uint64_t)i;
}

/* An end follows every fifth symbol, 12 bytes behind its beginning. */
static inline int made_ends_here(enum made_layout layout, uint32_t i)
{
	return made_has_ends(layout) && i % 5 == 4;
}

static inline void made_add_value(struct made *m, enum made_layout layout,
				  uint64_t place)
{
	if (made_is_xen(layout))
		made_add(m, MADE_XEN + place, 8);
	else if (layout == MADE_LINUX_7_2)
		made_add(m, place - m->size, 4);
	else
		made_add(m, place - MADE_CODE, 4);
}

static inline void made_add_values(struct made *m, enum made_layout layout)
{
	uint32_t i;

	m->values_at = made_align(m, made_alignment(layout) > 8 ? 256 :
				  made_is_xen(layout) ? 8 :
				  made_alignment(layout));
	for (i = 0; i < MADE_COUNT; i++) {
		made_add_value(m, layout, made_place(i));
		if (made_ends_here(layout, i))
			made_add_value(m, layout, made_place(i) + 12);
	}
	if (layout != MADE_LINUX_7_2 && !made_is_xen(layout)) {
		made_align(m, 8);
		made_add(m, 0, 8);	/* the base, which a loader relocates */
	}
}

/* Count, names and markers. */
static inline void made_add_names(struct made *m, enum made_layout layout)
{
	size_t align = made_alignment(layout), marker[8], n = 0;
	char name[400];
	uint32_t i;

	m->count_at = made_align(m, align);
	made_add(m, m->count, 4);
	m->names_at = made_align(m, align);
	m->count = 0;
	for (i = 0; i < 2 * MADE_COUNT; i++) {
		if (i % 2 && !made_ends_here(layout, i / 2))
			continue;
		if (!(m->count++ % 256))
			marker[n++] = m->size - m->names_at;
		made_name(layout, i / 2, name);
		made_add_name(m, i % 2 ? "" : name);
	}
	m->markers_at = made_align(m, align);
	for (i = 0; i < n; i++)
		made_add(m, marker[i], 4);
	made_put(m, m->count_at, m->count, 4);
}

static inline void made_add_tokens(struct made *m, enum made_layout layout)
{
	unsigned int code;
	char text[2];

	m->tokens_at = made_align(m, made_alignment(layout));
	for (code = 0; code < 256; code++) {
		const char *token = made_token(code, text);

		memcpy(m->at + m->size, token, strlen(token) + 1);
		m->size += strlen(token) + 1;
	}
	m->index_at = made_align(m, layout == MADE_XEN_4_22 ? 2 :
				    made_alignment(layout));
	for (code = 0, m->count = 0; code < 256; code++) {
		made_add(m, m->count, 2);
		m->count += (uint32_t)strlen(made_token(code, text)) + 1;
	}
}

static inline void made_add_table(struct made *m, enum made_layout layout)
{
	int is_before = layout == MADE_LINUX_5_10 || layout == MADE_LINUX_6_1 ||
			made_is_xen(layout);
	uint32_t count, i;

	if (is_before)
		made_add_values(m, layout);
	made_add_names(m, layout);
	count = m->count;
	if (layout == MADE_LINUX_6_1) {
		made_align(m, 8);
		for (i = 0; i < count; i++)
			made_add(m, (count - i) % 251 * 0x10000, 3);
	}
	made_add_tokens(m, layout);
	m->count = count;
	if (!is_before)
		made_add_values(m, layout);
}

/* A note as of .note.gnu.build-id, of 20 equal bytes. */
static inline void made_add_note(struct made *m, unsigned char byte)
{
	made_align(m, 4);
	made_add(m, 4, 4);
	made_add(m, 20, 4);
	made_add(m, 3, 4);
	made_add(m, 0x554e47, 4);
	memset(m->at + m->size, byte, 20);
	m->size += 20;
}

/* An ELF file with a note of its own, as the vDSO: header, note, no sections. */
static inline void made_add_elf(struct made *m)
{
	size_t at = made_align(m, 4096);

	memcpy(m->at + at, "\177ELF\2\1\1", 7);
	m->size += 64;
	made_add_note(m, 0x11);
	made_put(m, at + 40, m->size - at, 8);	/* list of sections */
	made_put(m, at + 58, 64, 2);
	made_put(m, at + 60, 1, 2);
	m->size += 64;
}

/* Alternatives: the second instruction of some functions may be replaced. */
static inline void made_add_alternatives(struct made *m)
{
	uint32_t i;

	made_align(m, 4);
	for (i = 20; i < 40; i += 4) {
		made_add(m, made_place(i) + 4 - m->size, 4);
		made_add(m, made_place(i) - m->size, 4);
		made_add(m, 5, 2);
		made_add(m, 4, 1);
		made_add(m, 4, 1);
	}
}

/* A function calls another one, has two instructions more, and returns. */
static inline void made_add_code(struct made *m)
{
	uint32_t i;

	m->size = MADE_CODE;
	for (i = 0; i < MADE_COUNT; i++) {
		uint64_t back = made_place(i) - made_place(i / 2);

		made_add(m, 0x94000000 | ((0x4000000 - back / 4) & 0x3ffffff), 4);
		made_add(m, 0x91000000 | i % 4096 << 10, 4);	/* add x0, x0, #i */
		made_add(m, 0xd503201f, 4);
		made_add(m, 0xd65f03c0, 4);
	}
}

/** made_image() - make an image; free(image.at) afterwards */
static inline struct made made_image(enum made_layout layout)
{
	struct made m = { .at = calloc(1, MADE_ROOM) };

	if (!m.at)
		abort();
	made_put(&m, 4, 0x14000000 | (made_place(MADE_ENTRY) - 4) / 4, 4);
	made_put(&m, 16, MADE_ROOM, 8);
	memcpy(m.at + 56, "ARM\x64", 4);
	made_add_code(&m);
	if (made_is_xen(layout))
		strcpy((char *)m.at + m.size, "xen,xen-4.99");
	else
		strcpy((char *)m.at + m.size, "Linux version 9.8 (a@b) # SMP");
	m.size += 64;
	if (!made_is_xen(layout))
		strcpy((char *)m.at + m.size, "Linux version 9.8 (a@b) #1 SMP\n");
	m.size += 64;
	made_add_elf(&m);
	made_add_note(&m, 0xa5);
	made_add_alternatives(&m);
	made_add_table(&m, layout);
	made_align(&m, 8);
	made_add(&m, 0x1122334455667788, 8);	/* other data follow */
	return m;
}

#endif
