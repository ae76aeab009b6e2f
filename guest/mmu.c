// SPDX-License-Identifier: MIT
/*
 * Arm ARM, "The AArch64 Virtual Memory System Architecture": addresses have 39
 * bits and the granule is 4 KiB. Each entry of the level 1 table covers 1 GiB
 * and points to a level 2 table of 2 MiB blocks. Valid entries never change, so
 * no break-before-make is needed; a TLB caches no invalid entries.
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
/* T0SZ 25; table walks cached and inner shareable; TTBR1 not used */
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

/* Blocks that are mapped already keep their attributes. */
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

/*
 * Reads only the header of the tree. libfdt may make unaligned accesses, which
 * do not work before the MMU is on.
 */
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
