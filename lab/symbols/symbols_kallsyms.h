/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The symbol table that a stripped Linux (kallsyms) or Xen carries in its image,
 * out of an uncompressed arm64 image. Which layouts are known: the table in
 * symbols_kallsyms.c.
 *
 * The table becomes one section, "image", with the offset in the file as the
 * offset of a symbol. That offset is not in the table: it has addresses, or
 * distances from an unknown one. It follows from the header of the image, whose
 * first branch leads to a function with a known name (primary_entry in Linux,
 * real_start in Xen). Xen is linked to one address, so its section is placed.
 * Linux decides at boot where it runs; its section is not placed.
 */
#ifndef LAB_SYMBOLS_KALLSYMS_H
#define LAB_SYMBOLS_KALLSYMS_H

#include "symbols.h"
#include "symbols_image.h"

/** KALLSYMS_SECTION - name of the section that holds the whole image */
#define KALLSYMS_SECTION	"image"

/**
 * kallsyms_read() - read the table of an image
 * @facts: what image_read() found
 * @image: its bytes must stay valid as long as the table is used
 * @layout: a program that has a table of this form; a constant text
 * @why: on error: what is wrong, in one line
 *
 * Return: 0; -ENOENT if there is no table of a known layout; -ELOOP if the
 * search was given up; -EINVAL if the table contradicts itself or the image;
 * -E2BIG if it is too large; -ENOMEM. On error the table is empty.
 */
int kallsyms_read(const struct bytes *image, const struct image_facts *facts,
		  struct symbols *table, const char **layout,
		  char why[SYMBOLS_WHY]);

#endif
