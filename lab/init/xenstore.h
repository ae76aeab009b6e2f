/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_XENSTORE_H
#define LAB_XENSTORE_H

#include <stddef.h>

/* A domU writes its verdict here, below its own path. */
#define XENSTORE_VERDICT "data/xlat-verdict"
/* dom0 writes here that it is about to sleep. A step is appended, but not 0. */
#define XENSTORE_GO "data/xlat-go"
/* A domU writes here that its recordings are made. */
#define XENSTORE_RECORDED "data/xlat-recorded"

/* Returns 0 or -errno. Uses /dev/xen/xenbus, which every domain has. */
int xenstore_write(const char *path, const char *value, size_t length);

/*
 * Sleep until path has a value, or owner has none (the domain is gone), for at most
 * so many seconds. Returns the length of the value, which ends with NUL; -ETIMEDOUT;
 * -ENOENT if the owner is gone; or another -errno.
 */
int xenstore_await(const char *path, const char *owner, int seconds,
		   char *value, size_t size);

#endif
