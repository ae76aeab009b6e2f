// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <elf.h>
#include <stdlib.h>

#include "symbols_variable.h"

#define ALL	0xffffffff

/*
 * The fields of instructions that relocations fill (ELF for the Arm 64-bit
 * architecture, IHI 0056). The kernel may turn adrp into adr (erratum 843419)
 * and movz into movn, so these bits belong to the field.
 */
static const struct {
	uint32_t first, last;	/* types */
	uint32_t mask;
} fields[] = {
	{ R_AARCH64_MOVW_UABS_G0, R_AARCH64_MOVW_SABS_G2, 0x601fffe0 },
	{ R_AARCH64_LD_PREL_LO19, R_AARCH64_LD_PREL_LO19, 0x00ffffe0 },
	{ R_AARCH64_ADR_PREL_LO21, R_AARCH64_ADR_PREL_PG_HI21_NC, 0xe0ffffe0 },
	{ R_AARCH64_ADD_ABS_LO12_NC, R_AARCH64_LDST8_ABS_LO12_NC, 0x003ffc00 },
	{ R_AARCH64_TSTBR14, R_AARCH64_TSTBR14, 0x0007ffe0 },
	{ R_AARCH64_CONDBR19, R_AARCH64_CONDBR19, 0x00ffffe0 },
	{ R_AARCH64_JUMP26, R_AARCH64_CALL26, 0x03ffffff },
	{ R_AARCH64_LDST16_ABS_LO12_NC, R_AARCH64_LDST64_ABS_LO12_NC,
	  0x003ffc00 },
	{ R_AARCH64_MOVW_PREL_G0, R_AARCH64_MOVW_PREL_G3, 0x601fffe0 },
	{ R_AARCH64_LDST128_ABS_LO12_NC, R_AARCH64_LDST128_ABS_LO12_NC,
	  0x003ffc00 },
};

static uint32_t mask_of(uint32_t type)
{
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (type >= fields[i].first && type <= fields[i].last)
			return fields[i].mask;
	return ALL;
}

static int add(struct symbols_section *section, uint64_t offset, uint32_t mask)
{
	size_t n = section->variable_count;
	struct symbols_variable *more = section->variable;

	/* hostile: a word of the section is noted more than once */
	if (n > section->byte_count / 4)
		return -EINVAL;
	/* room for a power of two */
	if (!(n & (n - 1)))
		more = realloc(more, (n ? 2 * n : 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	section->variable = more;
	more[n] = (struct symbols_variable) { offset & ~(uint64_t)3, mask };
	section->variable_count++;
	return 0;
}

int variable_replace(struct symbols_section *section, uint64_t offset,
		     uint32_t size)
{
	uint32_t done;
	int error = 0;

	for (done = 0; !error && done < size; done += 4)
		error = add(section, offset + done, ALL);
	return error;
}

/* What is no field of an instruction has up to 8 bytes. */
int variable_relocate(struct symbols_section *section, uint64_t offset,
		      uint32_t type)
{
	uint32_t mask = mask_of(type);

	if (type == R_AARCH64_NONE)
		return 0;
	return mask == ALL ? variable_replace(section, offset, 8) :
			     add(section, offset, mask);
}

static int compare(const void *first, const void *second)
{
	const struct symbols_variable *a = first, *b = second;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

void variable_sort(struct symbols_section *section)
{
	struct symbols_variable *r = section->variable;
	size_t i, n = 0;

	if (!r)
		return;
	qsort(r, section->variable_count, sizeof(*r), compare);
	for (i = 1; i < section->variable_count; i++) {
		if (r[i].offset == r[n].offset)
			r[n].mask |= r[i].mask;
		else
			r[++n] = r[i];
	}
	section->variable_count = n + 1;
}

uint32_t variable_bits(const struct symbols_section *section, uint64_t offset)
{
	const struct symbols_variable key = { .offset = offset }, *found;

	found = section->variable_count ?
		bsearch(&key, section->variable, section->variable_count,
			sizeof(key), compare) : NULL;
	return found ? found->mask : 0;
}
