// SPDX-License-Identifier: MIT
#include <string.h>

#include "guest_stop.h"

#define MARK		"xlat-guest: "
#define MARK_LENGTH	(sizeof(MARK) - 1)

/* The text up to the end of the line, cut to fit. */
static void copy_text(char to[GUEST_STOP_SIZE], const char *from,
		      const char *end)
{
	size_t n = 0;

	while (n < GUEST_STOP_SIZE - 1 && from + n < end && from[n] &&
	       from[n] != '\r' && from[n] != '\n') {
		to[n] = from[n];
		n++;
	}
	to[n] = '\0';
}

void guest_stop_feed(struct guest_stop *stop, const char *line, size_t length)
{
	const char *text = memmem(line, length, MARK, MARK_LENGTH);
	char said[GUEST_STOP_SIZE];

	if (!text)
		return;
	copy_text(said, text + MARK_LENGTH, line + length);
	if (!strcmp(said, "stopped"))
		memcpy(stop->reason, stop->last, sizeof(stop->reason));
	else
		memcpy(stop->last, said, sizeof(stop->last));
}
