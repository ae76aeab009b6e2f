// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "ring.h"

bool ring_begin(struct ring *ring, uint64_t size)
{
	*ring = (struct ring){
		.entry = malloc(size * sizeof(ring->entry[0])),
		.size = size,
	};
	return ring->entry;
}

void ring_end(struct ring *ring)
{
	free(ring->entry);
	*ring = (struct ring){ 0 };
}

static void lose_block(struct ring *ring, const struct entry *entry)
{
	uint64_t amount = (uint64_t)entry->amount * entry->times;
	struct block *block = entry->block;

	if (!block->lost) {
		block->lost = calloc(BLOCK_CPUS, sizeof(block->lost[0]));
		if (!block->lost) {
			ring->lost_elsewhere += amount;
			return;
		}
		block->with_lost = ring->lost;
		ring->lost = block;
	}
	block->lost[entry->cpu % BLOCK_CPUS] += amount;
}

static void lose(struct ring *ring, const struct entry *entry)
{
	switch ((enum entry_kind)entry->kind) {
	case ENTRY_BLOCK:
		lose_block(ring, entry);
		return;
	case ENTRY_STRETCH:
		ring->lost_elsewhere += (uint64_t)entry->amount;
		return;
	case ENTRY_ASLEEP:
		ring->lost_asleep_ns += (uint64_t)entry->amount;
		return;
	}
}

struct entry *ring_last(const struct ring *ring)
{
	return &ring->entry[(ring->head - 1) & (ring->size - 1)];
}

static bool join(struct ring *ring, const struct entry *entry)
{
	struct entry *last;

	if (entry->kind != ENTRY_STRETCH || ring->head == ring->tail)
		return false;
	last = ring_last(ring);
	if (last->kind != ENTRY_STRETCH || last->vttbr != entry->vttbr ||
	    last->cpu != entry->cpu)
		return false;
	last->amount += entry->amount;
	return true;
}

void ring_add(struct ring *ring, const struct entry *entry)
{
	if (join(ring, entry))
		return;
	if (ring->head - ring->tail == ring->size)
		lose(ring, &ring->entry[ring->tail++ & (ring->size - 1)]);
	ring->entry[ring->head++ & (ring->size - 1)] = *entry;
}

bool ring_has_lost(const struct ring *ring)
{
	return ring->tail;
}

void ring_clear(struct ring *ring)
{
	struct block *block;

	while ((block = ring->lost)) {
		ring->lost = block->with_lost;
		free(block->lost);
		block->lost = NULL;
		block->with_lost = NULL;
	}
	ring->head = 0;
	ring->tail = 0;
	ring->lost_elsewhere = 0;
	ring->lost_asleep_ns = 0;
}
