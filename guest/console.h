/* SPDX-License-Identifier: MIT */
/* The guest's console: a serial port, or Xen's console ring. */
#ifndef GUEST_CONSOLE_H
#define GUEST_CONSOLE_H

#include <stdint.h>

/**
 * struct console - one kind of console
 * @name: its name in the recorded environment
 * @put: send one byte; waits while there is no room
 * @flush: wait until the last byte has been sent; may be NULL
 */
struct console {
	const char *name;
	void (*put)(uint8_t byte);
	void (*flush)(void);
};

/** console_use() - print to @console from now on; NULL: print nothing */
void console_use(const struct console *console);

/** console_name() - of the console in use, or "none" */
const char *console_name(void);

/** console_print() - print like text_add(), at most 255 bytes */
__attribute__((format(printf, 1, 2)))
void console_print(const char *format, ...);

/** console_line() - print @text without conversions, and end the line */
void console_line(const char *text);

/** console_flush() - wait until everything printed has been sent */
void console_flush(void);

#endif /* GUEST_CONSOLE_H */
