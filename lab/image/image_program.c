// SPDX-License-Identifier: GPL-2.0
/* Programs with their libraries, which are found as the loader finds them. */
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "image.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define LIBRARIES "lib/aarch64-linux-gnu"
#define LOADER "lib/ld-linux-aarch64.so.1"

static const char *const library_dirs[] = {
	"lib/aarch64-linux-gnu",
	"usr/lib/aarch64-linux-gnu",
	"usr/lib/xen-4.17/lib/aarch64-linux-gnu",
	"usr/lib/xen-4.20/lib/aarch64-linux-gnu",
	"lib",
};

static int add_needed(struct image *i, const char *root, const char *path);

static int find_library(const char *root, const char *soname, char *path,
			size_t size)
{
	size_t n;

	for (n = 0; n < ARRAY_SIZE(library_dirs); n++) {
		snprintf(path, size, "%s/%s/%s", root, library_dirs[n], soname);
		if (!access(path, R_OK))
			return 0;
	}
	return -ENOENT;
}

static int add_library(struct image *i, const char *root, const char *soname)
{
	char path[4096], name[256];
	size_t before = i->count;
	int error;

	if (!strcmp(soname, "ld-linux-aarch64.so.1"))
		return 0;
	error = find_library(root, soname, path, sizeof(path));
	if (error) {
		snprintf(i->culprit, sizeof(i->culprit), "%s", soname);
		return error;
	}
	snprintf(name, sizeof(name), LIBRARIES "/%s", soname);
	error = image_add_file(i, name, path);
	if (error || i->count == before)
		return error;
	return add_needed(i, root, path);
}

static int add_dynamic(struct image *i, const char *root, Elf *elf,
		       Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Dyn dyn;
	const char *soname;
	int n, error = 0;

	for (n = 0; !error && data && gelf_getdyn(data, n, &dyn); n++) {
		if (dyn.d_tag != DT_NEEDED)
			continue;
		soname = elf_strptr(elf, header->sh_link, dyn.d_un.d_val);
		error = soname ? add_library(i, root, soname) : -ENOEXEC;
	}
	return error;
}

static int add_sections(struct image *i, const char *root, Elf *elf)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	int error = 0;

	while (!error && (section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) &&
		    header.sh_type == SHT_DYNAMIC)
			error = add_dynamic(i, root, elf, section, &header);
	return error;
}

static int add_needed(struct image *i, const char *root, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error = -ENOEXEC;
	Elf *elf;

	if (fd < 0) {
		snprintf(i->culprit, sizeof(i->culprit), "%s", path);
		return -errno;
	}
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf)
		error = add_sections(i, root, elf);
	elf_end(elf);
	close(fd);
	return error;
}

int image_add_program(struct image *i, const char *name, const char *root,
		      const char *path)
{
	char host_path[4096];
	int error;

	snprintf(host_path, sizeof(host_path), "%s/" LOADER, root);
	error = image_add_file(i, LOADER, host_path);
	snprintf(host_path, sizeof(host_path), "%s/%s", root, path);
	if (!error)
		error = image_add_file(i, name, host_path);
	return error ? error : add_needed(i, root, host_path);
}
