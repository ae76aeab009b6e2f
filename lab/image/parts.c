// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"

/* Where the strings are in struct parts. */
static const size_t texts[] = {
	offsetof(struct parts, root), offsetof(struct parts, modules),
	offsetof(struct parts, release), offsetof(struct parts, kernel),
	offsetof(struct parts, xen), offsetof(struct parts, xen_root),
	offsetof(struct parts, xen_tools), offsetof(struct parts, qemu),
	offsetof(struct parts, firmware), offsetof(struct parts, qemu_version),
};

enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

_Static_assert(TEXTS * sizeof(char *) == sizeof(struct parts),
	       "each string of struct parts is listed");

__attribute__((format(printf, 1, 2)))
static char *path(const char *format, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, format);
	if (vasprintf(&text, format, ap) < 0)
		text = NULL;
	va_end(ap);
	return text;
}

static char *find_release(const char *root)
{
	char *name = path("%s/lib/modules", root), *release = NULL;
	DIR *dir = opendir(name);
	struct dirent *entry;

	while (dir && !release && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			release = strdup(entry->d_name);
	if (dir)
		closedir(dir);
	free(name);
	return release;
}

static char *find_version(const char *dir, const char *name)
{
	char *file = path("%s/versions", dir), *version = NULL;
	size_t length = strlen(name);
	char line[256];
	FILE *f = fopen(file, "re");

	while (f && !version && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, name, length) && line[length] == ' ')
			version = strdup(line + length + 1);
	}
	if (f)
		fclose(f);
	free(file);
	return version;
}

static char **text_at(struct parts *parts, size_t n)
{
	return (char **)((char *)parts + texts[n]);
}

/* Replace a string. Takes ownership of @value; NULL: out of memory. */
static int set(char **text, char *value)
{
	free(*text);
	*text = value;
	return value ? 0 : -ENOMEM;
}

static bool has_tools(const char *dir, const char *tools)
{
	char *file = path("%s/%s", dir, tools);
	bool found = file && !access(file, X_OK);

	free(file);
	return found;
}

/* Takes ownership of @dir and @tools. */
static int set_xen(struct parts *parts, char *dir, char *tools,
		   const char *release)
{
	int error = set(&parts->xen, path("%s/boot/xen-%s-arm64", dir,
					  release));

	set(&parts->xen_root, dir);
	set(&parts->xen_tools, tools);
	return error;
}

int parts_use_xen(struct parts *parts, const char *root)
{
	static const char *const releases[] = { "4.17", "4.20" };
	char *dir = realpath(root, NULL), *tools;
	size_t i;

	for (i = 0; dir && i < sizeof(releases) / sizeof(releases[0]); i++) {
		tools = path("usr/lib/xen-%s/bin", releases[i]);
		if (tools && has_tools(dir, tools))
			return set_xen(parts, dir, tools, releases[i]);
		free(tools);
	}
	free(dir);
	return -ENOENT;
}

int parts_use_hypervisor(struct parts *parts, const char *file)
{
	return set(&parts->xen, strdup(file));
}

/* Take the kernel @release of the root @dir. Takes ownership of @release. */
static int set_linux(struct parts *parts, const char *dir, char *release)
{
	int error = set(&parts->modules, path("%s/lib/modules/%s", dir,
					      release));

	if (!error)
		error = set(&parts->kernel, path("%s/boot/vmlinuz-%s", dir,
						 release));
	set(&parts->release, release);
	return error;
}

int parts_use_linux(struct parts *parts, const char *root)
{
	char *dir = realpath(root, NULL);
	char *release = dir ? find_release(dir) : NULL;
	int error = release ? set_linux(parts, dir, release) : -ENOENT;

	free(dir);
	return error;
}

static int find_qemu(struct parts *parts, const char *dir)
{
	if (set(&parts->qemu_version, find_version(dir, "qemu")))
		return -ENOENT;
	if (set(&parts->qemu, path("%s/qemu/run-qemu-system-aarch64", dir)))
		return -ENOMEM;
	return set(&parts->firmware,
		   path("%s/qemu/usr/share/qemu-efi-aarch64/QEMU_EFI.fd", dir));
}

int parts_find(struct parts *parts, const char *given)
{
	char *dir = realpath(given, NULL);
	int error = dir ? set(&parts->root, path("%s/arm64", dir)) : -errno;

	if (!error)
		error = parts_use_linux(parts, parts->root);
	if (!error)
		error = find_qemu(parts, dir);
	if (!error)
		error = parts_use_xen(parts, parts->root);
	free(dir);
	return error;
}

int parts_copy(struct parts *to, const struct parts *from)
{
	size_t i;

	for (i = 0; i < TEXTS; i++) {
		const char *text = *(char *const *)((const char *)from +
						    texts[i]);

		if (text && set(text_at(to, i), strdup(text)))
			return -ENOMEM;
	}
	return 0;
}

void parts_free(struct parts *parts)
{
	size_t i;

	for (i = 0; i < TEXTS; i++)
		set(text_at(parts, i), NULL);
}
