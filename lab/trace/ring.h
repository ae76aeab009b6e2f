/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was executed since the last sample, in the order of the clock. All vCPUs
 * run in one thread under -icount, so there is one ring for all of them.
 */
#ifndef LAB_TRACE_RING_H
#define LAB_TRACE_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "block.h"

/**
 * enum entry_kind - what passed
 *
 * @ENTRY_BLOCK: a block was executed
 * @ENTRY_STRETCH: other domains' code at EL1 and EL0, blocks in a row
 * @ENTRY_ASLEEP: nothing was executed, because all CPUs slept
 */
enum entry_kind { ENTRY_BLOCK, ENTRY_STRETCH, ENTRY_ASLEEP };

/**
 * struct entry - one of the ring
 *
 * @block: ENTRY_BLOCK: which one
 * @vttbr: ENTRY_STRETCH: the domain
 * @amount: instructions that were charged, each time; ENTRY_ASLEEP: ns
 * @times: ENTRY_BLOCK: how often, one after the other; at least 1
 * @begun: ENTRY_BLOCK: instructions that were begun
 * @cpu: that executed it; ENTRY_ASLEEP: that woke up
 * @kind: enum entry_kind
 */
struct entry {
	union {
		struct block *block;
		uint64_t vttbr;
	};
	int64_t amount;
	uint32_t times;
	uint16_t begun;
	uint8_t cpu, kind;
};

/**
 * struct ring - the entries since the last sample
 *
 * If there are too many, the oldest are lost, but what they add up to is kept.
 *
 * @entry: the entries
 * @size: how many there can be, a power of 2
 * @head, @tail: entry[tail % size] is the oldest one, there are head - tail
 * @lost: blocks with something in block->lost
 * @lost_elsewhere: instructions of lost stretches
 * @lost_asleep_ns: of lost times of sleep
 */
struct ring {
	struct entry *entry;
	uint64_t size, head, tail;
	struct block *lost;
	uint64_t lost_elsewhere, lost_asleep_ns;
};

/** ring_begin() - an empty ring; false: no memory. End with ring_end(). */
bool ring_begin(struct ring *ring, uint64_t size);
void ring_end(struct ring *ring);

/** ring_add() - add an entry; a stretch is joined to the stretch before it */
void ring_add(struct ring *ring, const struct entry *entry);

/**
 * ring_add_whole() - add a block that was executed to its end; or false
 *
 * The same as ring_add(), for most blocks: there is room. If it is the block of
 * the last entry, as in a loop, that counts it.
 */
static inline bool ring_add_whole(struct ring *ring, struct block *block,
				  unsigned int cpu)
{
	struct entry *last = &ring->entry[(ring->head - 1) & (ring->size - 1)];

	if (ring->head != ring->tail && last->kind == ENTRY_BLOCK &&
	    last->block == block && last->cpu == cpu &&
	    last->amount == block->insns && last->times < UINT32_MAX) {
		last->times++;
		return true;
	}
	if (ring->head - ring->tail == ring->size)
		return false;
	ring->entry[ring->head++ & (ring->size - 1)] = (struct entry){
		.block = block, .amount = block->insns, .times = 1,
		.begun = block->insns, .cpu = (uint8_t)cpu, .kind = ENTRY_BLOCK,
	};
	return true;
}

/** ring_last() - the latest entry; there is one */
struct entry *ring_last(const struct ring *ring);

/** ring_has_lost() - did entries fall out since ring_clear()? */
bool ring_has_lost(const struct ring *ring);

/** ring_clear() - no entries, nothing lost */
void ring_clear(struct ring *ring);

#endif
