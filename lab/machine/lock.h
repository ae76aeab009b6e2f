/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LOCK_H
#define LAB_LOCK_H

/*
 * Make the directory if it is absent, and lock it for this process and its forked
 * children until all of them have ended. Returns 0 or -errno; -EBUSY: another
 * process holds the lock.
 */
int lock_directory(const char *path);

/* The meaning of an error of lock_directory(), for a message. */
const char *lock_strerror(int error);

#endif
