/* SPDX-License-Identifier: MIT */
/*
 * Text that a file or a command line brings, made safe for a terminal. Pure.
 *
 * Text is UTF-8. Unsafe are: control characters (C0, DEL, C1), which move the
 * cursor or start an escape sequence; code points that are invisible or change
 * the direction of writing; and bytes that are no UTF-8.
 *
 * A code point takes 1 column, but 0 if it is a combining mark, and 2 if it is
 * in one of the wide blocks of Unicode's East Asian Width (Hangul, CJK, full
 * width forms, emoji). It is a rule of blocks: no locale is asked.
 */
#ifndef XLAT_PLAIN_H
#define XLAT_PLAIN_H

#include <stddef.h>

/** plain_make() - replace in @text each unsafe code point or byte with '?' */
void plain_make(char *text);

/** plain_copy() - the same in a copy, which is cut to fit into @size bytes */
void plain_copy(char *to, size_t size, const char *from);

/** plain_columns() - columns that @text takes, after plain_make() */
size_t plain_columns(const char *text);

/** plain_fit() - bytes of the longest beginning of @text in @columns columns */
size_t plain_fit(const char *text, size_t columns);

#endif /* XLAT_PLAIN_H */
