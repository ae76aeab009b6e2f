// SPDX-License-Identifier: GPL-2.0
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "xen_ring.h"

/* A minute, because a healthy machine on a loaded host may be slow. */
enum { PATIENCE = 600, POLL_MS = 100 };

static FILE *open_from(const char *console, long from)
{
	FILE *f = fopen(console, "re");

	if (f && fseek(f, from, SEEK_SET)) {
		fclose(f);
		f = NULL;
	}
	return f;
}

static bool has_answered(const char *console, long from)
{
	FILE *f = open_from(console, from);
	bool answered = false;
	char line[4096];

	while (f && !answered && fgets(line, sizeof(line), f))
		answered = strstr(line, "Command line:") && strchr(line, '\n');
	if (f)
		fclose(f);
	return answered;
}

const char xen_ring_keys[] = "w";

/* The reader of the pipe may be gone; that must not end this process. */
static bool press(int keys)
{
	const struct sigaction deaf = { .sa_handler = SIG_IGN };
	struct sigaction before;
	bool pressed;

	sigaction(SIGPIPE, &deaf, &before);
	pressed = write(keys, xen_ring_keys, 1) == 1;
	sigaction(SIGPIPE, &before, NULL);
	return pressed;
}

void xen_ring_ask(int keys, const char *console, long from)
{
	struct pollfd reader = { .fd = keys };
	int n;

	if (!press(keys))
		return;
	for (n = 0; n < PATIENCE && !has_answered(console, from); n++)
		if (poll(&reader, 1, POLL_MS))	/* the reader is gone */
			return;
}

void xen_ring_split(const char *console, long from, const char *out)
{
	char path[4096], block[4096];
	FILE *source = open_from(console, from), *to;
	size_t n;

	snprintf(path, sizeof(path), "%s/" XEN_RING_FILE, out);
	to = fopen(path, "we");
	while (source && to && (n = fread(block, 1, sizeof(block), source)))
		fwrite(block, 1, n, to);
	if (source)
		fclose(source);
	if (to && !fclose(to) && truncate(console, from))
		perror(console);
}
