/* SPDX-License-Identifier: MIT */
/* What a kernel module file says of itself, without loading it. */
#ifndef XLAT_MODULE_H
#define XLAT_MODULE_H

#define MODULE_TEXT	256

/**
 * struct module_facts - from .modinfo; empty text: not said
 * @name: of the module
 * @version: its version
 * @vermagic: kernel release and options it was built for
 * @machine: "arm64", "x86_64", or the ELF number
 */
struct module_facts {
	char name[MODULE_TEXT];
	char version[MODULE_TEXT];
	char vermagic[MODULE_TEXT];
	char machine[MODULE_TEXT];
};

/**
 * module_read() - read @path
 *
 * Return: 0; -ENOEXEC it is no ELF file; -ENODATA it has no .modinfo, so it
 * is no kernel module; else -errno.
 */
int module_read(const char *path, struct module_facts *facts);

/**
 * module_installed() - a module that came with a kernel
 * @root: directory of the kernels' modules, "/lib/modules"
 * @release: the kernel's
 * @facts: of any module under @root/@release/kernel that can be read
 *	(compressed ones cannot) and is for @release
 *
 * What people add to a kernel lies in other directories (extra, updates).
 *
 * Return: 0, or -ENOENT: there is none.
 */
int module_installed(const char *root, const char *release,
		     struct module_facts *facts);

#endif /* XLAT_MODULE_H */
