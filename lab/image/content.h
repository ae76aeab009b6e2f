/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CONTENT_H
#define LAB_CONTENT_H

#include "hash.h"

/* Add what a file holds, not its name: read once, for many cells have the same
 * few. 0 or -errno. */
int content_add(struct hash *hash, const char *path);

#endif
