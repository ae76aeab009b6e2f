// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tail.h"

enum { BYTES = 16384 };

static size_t read_end(const char *path, char *text)
{
	FILE *f = fopen(path, "re");
	long size;
	size_t n;

	if (!f)
		return 0;
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	fseek(f, size > BYTES ? size - BYTES : 0, SEEK_SET);
	n = fread(text, 1, BYTES, f);
	fclose(f);
	return n;
}

static const char *start_of(const char *text, const char *end, int lines)
{
	while (end > text && lines >= 0)
		if (*--end == '\n')
			lines--;
	return lines < 0 ? end + 1 : end;
}

void tail_print(FILE *to, const char *path, int lines)
{
	char *text = malloc(BYTES);
	size_t n = text ? read_end(path, text) : 0;
	const char *p, *end = text + n;
	char *q;

	if (!n) {
		fprintf(to, "  (%s is empty)\n", path);
		free(text);
		return;
	}
	for (q = text; q < end; q++)	/* a console's control characters */
		if ((*q < ' ' && *q != '\n' && *q != '\t') || *q == 127)
			*q = ' ';
	for (p = start_of(text, end, lines); p < end; p += strcspn(p, "\n") + 1) {
		int length = (int)((const char *)memchr(p, '\n', (size_t)(end - p)) ?
			(const char *)memchr(p, '\n', (size_t)(end - p)) - p : end - p);
		fprintf(to, "  | %.*s\n", length, p);
		if (p + length >= end)
			break;
	}
	free(text);
}

void tail_print_logs(FILE *to, const char *directory)
{
	static const char *const files[] = {
		"console.log", "log", "guest-domu.log", "lab.log",
	};
	char path[4096];
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, files[i]);
		if (stat(path, &st) || !st.st_size)
			continue;
		fprintf(to, "end of %s:\n", path);
		tail_print(to, path, 15);
	}
}
