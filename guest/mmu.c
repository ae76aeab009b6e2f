// SPDX-License-Identifier: MIT
/*
 * Arm ARM, "The AArch64 Virtual Memory System Architecture": 39-bit addresses,
 * 4 KiB granule, so a level 1 table of 1 GiB entries, which point to level 2
 * tables of 2 MiB blocks. Entries are only ever added: nothing needs to be
 * broken first, and no invalid entry is kept in a TLB.
 */
#include <stddef.h>

#include "mmu.h"
#include "registers.h"

enum { ENTRIES = 512, TABLES = 16 };

#define GIB		(1ULL << 30)
#define LIMIT		(ENTRIES * GIB)

#define VALID		(1ULL << 0)
#define TABLE		(1ULL << 1)
#define ATTRIBUTES(n)	((uint64_t)(n) << 2)
#define INNER_SHAREABLE	(3ULL << 8)
#define ACCESSED	(1ULL << 10)
#define NO_EXECUTE	(3ULL << 53)
#define ADDRESS		0x0000fffffffff000ULL

#define CODE		(VALID | ACCESSED | INNER_SHAREABLE | ATTRIBUTES(0))
#define MEMORY		(CODE | NO_EXECUTE)
#define DEVICE		(VALID | ACCESSED | NO_EXECUTE | ATTRIBUTES(1))

/* MAIR_EL1: 0 normal, write-back, allocating; 1 device nGnRE */
#define MAIR		0x04ffULL
/* T0SZ 25; walks cached and inner shareable; TTBR1 not used */
#define TCR		(25ULL | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23)

extern char image_head[], image_end[];

static uint64_t level1[ENTRIES] __attribute__((aligned(4096)));
static uint64_t level2[TABLES][ENTRIES] __attribute__((aligned(4096)));
static unsigned int tables;

static uint64_t *table_of(uint64_t address)
{
	uint64_t *entry = &level1[address / GIB];

	if (!*entry) {
		if (tables == TABLES)
			return NULL;
		*entry = (uint64_t)level2[tables++] | TABLE | VALID;
	}
	return (uint64_t *)(*entry & ADDRESS);
}

/* What is mapped already stays as it is. */
static bool map(uint64_t base, uint64_t size, uint64_t attributes)
{
	uint64_t at = base & ~(MMU_BLOCK - 1);

	if (base >= LIMIT || size > LIMIT - base)
		return false;
	for (; at < base + size; at += MMU_BLOCK) {
		uint64_t *table = table_of(at);
		uint64_t *entry;

		if (!table)
			return false;
		entry = &table[at % GIB / MMU_BLOCK];
		if (!*entry)
			*entry = at | attributes;
	}
	dsb();
	isb();
	return true;
}

static uint32_t big_endian(uint32_t value)
{
	return __builtin_bswap32(value);
}

/* libfdt may read unaligned, which needs the map: only the header is read. */
void mmu_boot(const void *tree)
{
	const uint32_t *header = tree;
	uint64_t range = read_register(id_aa64mmfr0_el1) & 15;

	map((uint64_t)image_head, (uint64_t)(image_end - image_head), CODE);
	map((uint64_t)tree, big_endian(header[1]), MEMORY);
	write_register(MAIR, mair_el1);
	write_register(TCR | (range > 5 ? 5 : range) << 32, tcr_el1);
	write_register(level1, ttbr0_el1);
	isb();
}

bool mmu_map_memory(uint64_t base, uint64_t size)
{
	return map(base, size, MEMORY);
}

bool mmu_map_device(uint64_t base, uint64_t size)
{
	return map(base, size ? size : 4096, DEVICE);
}
