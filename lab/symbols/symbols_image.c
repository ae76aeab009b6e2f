// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "symbols_image.h"

/* Linux's arm64 boot header. */
enum { HEADER_SIZE = 16, HEADER_MAGIC = 56, HEADER_BYTES = 64 };

#define MAGIC		0x644d5241	/* "ARM\x64" */
#define ELF_MAGIC	0x464c457f	/* "\x7fELF" */

/* Notes: u32 name size, u32 size, u32 type, "GNU\0", content. */
enum { NOTE_BYTES = 16, NT_BUILD_ID = 3, ID_MIN = 8, ID_MAX = 32 };

#define GNU		0x00554e47

/* An ELF file in an image begins at a page. */
enum { PAGE = 4096 };

bool image_is(const struct bytes *image)
{
	return bytes_hold(image, 0, HEADER_BYTES) &&
	       bytes_u32(image, HEADER_MAGIC) == MAGIC;
}

/* One of the first two instructions is "b primary_entry" or the like. */
static uint64_t find_entry(const struct bytes *image)
{
	uint32_t word;
	size_t i;

	for (i = 0; i < 8; i += 4) {
		word = bytes_u32(image, i);
		if (word >> 26 == 0x05 && !(word & 1u << 25))
			return i + 4 * (uint64_t)(word & 0x3ffffff);
	}
	return 0;
}

bool image_note(const struct bytes *image, size_t at, char id[IMAGE_ID])
{
	uint32_t size = bytes_u32(image, at + 4), i;

	if (bytes_u32(image, at) != 4 || bytes_u32(image, at + 12) != GNU ||
	    bytes_u32(image, at + 8) != NT_BUILD_ID ||
	    size < ID_MIN || size > ID_MAX ||
	    !bytes_hold(image, at, (uint64_t)NOTE_BYTES + size))
		return false;
	for (i = 0; i < size; i++)
		snprintf(id + 2 * i, 3, "%02x", image->at[at + NOTE_BYTES + i]);
	return true;
}

/* The size of the ELF file at @at; its section headers are its end. 0: none */
static uint64_t elf_size(const struct bytes *image, size_t at)
{
	uint64_t headers, count;
	bool wide;

	if (at % PAGE || bytes_u32(image, at) != ELF_MAGIC ||
	    !bytes_hold(image, at, 64))
		return 0;
	wide = image->at[at + 4] == 2;
	headers = wide ? bytes_u64(image, at + 40) : bytes_u32(image, at + 32);
	count = (uint64_t)bytes_u16(image, at + (wide ? 58 : 46)) *
		bytes_u16(image, at + (wide ? 60 : 48));
	if (!headers || headers > image->size || headers + count > image->size)
		return 0;
	return headers + count;
}

static void find_build_id(const struct bytes *image, char id[IMAGE_ID])
{
	char other[IMAGE_ID] = "";
	size_t at, found = 0;

	for (at = 0; bytes_hold(image, at, NOTE_BYTES); at += 4) {
		at += bytes_round_up(elf_size(image, at), 4);
		found += image_note(image, at, found ? other : id);
	}
	if (found != 1)
		*id = '\0';
}

/* Copies visible ASCII and blanks up to the end of the line. */
static void take_line(const struct bytes *image, size_t at,
		      char text[IMAGE_TEXT])
{
	size_t n = 0;

	while (n < IMAGE_TEXT - 1 && bytes_hold(image, at + n, 1) &&
	       image->at[at + n] >= ' ' && image->at[at + n] <= '~') {
		text[n] = (char)image->at[at + n];
		n++;
	}
	text[n] = '\0';
}

/* Returns where @word begins at or after @from; the size if it does not. */
static size_t find_text(const struct bytes *image, size_t from,
			const char *word)
{
	const unsigned char *found = from < image->size ?
		memmem(image->at + from, image->size - from, word,
		       strlen(word)) : NULL;

	return found ? (size_t)(found - image->at) : image->size;
}

/*
 * Linux has its version twice: once as a format, without the number of the build
 * ("# SMP"), and once complete ("#1 SMP").
 */
static void find_version(const struct bytes *image, char text[IMAGE_TEXT])
{
	static const char linux_words[] = "Linux version ";
	static const char xen_words[] = "xen,xen-";
	char line[IMAGE_TEXT] = "";
	size_t at = 0;

	*text = '\0';
	while ((at = find_text(image, at, linux_words)) < image->size) {
		take_line(image, at, line);
		at += strlen(linux_words);
		if (line[strlen(linux_words)] < '0' ||
		    line[strlen(linux_words)] > '9')
			continue;
		if (!*text || !strstr(line, " # "))
			strcpy(text, line);
	}
	at = find_text(image, 0, xen_words);
	if (*text || at == image->size)
		return;
	take_line(image, at + strlen(xen_words), line);
	snprintf(text, IMAGE_TEXT, "Xen %.*s", IMAGE_TEXT - 5, line);
}

int image_read(const struct bytes *image, struct image_facts *facts)
{
	memset(facts, 0, sizeof(*facts));
	if (!image_is(image))
		return -EINVAL;
	facts->entry = find_entry(image);
	facts->size = bytes_u64(image, HEADER_SIZE);
	if (facts->size < image->size)
		facts->size = image->size;
	if (!facts->entry)
		return -EINVAL;
	find_build_id(image, facts->build_id);
	find_version(image, facts->version);
	return 0;
}
