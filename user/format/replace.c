// SPDX-License-Identifier: MIT
/* Outputs that replace a file only when they are complete. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "last_act.h"
#include "replace.h"

static bool is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* The permissions that the file would have after open(). */
static mode_t mode_for(const char *target)
{
	struct stat st;
	mode_t mask;

	if (stat(target, &st) == 0)
		return st.st_mode & 0777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Follows symbolic links, so that the file is replaced and not the link. */
static int resolve(struct replacement *r, const char *target)
{
	char *real = realpath(target, NULL);
	const char *name = real ? real : target;
	int error = strlen(name) < sizeof(r->target) ? 0 : -ENAMETOOLONG;

	if (!error)
		strcpy(r->target, name);
	free(real);
	return error;
}

static int open_temporary(struct replacement *r)
{
	int fd, error;

	snprintf(r->path, sizeof(r->path), "%s.XXXXXX", r->target);
	fd = mkostemp(r->path, 0);
	if (fd < 0)
		return -errno;
	if (fchmod(fd, mode_for(r->target)) == 0)
		r->file = fdopen(fd, "w");
	if (r->file) {
		last_act_unlink(r->path);
		return 0;
	}
	error = -errno;
	close(fd);
	unlink(r->path);
	return error;
}

int replace_begin(struct replacement *r, const char *target)
{
	int error;

	memset(r, 0, sizeof(*r));
	error = resolve(r, target);
	if (error)
		return error;
	r->direct = access(r->target, F_OK) == 0 && !is_regular(r->target);
	if (!r->direct)
		return open_temporary(r);
	snprintf(r->path, sizeof(r->path), "%s", r->target);
	r->file = fopen(r->path, "we");
	return r->file ? 0 : -errno;
}

int replace_flush(struct replacement *r)
{
	FILE *file = r->file;
	int error = 0;

	r->file = NULL;
	if (!file)
		return 0;
	if (fflush(file))
		error = -errno;
	else if (ferror(file))
		error = -EIO;
	if (fclose(file) && !error)
		error = -errno;
	return error;
}

int replace_end(struct replacement *r, bool keep_old)
{
	int error = replace_flush(r);

	if (r->direct)
		return error;
	if (!error && keep_old) {
		error = replace_keep_old(r->target, r->old);
		error = error < 0 ? error : 0;
	}
	if (!error && rename(r->path, r->target))
		error = -errno;
	if (error)
		unlink(r->path);
	last_act_unlink(NULL);
	return error;
}

void replace_drop(struct replacement *r)
{
	if (r->file)
		fclose(r->file);
	r->file = NULL;
	if (r->direct)
		return;
	unlink(r->path);
	last_act_unlink(NULL);
}

/* Finds the first name of FILE.old, FILE.old-2, ... that does not exist. */
static int free_name(const char *path, char old[REPLACE_OLD_SIZE])
{
	struct stat st;

	if (strlen(path) >= REPLACE_OLD_SIZE - 16)
		return -ENAMETOOLONG;
	sprintf(old, "%s.old", path);
	for (unsigned int n = 2; lstat(old, &st) == 0; n++)
		sprintf(old, "%s.old-%u", path, n);
	return errno == ENOENT ? 0 : -errno;
}

int replace_keep_old(const char *path, char old[REPLACE_OLD_SIZE])
{
	struct stat st;
	int error;

	old[0] = '\0';
	if (lstat(path, &st) || (!S_ISREG(st.st_mode) && !is_regular(path)) ||
	    !st.st_size)
		return 0;
	error = free_name(path, old);
	if (!error && rename(path, old))
		error = -errno;
	if (error)
		old[0] = '\0';
	return error ? error : 1;
}

bool replace_same(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	       one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}
