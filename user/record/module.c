// SPDX-License-Identifier: MIT
/* Reads .modinfo of a kernel module with libelf. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "module.h"
#include "user/data/plain.h"

static void take(const char *entry, size_t length, struct module_facts *facts)
{
	const struct {
		const char *key;
		char *to;
	} wanted[] = {
		{ "name=", facts->name },
		{ "version=", facts->version },
		{ "vermagic=", facts->vermagic },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		size_t key = strlen(wanted[i].key);

		if (length > key && !memcmp(entry, wanted[i].key, key))
			snprintf(wanted[i].to, MODULE_TEXT, "%.*s",
				 (int)(length - key), entry + key);
		plain_make(wanted[i].to);
	}
}

/* NUL-separated "key=value" texts. */
static void take_all(const Elf_Data *data, struct module_facts *facts)
{
	const char *at = data->d_buf, *end = at + data->d_size;

	while (at && at < end) {
		size_t length = strnlen(at, (size_t)(end - at));

		take(at, length, facts);
		at += length + 1;
	}
}

static void take_machine(Elf *elf, struct module_facts *facts)
{
	GElf_Ehdr header;

	if (!gelf_getehdr(elf, &header))
		return;
	if (header.e_machine == EM_AARCH64)
		strcpy(facts->machine, "arm64");
	else if (header.e_machine == EM_X86_64)
		strcpy(facts->machine, "x86_64");
	else
		snprintf(facts->machine, MODULE_TEXT, "ELF machine %u",
			 header.e_machine);
}

static int take_modinfo(Elf *elf, struct module_facts *facts)
{
	Elf_Scn *section = NULL;
	int error = -ENODATA;
	size_t names;

	if (elf_kind(elf) != ELF_K_ELF || elf_getshdrstrndx(elf, &names))
		return -ENOEXEC;
	take_machine(elf, facts);
	while ((section = elf_nextscn(elf, section))) {
		GElf_Shdr header;
		const char *name;
		Elf_Data *data;

		if (!gelf_getshdr(section, &header))
			continue;
		name = elf_strptr(elf, names, header.sh_name);
		if (name && !strcmp(name, "__versions"))
			facts->has_crcs = true;
		if (!error || !name || strcmp(name, ".modinfo"))
			continue;
		data = elf_getdata(section, NULL);
		if (!data)
			return -ENOEXEC;
		take_all(data, facts);
		error = 0;
	}
	return error;
}

/* The first bytes of the forms that scripts/Makefile.modinst can write. */
static bool is_compressed(int fd)
{
	static const struct {
		size_t length;
		char bytes[8];
	} forms[] = {
		{ 2, "\x1f\x8b" },		/* gzip */
		{ 5, "\xfd" "7zXZ" },		/* xz */
		{ 4, "\x28\xb5\x2f\xfd" },	/* zstd */
	};
	char start[8];
	ssize_t got = pread(fd, start, sizeof(start), 0);

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (got >= (ssize_t)forms[i].length &&
		    !memcmp(start, forms[i].bytes, forms[i].length))
			return true;
	}
	return false;
}

int module_read(const char *path, struct module_facts *facts)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;
	Elf *elf;

	memset(facts, 0, sizeof(*facts));
	if (fd < 0)
		return -errno;
	if (is_compressed(fd)) {
		close(fd);
		return -ENOTSUP;
	}
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	error = elf ? take_modinfo(elf, facts) : -ENOEXEC;
	elf_end(elf);
	close(fd);
	return error;
}

/* kernel/drivers/net/ethernet/VENDOR/DEVICE/CORE/... */
#define DEPTH	10

static bool is_module(const char *name)
{
	size_t length = strlen(name);

	return length > 3 && !strcmp(name + length - 3, ".ko");
}

static bool is_for(const char *path, const char *release,
		   struct module_facts *facts)
{
	size_t length = strlen(release);

	return !module_read(path, facts) &&
	       strcspn(facts->vermagic, " ") == length &&
	       !memcmp(facts->vermagic, release, length);
}

static int find_in(const char *directory, const char *release, int depth,
		   struct module_facts *facts)
{
	DIR *dir = depth ? opendir(directory) : NULL;
	char path[PATH_MAX];
	struct dirent *entry;
	int error = -ENOENT;

	while (dir && error && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' ||
		    snprintf(path, sizeof(path), "%s/%s", directory,
			     entry->d_name) >= (int)sizeof(path))
			continue;
		if (!is_module(entry->d_name))
			error = find_in(path, release, depth - 1, facts);
		else if (is_for(path, release, facts))
			error = 0;
	}
	if (dir)
		closedir(dir);
	return error;
}

int module_installed(const char *root, const char *release,
		     struct module_facts *facts)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/%s/kernel", root, release) >=
	    (int)sizeof(path))
		return -ENOENT;
	return find_in(path, release, DEPTH, facts);
}
