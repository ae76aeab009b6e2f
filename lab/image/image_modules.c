// SPDX-License-Identifier: GPL-2.0
/* Kernel modules with their dependencies, from modules.dep. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

struct order {
	char text[8192];	/* /modules: one path a line */
};

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The name of "kernel/drivers/xen/xen-evtchn.ko" is "xen-evtchn"; - equals _. */
static bool is_module(const char *path, const char *name)
{
	const char *base = base_of(path);

	for (; *name; base++, name++)
		if (*base != *name &&
		    !(strchr("-_", *base) && strchr("-_", *name)))
			return false;
	return !strncmp(base, ".ko", 3);
}

static int add_one(struct image *i, const char *dir, const char *path,
		   struct order *order)
{
	char host_path[4096], name[256];
	size_t used = strlen(order->text);

	snprintf(host_path, sizeof(host_path), "%s/%s", dir, path);
	snprintf(name, sizeof(name), "/lib/modules/%s", base_of(path));
	if (!strstr(order->text, name))
		snprintf(order->text + used, sizeof(order->text) - used,
			 "%s\n", name);
	return image_add_file(i, name, host_path);
}

/* The last module of a line must be loaded first. */
static int add_line(struct image *i, const char *dir, char *line,
		    struct order *order)
{
	char *space;
	int error = 0;

	line[strcspn(line, "\n")] = '\0';
	while (!error && (space = strrchr(line, ' '))) {
		*space = '\0';
		if (space[1])
			error = add_one(i, dir, space + 1, order);
	}
	if (error)
		return error;
	line[strcspn(line, ":")] = '\0';
	return add_one(i, dir, line, order);
}

/* Built into the kernel: nothing to load. */
static bool is_built_in(const char *dir, const char *name)
{
	char path[4096], line[1024];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "%s/modules.builtin", dir);
	f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = is_module(line, name);
	if (f)
		fclose(f);
	return found;
}

static int add_named(struct image *i, const char *dir, FILE *dep,
		     const char *name, struct order *order)
{
	char *line = NULL;
	size_t size = 0;
	int error = -ENOENT;

	rewind(dep);
	while (error == -ENOENT && getline(&line, &size, dep) > 0) {
		char path[1024];

		snprintf(path, sizeof(path), "%.*s", (int)strcspn(line, ":"),
			 line);
		if (is_module(path, name))
			error = add_line(i, dir, line, order);
	}
	free(line);
	if (error == -ENOENT && is_built_in(dir, name))
		return 0;
	if (error)
		snprintf(i->culprit, sizeof(i->culprit), "module %s", name);
	return error;
}

int image_add_modules(struct image *i, const char *modules_dir,
		      const char *const names[])
{
	struct order order = { "" };
	char path[4096];
	FILE *dep;
	int error = 0;

	snprintf(path, sizeof(path), "%s/modules.dep", modules_dir);
	dep = fopen(path, "re");
	if (!dep) {
		snprintf(i->culprit, sizeof(i->culprit), "%s", path);
		return -errno;
	}
	for (; !error && *names; names++)
		error = add_named(i, modules_dir, dep, *names, &order);
	fclose(dep);
	return error ? error : image_add_text(i, "/modules", order.text);
}
