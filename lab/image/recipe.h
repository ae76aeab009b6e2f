/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_RECIPE_H
#define LAB_RECIPE_H

#include <stdbool.h>

#include "image.h"
#include "parts.h"

/*
 * The initramfs of each kind of guest. Functions return 0 or -errno; the image
 * names the cause.
 */
enum { RECIPE_FILES = 32, RECIPE_MODULES = 16 };

struct recipe {
	const char *init;		/* the guest's PID 1, on the host */
	const char *job;		/* text of the job */
	struct {
		const char *name, *host_path;
	} files[RECIPE_FILES];		/* ends with a NULL name */
	const char *modules[RECIPE_MODULES + 1];
};

/* init, busybox, the job, the files; with ports, the drivers of the channels too */
int recipe_guest(struct image *image, const struct recipe *recipe,
		 const struct parts *parts, bool ports);

/* A domain that dom0 creates, from /NAME.cfg. */
struct recipe_domain {
	const char *name;
	int vcpus, memory_mb;
	const char *kernel_name;	/* in dom0: domains may share one */
	const char *kernel, *initramfs, *append;	/* initramfs may be NULL */
	const char *cpus;		/* where it may run; NULL: anywhere */
	const char *more;		/* lines of its configuration, or NULL */
};

/*
 * The same, with Xen's tools and the files of these domains. The list ends with a
 * NULL name; it may be NULL.
 */
int recipe_dom0(struct image *image, const struct recipe *recipe,
		const struct parts *parts, const struct recipe_domain domains[]);

#endif
