/* SPDX-License-Identifier: MIT */
/*
 * Makes text from a file or a command line safe for a terminal. It does no I/O.
 *
 * Text is UTF-8. These are unsafe: control characters (C0, DEL, C1), which move
 * the cursor or start an escape sequence; code points that are invisible or
 * change the direction of writing; and bytes that are not valid UTF-8.
 *
 * A code point takes 1 column, but 0 if it is a combining mark, and 2 if it is
 * in one of the wide blocks of Unicode's East Asian Width (Hangul, CJK, full
 * width forms, emoji). The block alone decides this; the locale does not.
 */
#ifndef XLAT_PLAIN_H
#define XLAT_PLAIN_H

#include <stddef.h>

/** plain_make() - replace each unsafe code point or byte in @text with '?' */
void plain_make(char *text);

/** plain_copy() - plain_make() on a copy, which is cut to fit in @size bytes */
void plain_copy(char *to, size_t size, const char *from);

/** plain_columns() - columns that @text takes; call plain_make() first */
size_t plain_columns(const char *text);

/** plain_fit() - bytes of the longest prefix of @text that fits in @columns */
size_t plain_fit(const char *text, size_t columns);

#endif /* XLAT_PLAIN_H */
