// SPDX-License-Identifier: MIT
/* The environment document: files of /proc, /sys and /boot, line by line. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hostenv.h"

static const char *root = "";

void hostenv_use_root(const char *directory)
{
	root = directory;
}

const char *hostenv_path(char text[HOSTENV_PATH], const char *path)
{
	snprintf(text, HOSTENV_PATH, "%s%s", root, path);
	return text;
}

FILE *hostenv_open(const char *path)
{
	char real[HOSTENV_PATH];

	return fopen(hostenv_path(real, path), "re");
}

bool hostenv_exists(const char *path)
{
	char real[HOSTENV_PATH];

	return !access(hostenv_path(real, path), F_OK);
}

char *hostenv_line(const char *path)
{
	FILE *file = hostenv_open(path);
	char *line = NULL;
	size_t size = 0;

	if (!file)
		return NULL;
	if (getline(&line, &size, file) <= 0) {
		free(line);
		line = NULL;
	}
	fclose(file);
	if (line)
		line[strcspn(line, "\n")] = '\0';
	return line;
}

int hostenv_first_line(const char *path, char *line, int size)
{
	char *whole = hostenv_line(path);
	int length;

	if (!whole)
		return -ENOENT;
	length = snprintf(line, (size_t)size, "%s", whole);
	free(whole);
	return length < size ? 0 : -E2BIG;
}

json_t *hostenv_text(const char *format, ...)
{
	char path[256], *line;
	json_t *text = NULL;
	va_list list;

	va_start(list, format);
	vsnprintf(path, sizeof(path), format, list);
	va_end(list);
	line = hostenv_line(path);
	if (line)
		text = json_string(line);
	free(line);
	return text ? text : json_string("unknown");
}
