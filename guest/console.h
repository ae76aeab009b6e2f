/* SPDX-License-Identifier: MIT */
/* Where the guest's words go: a serial port, or Xen's console ring. */
#ifndef GUEST_CONSOLE_H
#define GUEST_CONSOLE_H

#include <stdint.h>

/**
 * struct console - one kind of console
 * @name: as told in the environment
 * @put: one byte; waits while there is no room
 * @flush: wait until the last byte is gone
 */
struct console {
	const char *name;
	void (*put)(uint8_t byte);
	void (*flush)(void);
};

/** console_use() - print here from now on; NULL: nothing is printed */
void console_use(const struct console *console);

/** console_name() - of the console in use, or "none" */
const char *console_name(void);

/** console_print() - as text_add(); at most 255 bytes */
__attribute__((format(printf, 1, 2)))
void console_print(const char *format, ...);

/** console_line() - a text as it is, and the end of the line */
void console_line(const char *text);

/** console_flush() - wait until all is gone; there is no way back after it */
void console_flush(void);

#endif /* GUEST_CONSOLE_H */
