// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stddef.h>

#include "console.h"
#include "text.h"

static const struct console *console;

void console_use(const struct console *chosen)
{
	console = chosen;
}

const char *console_name(void)
{
	return console ? console->name : "none";
}

static void put(const char *text)
{
	if (!console)
		return;
	for (; *text; text++) {
		if (*text == '\n')
			console->put('\r');
		console->put((uint8_t)*text);
	}
}

void console_print(const char *format, ...)
{
	char bytes[256] = "";
	struct text text = { .bytes = bytes, .size = sizeof(bytes) };
	va_list list;

	va_start(list, format);
	text_add_list(&text, format, list);
	va_end(list);
	put(bytes);
}

void console_line(const char *text)
{
	put(text);
	put("\n");
}

void console_flush(void)
{
	if (console && console->flush)
		console->flush();
}
