// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cpio.h"
#include "image.h"

enum kind { DIRECTORY, LINK, TEXT, HOST_FILE };

struct image_entry {
	enum kind kind;
	char *name;
	char *value;
};

static int find(const struct image *i, const char *name)
{
	size_t n;

	for (n = 0; n < i->count; n++)
		if (!strcmp(i->entries[n].name, name))
			return 1;
	return 0;
}

static int append(struct image *i, enum kind kind, const char *name,
		  const char *value)
{
	struct image_entry *more;

	if (find(i, name))
		return 0;
	more = realloc(i->entries, (i->count + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	i->entries = more;
	more[i->count].kind = kind;
	more[i->count].name = strdup(name);
	more[i->count].value = strdup(value);
	i->count++;
	return 0;
}

static int add_parents(struct image *i, const char *name)
{
	char path[512];
	size_t n;
	int error = 0;

	for (n = 0; !error && name[n] && n < sizeof(path) - 1; n++) {
		path[n] = '\0';
		if (name[n] == '/')
			error = append(i, DIRECTORY, path, "");
		path[n] = name[n];
	}
	return error;
}

static int add(struct image *i, enum kind kind, const char *name,
	       const char *value)
{
	int error;

	name += strspn(name, "/");
	error = add_parents(i, name);
	return error ? error : append(i, kind, name, value);
}

int image_add_file(struct image *i, const char *name, const char *host_path)
{
	return add(i, HOST_FILE, name, host_path);
}

int image_add_text(struct image *i, const char *name, const char *text)
{
	return add(i, TEXT, name, text);
}

int image_add_link(struct image *i, const char *name, const char *target)
{
	return add(i, LINK, name, target);
}

static int read_stream(FILE *f, char **bytes, size_t *size)
{
	struct stat st;

	if (fstat(fileno(f), &st))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	*size = (size_t)st.st_size;
	*bytes = malloc(*size + 1);
	if (!*bytes)
		return -ENOMEM;
	return fread(*bytes, 1, *size, f) == *size ? 0 : -EIO;
}

static int write_file(struct cpio *c, const struct image_entry *e)
{
	FILE *f = fopen(e->value, "re");
	char *bytes = NULL;
	size_t size = 0;
	int error;

	if (!f)
		return -errno;
	error = read_stream(f, &bytes, &size);
	fclose(f);
	if (!error)
		error = cpio_add_bytes(c, e->name, 0755, bytes, size);
	free(bytes);
	return error;
}

static int write_entry(struct cpio *c, const struct image_entry *e)
{
	switch (e->kind) {
	case DIRECTORY:
		return cpio_add_directory(c, e->name);
	case LINK:
		return cpio_add_link(c, e->name, e->value);
	case TEXT:
		return cpio_add_bytes(c, e->name, 0755, e->value,
				      strlen(e->value));
	case HOST_FILE:
		return c->hash ? cpio_add_content(c, e->name, 0755, e->value) :
				 write_file(c, e);
	}
	return -EINVAL;
}

static void blame(struct image *i, const char *culprit)
{
	snprintf(i->culprit, sizeof(i->culprit), "%s", culprit);
}

static int put_entries(struct image *i, struct cpio *c)
{
	const struct image_entry *e;
	int error = 0;
	size_t n;

	for (n = 0; !error && n < i->count; n++) {
		e = &i->entries[n];
		error = write_entry(c, e);
		if (error)
			blame(i, e->kind == HOST_FILE ? e->value : e->name);
	}
	return error;
}

int image_write(struct image *i, const char *path)
{
	struct cpio c;
	int error = cpio_open(&c, path), at_close;

	if (error) {
		blame(i, path);
		return error;
	}
	error = put_entries(i, &c);
	at_close = cpio_close(&c);
	if (!error && at_close)
		blame(i, path);
	return error ? error : at_close;
}

int image_hash(struct image *i, struct hash *hash)
{
	struct cpio c;
	int error;

	cpio_open_hash(&c, hash);
	error = put_entries(i, &c);
	return error ? error : cpio_close(&c);
}

void image_free(struct image *i)
{
	size_t n;

	for (n = 0; n < i->count; n++) {
		free(i->entries[n].name);
		free(i->entries[n].value);
	}
	free(i->entries);
	memset(i, 0, sizeof(*i));
}
