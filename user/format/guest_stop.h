/* SPDX-License-Identifier: MIT */
/*
 * Why a bare-metal guest stopped, from its console log. The guest prints the
 * reason in one line, and "stopped" in its next line (guest/main.c):
 *
 *	xlat-guest: REASON
 *	xlat-guest: stopped
 *
 * This code does no I/O.
 */
#ifndef XLAT_GUEST_STOP_H
#define XLAT_GUEST_STOP_H

#include <stddef.h>

/** GUEST_STOP_SIZE: size of a reason, NUL included; a longer one is cut */
#define GUEST_STOP_SIZE	256

/**
 * struct guest_stop - what the log has said so far; all zero at first
 * @last: the guest's last line, without "xlat-guest: "
 * @reason: why the guest stopped; "" if it did not stop. The last one, if the
 *	log has several
 */
struct guest_stop {
	char last[GUEST_STOP_SIZE];
	char reason[GUEST_STOP_SIZE];
};

/**
 * guest_stop_feed() - read one line of the log
 * @stop: what is known
 * @line: the line, with any text before the guest's, such as Xen's "(d1) "
 * @length: of @line
 */
void guest_stop_feed(struct guest_stop *stop, const char *line, size_t length);

#endif /* XLAT_GUEST_STOP_H */
