/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CPIO_H
#define LAB_CPIO_H

#include <stddef.h>
#include <stdio.h>

/*
 * A writer of the "newc" archives that Linux takes as initramfs: no root, no
 * temporary directory, the same bytes for the same input.
 * All functions return 0 or -errno.
 */
struct cpio {
	FILE *f;
	unsigned int inode;
};

int cpio_open(struct cpio *c, const char *path);
int cpio_close(struct cpio *c);

/* Names have no leading slash. */
int cpio_add_directory(struct cpio *c, const char *name);
int cpio_add_link(struct cpio *c, const char *name, const char *target);
int cpio_add_bytes(struct cpio *c, const char *name, unsigned int mode,
		   const void *bytes, size_t size);

#endif
