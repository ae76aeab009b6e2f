/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The compressed names of kallsyms, which Linux and Xen carry in their images
 * (their scripts/kallsyms.c and xen/tools/symbols.c write them):
 *
 *	count	u32: number of symbols
 *	names	per symbol a length and as many codes. A length above 127 has two
 *		bytes: bits 0 to 6 with bit 7 set, then the bits above. Length 0
 *		(Xen since 4.21): no symbol, the end of the one before.
 *	markers	u32 for each 256th symbol: where in the names it begins
 *	tokens	256 texts, each with a NUL: what a code stands for
 *	index	u16[256]: where in the tokens each text begins
 *
 * Each part begins at a multiple of an alignment, with zeros before it. The
 * markers are found first: they begin with 0 and rise in small steps. The bytes
 * before them must then be a count and names to which all markers point.
 */
#ifndef LAB_SYMBOLS_NAMES_H
#define LAB_SYMBOLS_NAMES_H

#include "bytes.h"
#include "symbols.h"

/** NAMES_LEAST - symbols of the smallest table that is recognised: 3 markers */
#define NAMES_LEAST	513

/**
 * struct names - a place that holds names
 * @align: of the parts in bytes: 4, 8 or 256
 * @count: number of symbols and ends, from NAMES_LEAST to SYMBOLS_MOST
 * @count_at: offset in the image of the count, as for the next two
 * @names_at: of the names
 * @markers_end: behind the last marker
 */
struct names {
	uint32_t align;
	uint32_t count;
	size_t count_at;
	size_t names_at;
	size_t markers_end;
};

/**
 * struct names_tokens - what the codes stand for
 * @end: behind the index
 */
struct names_tokens {
	const char *text[256];
	uint16_t length[256];
	size_t end;
};

/**
 * names_fit - is the rest of the table there, too?
 *
 * It may cost as many steps as the table has symbols.
 */
typedef bool (*names_fit)(void *context, const struct bytes *image,
			  const struct names *names);

/**
 * names_find() - find the first names that @fit accepts
 *
 * The search takes at most NAMES_STEPS steps per byte of the image: a file that
 * is made to need more is refused.
 *
 * Return: 0, -ENOENT if there are none, -ELOOP if the search was given up
 */
int names_find(const struct bytes *image, names_fit fit, void *context);

/** NAMES_STEPS - Debian's Linux 7.2 needs 1.5, others less than 0.4 */
#define NAMES_STEPS	16

/**
 * names_tokens() - read the tokens at @at, with the index behind them at the next
 *	multiple of @index_align
 *
 * Return: false if no tokens are there, or none that belong to an index
 */
bool names_tokens(const struct bytes *image, uint64_t at, uint32_t index_align,
		  struct names_tokens *tokens);

/**
 * names_expand() - decompress the name at *@at, and move *@at to the next
 * @name: SYMBOLS_NAME bytes; the first is the type. Not terminated.
 *
 * Return: its length, 0 for an end; -EINVAL if the name is cut, too long, or has
 * a type and no name
 */
int names_expand(const struct bytes *image, const struct names_tokens *tokens,
		 size_t *at, char name[SYMBOLS_NAME]);

#endif
