// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "text.h"

void text_add(struct text *t, const char *format, ...)
{
	size_t left = t->size - t->used;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(t->bytes + t->used, left, format, ap);
	va_end(ap);
	t->used = n < 0 || (size_t)n >= left ? t->size : t->used + (size_t)n;
}

int text_end(const struct text *t)
{
	return t->used >= t->size ? -E2BIG : 0;
}
