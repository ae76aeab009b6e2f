// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cpio.h"

static int pad(FILE *f)
{
	while (ftell(f) % 4)
		if (putc(0, f) == EOF)
			return -EIO;
	return 0;
}

static int add(struct cpio *c, const char *name, unsigned int mode,
	       const void *bytes, size_t size)
{
	int error;

	fprintf(c->f, "070701%08X%08X%08X%08X%08X%08X%08zX%08X%08X%08X%08X%08zX%08X",
		++c->inode, mode, 0, 0, 1, 0, size, 0, 0, 0, 0,
		strlen(name) + 1, 0);
	fwrite(name, 1, strlen(name) + 1, c->f);
	error = pad(c->f);
	if (error)
		return error;
	if (size && fwrite(bytes, 1, size, c->f) != size)
		return -EIO;
	return pad(c->f);
}

int cpio_open(struct cpio *c, const char *path)
{
	c->inode = 0;
	c->f = fopen(path, "we");
	return c->f ? 0 : -errno;
}

int cpio_add_directory(struct cpio *c, const char *name)
{
	return add(c, name, S_IFDIR | 0755, NULL, 0);
}

int cpio_add_link(struct cpio *c, const char *name, const char *target)
{
	return add(c, name, S_IFLNK | 0777, target, strlen(target));
}

int cpio_add_bytes(struct cpio *c, const char *name, unsigned int mode,
		   const void *bytes, size_t size)
{
	return add(c, name, S_IFREG | mode, bytes, size);
}

int cpio_close(struct cpio *c)
{
	int error = add(c, "TRAILER!!!", 0, NULL, 0);

	if (ferror(c->f))
		error = -EIO;
	if (fclose(c->f))
		error = -errno;
	return error;
}
