/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_IMAGE_H
#define LAB_IMAGE_H

#include <stddef.h>

#include "hash.h"

/*
 * The content of an initramfs: a list of entries in the order of adding.
 * Directories are made as needed. A second entry of the same name is ignored, so a
 * library may be added several times. Functions that can fail return 0 or -errno
 * and leave the name of the cause in ->culprit.
 */
struct image_entry;

struct image {
	struct image_entry *entries;
	size_t count;
	char culprit[4096];
};

int image_add_file(struct image *i, const char *name, const char *host_path);
int image_add_text(struct image *i, const char *name, const char *text);
int image_add_link(struct image *i, const char *name, const char *target);

/*
 * A dynamically linked program of the unpacked root, with its loader and its
 * libraries, all in /lib/aarch64-linux-gnu.
 */
int image_add_program(struct image *i, const char *name, const char *root,
		      const char *path);

/*
 * Kernel modules by name, with their dependencies (modules.dep), and the file
 * /modules that lists them in the order of loading.
 */
int image_add_modules(struct image *i, const char *modules_dir,
		      const char *const names[]);

int image_write(struct image *i, const char *path);

/* Add the bytes that image_write() would write. For a file of the host, its content
 * is added, not its name. If its name is "", the caller adds the content. */
int image_hash(struct image *i, struct hash *hash);
void image_free(struct image *i);

#endif
