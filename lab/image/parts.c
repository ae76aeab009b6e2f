// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"

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

int parts_use_xen(struct parts *parts, const char *root)
{
	static const char *const releases[] = { "4.17", "4.20" };
	char *dir = realpath(root, NULL), *tools;
	size_t i;

	for (i = 0; dir && i < sizeof(releases) / sizeof(releases[0]); i++) {
		tools = path("usr/lib/xen-%s/bin", releases[i]);
		if (access(path("%s/%s", dir, tools), X_OK))
			continue;
		parts->xen = path("%s/boot/xen-%s-arm64", dir, releases[i]);
		parts->xen_root = dir;
		parts->xen_tools = tools;
		return 0;
	}
	return -ENOENT;
}

int parts_use_linux(struct parts *parts, const char *root)
{
	char *dir = realpath(root, NULL);

	parts->release = dir ? find_release(dir) : NULL;
	if (!parts->release)
		return -ENOENT;
	parts->modules = path("%s/lib/modules/%s", dir, parts->release);
	parts->kernel = path("%s/boot/vmlinuz-%s", dir, parts->release);
	return 0;
}

int parts_find(struct parts *parts, const char *given)
{
	char *dir = realpath(given, NULL);

	if (!dir)
		return -errno;
	parts->root = path("%s/arm64", dir);
	parts->qemu_version = find_version(dir, "qemu");
	if (parts_use_linux(parts, parts->root) || !parts->qemu_version)
		return -ENOENT;
	parts->qemu = path("%s/qemu/run-qemu-system-aarch64", dir);
	parts->firmware = path("%s/qemu/usr/share/qemu-efi-aarch64/QEMU_EFI.fd",
			       dir);
	free(dir);
	return parts_use_xen(parts, parts->root);
}
