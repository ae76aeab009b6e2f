// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "content.h"
#include "cpio.h"

static int put(struct cpio *c, const void *bytes, size_t size)
{
	c->written += size;
	if (c->hash)
		hash_bytes(c->hash, bytes, size);
	else if (fwrite(bytes, 1, size, c->f) != size)
		return -EIO;
	return 0;
}

static int pad(struct cpio *c)
{
	static const char zeros[4];

	return put(c, zeros, -c->written % 4);
}

static int begin_entry(struct cpio *c, const char *name, unsigned int mode,
		       size_t size)
{
	char header[128];
	int length = snprintf(header, sizeof(header),
		"070701%08X%08X%08X%08X%08X%08X%08zX%08X%08X%08X%08X%08zX%08X",
		++c->inode, mode, 0, 0, 1, 0, size, 0, 0, 0, 0,
		strlen(name) + 1, 0);
	int error = put(c, header, (size_t)length);

	if (!error)
		error = put(c, name, strlen(name) + 1);
	return error ? error : pad(c);
}

static int add(struct cpio *c, const char *name, unsigned int mode,
	       const void *bytes, size_t size)
{
	int error = begin_entry(c, name, mode, size);

	if (!error && size)
		error = put(c, bytes, size);
	return error ? error : pad(c);
}

int cpio_open(struct cpio *c, const char *path)
{
	*c = (struct cpio) { .f = fopen(path, "we") };
	return c->f ? 0 : -errno;
}

void cpio_open_hash(struct cpio *c, struct hash *hash)
{
	*c = (struct cpio) { .hash = hash };
}

int cpio_add_content(struct cpio *c, const char *name, unsigned int mode,
		     const char *path)
{
	struct stat st = { .st_size = 0 };
	int error = *path && stat(path, &st) ? -errno : 0;

	if (!error)
		error = begin_entry(c, name, S_IFREG | mode,
				    (size_t)st.st_size);
	if (!error && *path)
		error = content_add(c->hash, path);
	c->written += (size_t)st.st_size;
	return error ? error : pad(c);
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

	if (c->f && fclose(c->f))
		error = -errno;
	return error;
}
