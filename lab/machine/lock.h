/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LOCK_H
#define LAB_LOCK_H

/*
 * Make the directory if it is absent, and take it for this process and its
 * forked children until all of them have ended. Returns 0 or -errno; -EBUSY:
 * another process has it.
 */
int lock_directory(const char *path);

/* What that error means, for a message. */
const char *lock_strerror(int error);

#endif
