/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which words of code may differ at run time from the file, and in which bits:
 * those that a loader relocates, and the alternatives, instructions that Linux
 * and Xen replace at boot where the processor has a feature or an erratum.
 */
#ifndef LAB_SYMBOLS_VARIABLE_H
#define LAB_SYMBOLS_VARIABLE_H

#include "bytes.h"
#include "symbols.h"

/**
 * variable_relocate() - note a relocation of arm64
 * @offset: of the place, from the beginning of the section
 * @type: R_AARCH64_..., from the ELF file; all bits may change if it is unknown
 *
 * Return: 0, -EINVAL if more words change than the section has, -ENOMEM
 */
int variable_relocate(struct symbols_section *section, uint64_t offset,
		      uint32_t type);

/** variable_replace() - all bits of @size bytes at @offset may change */
int variable_replace(struct symbols_section *section, uint64_t offset,
		     uint32_t size);

/** variable_sort() - call it after the last word was noted */
void variable_sort(struct symbols_section *section);

/** variable_bits() - which bits of the word at @offset may differ? */
uint32_t variable_bits(const struct symbols_section *section, uint64_t offset);

/**
 * ALTERNATIVE_BYTES - size of an entry of .altinstructions (struct alt_instr of
 * Linux since 3.19 and of Xen on Arm): s32 distance from the entry to the
 * instructions, s32 to their replacement, u16 feature, u8 size, u8 size of the
 * replacement: the same, or 0 if the kernel computes it
 */
#define ALTERNATIVE_BYTES	12

/** ALTERNATIVE_SIZE - where in the entry the size of the instructions is */
#define ALTERNATIVE_SIZE	10

/** ALTERNATIVES_LEAST - so many entries in a row are a list */
#define ALTERNATIVES_LEAST	4

/**
 * alternatives_find() - find the lists of alternatives in linked bytes, and note
 *	the words that they may replace
 * @bytes: where to search, such as a whole image
 * @address: of the first byte, as the sections of @table are placed
 *
 * A list is found by its form. Other data of that form do no harm: some more
 * words are not compared. Linear in the size.
 *
 * Return: as variable_relocate()
 */
int alternatives_find(const struct bytes *bytes, uint64_t address,
		      struct symbols *table);

#endif
