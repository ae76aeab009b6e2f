// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "recipe.h"

#define LIBRARIES "lib/aarch64-linux-gnu"
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const char *const port_modules[] = { "virtio_pci", "virtio_console" };
static const char *const xen_modules[] = {
	"xen-evtchn", "xen-gntdev", "xen-privcmd", "xenfs",
};

/* in dom0; the sources are in the directory of Xen's tools */
static const struct {
	const char *name, *tool;
} xen_programs[] = {
	{ "/usr/lib/xen/bin/xenstored", "xenstored" },
	{ "/usr/lib/xen/bin/xen-init-dom0", "xen-init-dom0" },
	{ "/usr/lib/xen/bin/xenconsoled", "xenconsoled" },
	{ "/usr/sbin/xl", "xl" },
};

struct names {
	const char *list[RECIPE_MODULES + 8];
	size_t count;
};

static void name_all(struct names *names, const char *const list[], size_t n)
{
	size_t i;

	for (i = 0; i < n && list[i]; i++)
		if (names->count < ARRAY_SIZE(names->list) - 1)
			names->list[names->count++] = list[i];
}

static int add_busybox(struct image *image, const struct parts *parts)
{
	char path[4096];
	int error;

	snprintf(path, sizeof(path), "%s/bin/busybox", parts->root);
	error = image_add_file(image, "/bin/busybox", path);
	return error ? error : image_add_link(image, "/bin/sh", "busybox");
}

static int add_files(struct image *image, const struct recipe *recipe)
{
	int error = 0;
	size_t i;

	for (i = 0; !error && i < RECIPE_FILES && recipe->files[i].name; i++)
		error = image_add_file(image, recipe->files[i].name,
				       recipe->files[i].host_path);
	return error;
}

static int add_guest(struct image *image, const struct recipe *recipe,
		     const struct parts *parts, struct names *names)
{
	int error = image_add_file(image, "/init", recipe->init);

	if (!error)
		error = add_busybox(image, parts);
	if (!error)
		error = image_add_text(image, "/job", recipe->job);
	if (!error)
		error = add_files(image, recipe);
	name_all(names, recipe->modules, RECIPE_MODULES);
	if (!error && names->count)
		error = image_add_modules(image, parts->modules, names->list);
	return error;
}

int recipe_guest(struct image *image, const struct recipe *recipe,
		 const struct parts *parts, bool ports)
{
	struct names names = { .count = 0 };

	if (ports)
		name_all(&names, port_modules, ARRAY_SIZE(port_modules));
	return add_guest(image, recipe, parts, &names);
}

static int add_xen_programs(struct image *image, const struct parts *parts)
{
	char path[256];
	int error = 0;
	size_t i;

	for (i = 0; !error && i < ARRAY_SIZE(xen_programs); i++) {
		snprintf(path, sizeof(path), "%s/%s", parts->xen_tools,
			 xen_programs[i].tool);
		error = image_add_program(image, xen_programs[i].name,
					  parts->xen_root, path);
	}
	/* opened at run time, when a thread is cancelled */
	if (!error)
		error = image_add_program(image, LIBRARIES "/libgcc_s.so.1",
					  parts->xen_root,
					  LIBRARIES "/libgcc_s.so.1");
	/* dom0's memory is left alone: see inflate_balloon() in lab/init/dom0.c */
	if (!error)
		error = image_add_text(image, "/etc/xen/xl.conf",
				       "autoballoon=\"off\"\n");
	return error;
}

static int add_domain(struct image *image, const struct recipe_domain *d)
{
	char config[4096], path[128], ramdisk[160] = "", cpus[64] = "";
	int error, n;

	if (d->initramfs)
		snprintf(ramdisk, sizeof(ramdisk),
			 "ramdisk = \"/%s.initramfs\"\n", d->name);
	if (d->cpus)
		snprintf(cpus, sizeof(cpus), "cpus = \"%s\"\n", d->cpus);
	n = snprintf(config, sizeof(config),
		     "name = \"%s\"\nvcpus = %d\nmemory = %d\n"
		     "kernel = \"/%s\"\n%s"
		     "extra = \"%s\"\n%s%s"
		     "on_crash = \"destroy\"\non_reboot = \"destroy\"\n",
		     d->name, d->vcpus, d->memory_mb, d->kernel_name, ramdisk,
		     d->append, cpus, d->more ? d->more : "");
	if (n < 0 || (size_t)n >= sizeof(config))
		return -E2BIG;
	snprintf(path, sizeof(path), "/%s.cfg", d->name);
	error = image_add_text(image, path, config);
	if (!error)
		error = image_add_file(image, d->kernel_name, d->kernel);
	snprintf(path, sizeof(path), "/%s.initramfs", d->name);
	if (!error && d->initramfs)
		error = image_add_file(image, path, d->initramfs);
	return error;
}

int recipe_dom0(struct image *image, const struct recipe *recipe,
		const struct parts *parts, const struct recipe_domain domains[])
{
	struct names names = { .count = 0 };
	int error;

	name_all(&names, xen_modules, ARRAY_SIZE(xen_modules));
	name_all(&names, port_modules, ARRAY_SIZE(port_modules));
	error = add_guest(image, recipe, parts, &names);
	if (!error)
		error = add_xen_programs(image, parts);
	for (; !error && domains && domains->name; domains++)
		error = add_domain(image, domains);
	return error;
}
