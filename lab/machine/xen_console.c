// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "xen_console.h"
#include "xen_ring.h"

enum { PATH_SIZE = 4096, LINE_SIZE = 4096 };

/* Copy up to one of these characters. */
static void take(char *value, size_t size, const char *from, const char *end)
{
	if (!*value)
		snprintf(value, size, "%.*s", (int)strcspn(from, end), from);
}

/* "Xen version 4.17.7 (Debian ...) (builder) (compiler) debug=n date" */
static void take_banner(struct xen_console *c, const char *at)
{
	const char *version = at + strlen("Xen version ");
	const char *debug = strstr(version, "debug=");

	take(c->version, sizeof(c->version), version, " \r\n");
	version += strcspn(version, " \r\n");
	take(c->build, sizeof(c->build), version + (*version == ' '),
	     "\r\n");
	if (debug && !*c->debug)
		snprintf(c->debug, sizeof(c->debug), "%c", debug[6]);
}

static void take_line(struct xen_console *c, const char *line)
{
	const char *at;

	if ((at = strstr(line, "Xen version ")))
		take_banner(c, at);
	else if ((at = strstr(line, "Command line: ")))
		take(c->commandline, sizeof(c->commandline),
		     at + strlen("Command line: "), "\r\n");
	else if ((at = strstr(line, "Using scheduler: ")) &&
		 (at = strchr(at, '(')))
		take(c->scheduler, sizeof(c->scheduler), at + 1, ")\r\n");
}

void xen_console_read(struct xen_console *c, const char *directory)
{
	static const char *const names[] = { "console.log", XEN_RING_FILE };
	char path[PATH_SIZE], line[LINE_SIZE];
	size_t n;
	FILE *f;

	memset(c, 0, sizeof(*c));
	for (n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[n]);
		f = fopen(path, "re");
		while (f && fgets(line, sizeof(line), f))
			if (!strncmp(line, "(XEN) ", 6))
				take_line(c, line + 6);
		if (f)
			fclose(f);
	}
}

static json_t *word(const char *text)
{
	return json_string(*text ? text : "unknown");
}

void xen_console_write_host(const char *directory)
{
	struct xen_console c;
	char path[PATH_SIZE];
	json_t *host;

	xen_console_read(&c, directory);
	host = json_pack("{s:{s:o, s:o, s:o, s:o}}", "xen",
			 "version", word(c.version),
			 "commandline", word(c.commandline),
			 "scheduler", word(c.scheduler),
			 "debug", word(c.debug));
	snprintf(path, sizeof(path), "%s/host.json", directory);
	if (!host || json_dump_file(host, path, JSON_INDENT(1)))
		perror(path);
	json_decref(host);
}
