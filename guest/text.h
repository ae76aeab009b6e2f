/* SPDX-License-Identifier: MIT */
/* Formats text into a buffer, with the few conversions that the guest needs. */
#ifndef GUEST_TEXT_H
#define GUEST_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * struct text - a growing string; set @bytes and @size, and the rest to zero
 * @bytes: the buffer; the string in it always ends with NUL
 * @size: size of the buffer, in bytes
 * @length: length of the string, in bytes
 * @cut: some text did not fit
 */
struct text {
	char *bytes;
	size_t size;
	size_t length;
	bool cut;
};

/** text_put() - append one character */
void text_put(struct text *text, char c);

/**
 * text_add() - append formatted text
 *
 * It knows %s, %c, %u and %x only; numbers may have l, ll, a width and leading
 * zeros.
 */
__attribute__((format(printf, 2, 3)))
void text_add(struct text *text, const char *format, ...);

/** text_add_list() - text_add() with a va_list */
void text_add_list(struct text *text, const char *format, va_list list);

#endif /* GUEST_TEXT_H */
