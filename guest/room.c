// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "dt.h"
#include "mmu.h"
#include "room.h"

extern char image_head[], image_end[];

static uint64_t round_up(uint64_t value)
{
	return (value + MMU_BLOCK - 1) & ~(MMU_BLOCK - 1);
}

/* Ranges in use, by number: the image, the device tree, reserved memory. */
static bool occupied(unsigned int index, struct dt_range *range)
{
	if (index > 1)
		return dt_reserved(index - 2, range);
	if (index)
		*range = dt_self();
	else
		*range = (struct dt_range) { (uint64_t)image_head,
			(uint64_t)(image_end - image_head) };
	return true;
}

/* The lowest free address in @bank for @size bytes; 0: there is none. */
static uint64_t place_in(const struct dt_range *bank, uint64_t size)
{
	uint64_t at = round_up(bank->base ? bank->base : 1);
	struct dt_range range;
	unsigned int n = 0;

	while (at + size <= bank->base + bank->size) {
		if (!occupied(n++, &range))
			return at;
		if (!range.size || range.base >= at + size ||
		    range.base + range.size <= at)
			continue;
		at = round_up(range.base + range.size);
		n = 0;
	}
	return 0;
}

void *room_find(uint64_t size)
{
	struct dt_range bank;
	unsigned int n;
	uint64_t at = 0;

	size = round_up(size);
	for (n = 0; !at && dt_memory(n, &bank); n++)
		at = place_in(&bank, size);
	if (!at || !mmu_map_memory(at, size))
		return NULL;
	return memset((void *)at, 0, size);
}
