// SPDX-License-Identifier: MIT
#include <stdint.h>

#include "text.h"

struct conversion {
	char kind, fill;
	unsigned int width, longs;
};

void text_put(struct text *text, char c)
{
	if (text->length + 1 >= text->size) {
		text->cut = true;
		return;
	}
	text->bytes[text->length++] = c;
	text->bytes[text->length] = '\0';
}

static void put_number(struct text *text, uint64_t value, unsigned int base,
		       const struct conversion *c)
{
	char digits[20];
	unsigned int n = 0, pad;

	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	for (pad = n; pad < c->width; pad++)
		text_put(text, c->fill);
	while (n)
		text_put(text, digits[--n]);
}

/* @at: the text after the '%'. Returns the text after the conversion. */
static const char *take_conversion(const char *at, struct conversion *c)
{
	*c = (struct conversion) { .fill = ' ' };
	if (*at == '0')
		c->fill = *at++;
	for (; *at >= '0' && *at <= '9'; at++)
		c->width = c->width * 10 + (unsigned int)(*at - '0');
	for (; *at == 'l'; at++)
		c->longs++;
	c->kind = *at;
	return *at ? at + 1 : at;
}

void text_add_list(struct text *text, const char *format, va_list list)
{
	struct conversion c;
	const char *string;

	while (*format) {
		if (*format != '%') {
			text_put(text, *format++);
			continue;
		}
		format = take_conversion(format + 1, &c);
		if (c.kind == 's')
			for (string = va_arg(list, const char *); *string;)
				text_put(text, *string++);
		else if (c.kind == 'c')
			text_put(text, (char)va_arg(list, int));
		else if (c.kind == 'u' || c.kind == 'x')
			put_number(text, c.longs ? va_arg(list, unsigned long) :
				   va_arg(list, unsigned int),
				   c.kind == 'x' ? 16 : 10, &c);
		else
			text_put(text, c.kind ? c.kind : '%');
	}
}

void text_add(struct text *text, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	text_add_list(text, format, list);
	va_end(list);
}
