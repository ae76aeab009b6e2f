/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_TEXT_H
#define LAB_TEXT_H

#include <stddef.h>

/* A text that is built piece by piece in the caller's buffer. */
struct text {
	char *bytes;
	size_t size, used;	/* used == size: it did not fit */
};

__attribute__((format(printf, 2, 3)))
void text_add(struct text *t, const char *format, ...);

/* Returns 0, or -E2BIG if the text did not fit. */
int text_end(const struct text *t);

#endif
