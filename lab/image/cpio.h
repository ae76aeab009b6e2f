/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CPIO_H
#define LAB_CPIO_H

#include <stddef.h>
#include <stdio.h>

#include "hash.h"

/*
 * A writer of "newc" archives, which Linux takes as initramfs. It needs no root and
 * no temporary directory, and writes the same bytes for the same input. All
 * functions return 0 or -errno.
 */
struct cpio {
	FILE *f;		/* NULL: into the hash */
	struct hash *hash;
	size_t written;
	unsigned int inode;
};

int cpio_open(struct cpio *c, const char *path);

/* Write no file, but add the bytes of the archive to the hash, in order. */
void cpio_open_hash(struct cpio *c, struct hash *hash);

/*
 * Only after cpio_open_hash(): add a file of the host. The hash of its content is
 * added, which is computed once. If path is "", the caller adds the content.
 */
int cpio_add_content(struct cpio *c, const char *name, unsigned int mode,
		     const char *path);
int cpio_close(struct cpio *c);

/* Names have no leading slash. */
int cpio_add_directory(struct cpio *c, const char *name);
int cpio_add_link(struct cpio *c, const char *name, const char *target);
int cpio_add_bytes(struct cpio *c, const char *name, unsigned int mode,
		   const void *bytes, size_t size);

#endif
