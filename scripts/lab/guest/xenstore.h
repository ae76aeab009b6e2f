/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XENSTORE_H
#define LAB_XENSTORE_H

#include <stddef.h>

/* Where a domU leaves its verdict: below its own path, which it may write. */
#define XENSTORE_VERDICT "data/xlat-verdict"

/* 0 or -errno. Spoken over /dev/xen/xenbus, which every domain has. */
int xenstore_write(const char *path, const char *value, size_t length);

/*
 * Sleep until path has a value or its domain is gone, at most so long.
 * Returns the length of the value, terminated; -ETIMEDOUT, -ENOENT: domain
 * gone; or another -errno.
 */
int xenstore_await(const char *path, int seconds, char *value, size_t size);

#endif
