/* SPDX-License-Identifier: MIT */
/*
 * Outputs that take the place of a file: written beside it, and given its
 * name when they are whole. Nothing that fails destroys what was there.
 */
#ifndef XLAT_REPLACE_H
#define XLAT_REPLACE_H

#include <stdbool.h>
#include <stdio.h>

/** REPLACE_OLD_SIZE: room for the name of what was kept */
#define REPLACE_OLD_SIZE	(4096 + 32)

/**
 * struct replacement - an output on its way to its name
 * @file: to write to
 * @path: where the bytes are until replace_end(): a temporary file in the
 *	directory of the target, or the target where that is no regular file
 * @target: what is replaced, symbolic links followed
 * @old: what bore the name before is kept under this one; empty: nothing was
 * @direct: @path is the target itself
 */
struct replacement {
	FILE *file;
	char path[4096 + 16];
	char target[4096];
	char old[REPLACE_OLD_SIZE];
	bool direct;
};

/**
 * replace_begin() - make the temporary file of @target; 0 or -errno
 *
 * SIGINT, SIGTERM and SIGHUP that would end the program take the latest
 * temporary file with it.
 */
int replace_begin(struct replacement *r, const char *target);

/** replace_flush() - all that was written is in @r->path, closed; 0 or -errno */
int replace_flush(struct replacement *r);

/**
 * replace_end() - close, and give it the target's name
 * @keep_old: what bears the name now is kept, see replace_keep_old()
 *
 * Return: 0 or -errno; the temporary file is gone in both cases.
 */
int replace_end(struct replacement *r, bool keep_old);

/** replace_drop() - forget it; the target stays as it was */
void replace_drop(struct replacement *r);

/**
 * replace_keep_old() - rename @path to @path.old, @path.old-2, ...
 * @old: filled with the first such name that was free
 *
 * Return: 1 done; 0 there is nothing to keep: no such file, an empty one, or
 * none that holds bytes (a device, a pipe); else -errno.
 */
int replace_keep_old(const char *path, char old[REPLACE_OLD_SIZE]);

/** replace_same() - are both names of one file? */
bool replace_same(const char *a, const char *b);

#endif /* XLAT_REPLACE_H */
