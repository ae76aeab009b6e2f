/* SPDX-License-Identifier: MIT */
/*
 * Outputs that replace a file. They are written to a temporary file, which is
 * renamed when it is complete. A failure never destroys the old file.
 */
#ifndef XLAT_REPLACE_H
#define XLAT_REPLACE_H

#include <stdbool.h>
#include <stdio.h>

/** REPLACE_OLD_SIZE: size of the old file's new name, NUL included */
#define REPLACE_OLD_SIZE	(4096 + 32)

/**
 * struct replacement - an output that replaces a file
 * @file: write the output to it
 * @path: the file with the output until replace_end(): a temporary file in the
 *	directory of the target, or the target if it is not a regular file
 * @target: the file to replace, after following symbolic links
 * @old: the new name of the kept old file; empty if none was kept
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
 * replace_begin() - create the temporary file for @target; 0 or -errno
 *
 * If SIGINT, SIGTERM or SIGHUP ends the program, the latest temporary file is
 * removed.
 */
int replace_begin(struct replacement *r, const char *target);

/** replace_flush() - flush and close the file at @r->path; 0 or -errno */
int replace_flush(struct replacement *r);

/**
 * replace_end() - close the output and rename it to the target
 * @r: the output
 * @keep_old: keep the old file, see replace_keep_old()
 *
 * Return: 0 or -errno; no temporary file is left in either case.
 */
int replace_end(struct replacement *r, bool keep_old);

/** replace_drop() - discard the output; the target does not change */
void replace_drop(struct replacement *r);

/**
 * replace_keep_old() - rename @path to @path.old, @path.old-2, ...
 * @path: the file
 * @old: filled with the new name: the first free one of these
 *
 * Return: 1 if renamed; 0 if there is nothing to keep: @path does not exist, is
 * empty, or is not a regular file (a device, a pipe); else -errno.
 */
int replace_keep_old(const char *path, char old[REPLACE_OLD_SIZE]);

/** replace_same() - are @a and @b names of the same file? */
bool replace_same(const char *a, const char *b);

#endif /* XLAT_REPLACE_H */
