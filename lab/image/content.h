/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CONTENT_H
#define LAB_CONTENT_H

#include "hash.h"

/* Add the content of a file, not its name. Each file is read once, because many
 * cells share a few files. Returns 0 or -errno. */
int content_add(struct hash *hash, const char *path);

#endif
