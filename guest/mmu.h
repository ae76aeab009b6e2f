/* SPDX-License-Identifier: MIT */
/*
 * An identity map with caches on: a time taken with caches off is none of any
 * real system. Only what is known is mapped, in blocks of 2 MiB: this image,
 * the device tree, memory for samples, the registers of the devices in use. So
 * nothing is read ahead from memory that belongs to firmware, and a stray
 * pointer is an exception that is reported.
 */
#ifndef GUEST_MMU_H
#define GUEST_MMU_H

#include <stdbool.h>
#include <stdint.h>

/** MMU_BLOCK: granule of the map */
#define MMU_BLOCK	(2ULL << 20)

/** mmu_boot() - map image and device tree; called by start.S, MMU off */
void mmu_boot(const void *tree);

/** mmu_map_memory() - cached memory */
bool mmu_map_memory(uint64_t base, uint64_t size);

/** mmu_map_device() - registers */
bool mmu_map_device(uint64_t base, uint64_t size);

#endif /* GUEST_MMU_H */
