/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Symbols from whatever file the lab starts: Xen's binary or Linux's Image
 * (also compressed with gzip), a module, the bare-metal guest, or an ELF file
 * from a build. The content decides what it is, never the name.
 */
#ifndef LAB_SYMBOLS_FILE_H
#define LAB_SYMBOLS_FILE_H

#include "symbols.h"
#include "symbols_image.h"

/** SYMBOLS_FILE_MOST - bytes of a file, also when it is decompressed */
#define SYMBOLS_FILE_MOST	(512u << 20)

/**
 * struct symbols_file - a file and its symbols
 * @table: the symbols; its sections refer to @bytes
 * @kind: what the file is, such as "arm64 image, symbol table as in Linux 6.12"
 * @version: what the file says: "Linux version ...", "Xen 4.17", or ""
 * @build_id: hexadecimal, or ""
 * @bytes: content of the file, decompressed
 * @size: in bytes
 */
struct symbols_file {
	struct symbols table;
	char kind[128];
	char version[IMAGE_TEXT];
	char build_id[IMAGE_ID];
	unsigned char *bytes;
	size_t size;
};

/**
 * symbols_file_decode() - read the symbols of a file's content
 * @bytes: belongs to @file afterwards, also on error; from malloc()
 * @why: on error: what is wrong, in one line, without the name of the file
 *
 * Return: 0 or -errno, as elf_read() and kallsyms_read(); -ENOTSUP if the file is
 * of another kind. On error, @file is empty.
 */
int symbols_file_decode(unsigned char *bytes, size_t size,
			struct symbols_file *file, char why[SYMBOLS_WHY]);

/** symbols_file_read() - the same for a file by its name; -EFBIG, -errno */
int symbols_file_read(const char *path, struct symbols_file *file,
		      char why[SYMBOLS_WHY]);

/** symbols_file_free() - free a file and its table */
void symbols_file_free(struct symbols_file *file);

#endif
