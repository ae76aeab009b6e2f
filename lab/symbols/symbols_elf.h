/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The symbols of an ELF file for arm64, through libelf: a kernel module, the
 * bare-metal guest, or a hypervisor or kernel that is not stripped.
 *
 * Only sections with code are taken. Those of a program are placed where it is
 * linked; a program that runs elsewhere is moved by symbols_shift(). Those of a
 * module (relocatable) have no addresses: symbols_place() each section that the
 * kernel loaded (/sys/module/NAME/sections). Words that a loader or the kernel
 * changes are noted in symbols_section.variable.
 */
#ifndef LAB_SYMBOLS_ELF_H
#define LAB_SYMBOLS_ELF_H

#include "symbols.h"
#include "symbols_image.h"

/** enum elf_kind - what an ELF file is */
enum elf_kind {
	ELF_PROGRAM,	/* linked: the guest, xen-syms, vmlinux */
	ELF_MODULE,	/* a module of Linux, not linked */
	ELF_OBJECT,	/* not linked, and not a module */
};

/**
 * struct elf_facts - about an ELF file
 * @kind: what it is
 * @build_id: hexadecimal; "" if there is none
 */
struct elf_facts {
	enum elf_kind kind;
	char build_id[IMAGE_ID];
};

/** elf_is() - does it begin as an ELF file does? */
bool elf_is(const struct bytes *file);

/**
 * elf_read() - read the symbols of an ELF file
 * @file: its bytes must stay valid as long as the table is used
 * @why: on error: what is wrong, in one line
 *
 * Return: 0; -EINVAL if the file is cut, damaged or not for arm64; -ENOENT if it
 * has no symbols (stripped) or no code; -E2BIG; -ENOMEM. On error the table is
 * empty.
 */
int elf_read(const struct bytes *file, struct symbols *table,
	     struct elf_facts *facts, char why[SYMBOLS_WHY]);

#endif
