/* SPDX-License-Identifier: MIT */
/*
 * A temporary working directory for a test, and small files in it.
 */
#ifndef XLAT_UNIT_HOME_H
#define XLAT_UNIT_HOME_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static char unit_home[32];

/** unit_home_enter() - change to a new, empty directory; TMPDIR names it too */
static inline void unit_home_enter(void)
{
	strcpy(unit_home, "/tmp/xlat-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(unit_home));
	ck_assert_int_eq(chdir(unit_home), 0);
	setenv("TMPDIR", unit_home, 1);
}

/**
 * unit_home_leave() - leave and remove it; fails if a file is left in it
 */
static inline void unit_home_leave(void)
{
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_msg(!rmdir(unit_home), "%s is not empty", unit_home);
}

/** unit_put() - make a file with this text */
static inline void unit_put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

/** unit_get() - read a file shorter than @size, add a NUL; return its length */
static inline size_t unit_get(const char *path, void *bytes, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t n;

	ck_assert_msg(file, "%s is missing", path);
	n = fread(bytes, 1, size, file);
	fclose(file);
	ck_assert_uint_lt(n, size);
	((char *)bytes)[n] = '\0';
	return n;
}

/** unit_holds() - is this the whole text of the file? */
static inline void unit_holds(const char *path, const char *text)
{
	char got[4096];

	unit_get(path, got, sizeof(got));
	ck_assert_str_eq(got, text);
}

#endif /* XLAT_UNIT_HOME_H */
