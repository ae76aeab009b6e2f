/* SPDX-License-Identifier: MIT */
/*
 * A directory for the files of a fake machine: /proc, /sys and /boot, as
 * hostenv.h reads them.
 */
#ifndef XLAT_FAKE_ROOT_H
#define XLAT_FAKE_ROOT_H

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "user/record/hostenv.h"

static char fake_root[64];

/** fake_root_make() - make an empty one; all files are read from it now */
static inline void fake_root_make(void)
{
	strcpy(fake_root, "/tmp/xlat-root-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(fake_root));
	hostenv_use_root(fake_root);
}

static inline int fake_root_unlink(const char *path, const struct stat *stat,
				   int kind, struct FTW *at)
{
	(void)stat;
	(void)kind;
	(void)at;
	return remove(path);
}

/** fake_root_drop() - remove it; files are read from this machine again */
static inline void fake_root_drop(void)
{
	nftw(fake_root, fake_root_unlink, 8, FTW_DEPTH | FTW_PHYS);
	hostenv_use_root("");
}

/** fake_root_put() - make file @path and all directories above it */
static inline void fake_root_put(const char *path, const char *text)
{
	char real[512];
	FILE *file;

	snprintf(real, sizeof(real), "%s%s", fake_root, path);
	for (char *at = real + strlen(fake_root) + 1; (at = strchr(at, '/'));
	     at++) {
		*at = '\0';
		mkdir(real, 0700);
		*at = '/';
	}
	file = fopen(real, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

#endif /* XLAT_FAKE_ROOT_H */
