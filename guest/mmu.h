/* SPDX-License-Identifier: MIT */
/*
 * An identity map with caches on, because no real system runs with caches off.
 * Only memory in use is mapped, in blocks of 2 MiB: this image, the device
 * tree, the samples and the registers of the devices in use. So the CPU cannot
 * prefetch from memory of the firmware, and a stray pointer causes an
 * exception, which is reported.
 */
#ifndef GUEST_MMU_H
#define GUEST_MMU_H

#include <stdbool.h>
#include <stdint.h>

/** MMU_BLOCK: size of a block of the map, in bytes */
#define MMU_BLOCK	(2ULL << 20)

/** mmu_boot() - map image and device tree; start.S calls it with the MMU off */
void mmu_boot(const void *tree);

/** mmu_map_memory() - map cached memory; false: not possible */
bool mmu_map_memory(uint64_t base, uint64_t size);

/** mmu_map_device() - map registers; false: not possible */
bool mmu_map_device(uint64_t base, uint64_t size);

#endif /* GUEST_MMU_H */
