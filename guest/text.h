/* SPDX-License-Identifier: MIT */
/* Text into a buffer: the few conversions that the guest needs. */
#ifndef GUEST_TEXT_H
#define GUEST_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * struct text - a string that grows; starts all zero but for @bytes and @size
 * @bytes: always ends with NUL
 * @size: of @bytes
 * @length: of the string
 * @cut: something did not fit
 */
struct text {
	char *bytes;
	size_t size;
	size_t length;
	bool cut;
};

/** text_put() - one character */
void text_put(struct text *text, char c);

/**
 * text_add() - %s %c %u %x with l, ll, a width and leading zeros; nothing else
 */
__attribute__((format(printf, 2, 3)))
void text_add(struct text *text, const char *format, ...);

/** text_add_list() - the same with a list */
void text_add_list(struct text *text, const char *format, va_list list);

#endif /* GUEST_TEXT_H */
