/* SPDX-License-Identifier: MIT */
/* Reads the .modinfo of a kernel module file, without loading it. */
#ifndef XLAT_MODULE_H
#define XLAT_MODULE_H

#include <stdbool.h>

#define MODULE_TEXT	256

/**
 * struct module_facts - facts from .modinfo; an absent one is empty
 * @name: name of the module
 * @version: version of the module
 * @vermagic: kernel release and options that it was built for
 * @machine: from the ELF header: "arm64", "x86_64", or "ELF machine N"
 * @has_crcs: it has the section __versions: CRCs of the symbols it uses
 */
struct module_facts {
	char name[MODULE_TEXT];
	char version[MODULE_TEXT];
	char vermagic[MODULE_TEXT];
	char machine[MODULE_TEXT];
	bool has_crcs;
};

/**
 * module_read() - read the facts of the module file @path
 *
 * Return: 0; -ENOTSUP if it is compressed (gzip, xz, zstd); -ENOEXEC if it is
 * not an ELF file; -ENODATA if it has no .modinfo, so it is not a kernel module;
 * else -errno.
 */
int module_read(const char *path, struct module_facts *facts);

/**
 * module_installed() - find a module that came with a kernel
 * @root: directory of the kernels' modules, "/lib/modules"
 * @release: the kernel's release
 * @facts: facts of any module under @root/@release/kernel that is for @release
 *	and that can be read; compressed ones cannot
 *
 * Modules that were added later are in other directories (extra, updates).
 *
 * Return: 0, or -ENOENT if there is none.
 */
int module_installed(const char *root, const char *release,
		     struct module_facts *facts);

#endif /* XLAT_MODULE_H */
