/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XENSTORE_H
#define LAB_XENSTORE_H

#include <stddef.h>

/* Where a domU leaves its verdict: below its own path, which it may write. */
#define XENSTORE_VERDICT "data/xlat-verdict"
/* Where dom0 tells it that everybody else is about to sleep; a step follows. */
#define XENSTORE_GO "data/xlat-go"
/* Where it tells dom0 that its recordings are made. */
#define XENSTORE_RECORDED "data/xlat-recorded"

/* 0 or -errno. Spoken over /dev/xen/xenbus, which every domain has. */
int xenstore_write(const char *path, const char *value, size_t length);

/*
 * Sleep until path has a value, or owner has none (the domain is gone), at
 * most so long. Returns the length of the value, terminated; -ETIMEDOUT;
 * -ENOENT: the owner is gone; or another -errno.
 */
int xenstore_await(const char *path, const char *owner, int seconds,
		   char *value, size_t size);

#endif
