/* SPDX-License-Identifier: MIT */
/* Compares command lines word by word. Blanks separate the words. No I/O. */
#ifndef XLAT_WORDS_H
#define XLAT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/** words_have() - does @line contain the word of @length bytes at @word? */
bool words_have(const char *line, const char *word, size_t length);

/**
 * words_same() - do @a and @b have the same words in the same order?
 *
 * The number of blanks between the words does not matter.
 */
bool words_same(const char *a, const char *b);

#endif /* XLAT_WORDS_H */
