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
 * @amount: instructions that were charged; ENTRY_ASLEEP: ns
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

/** ring_last() - the latest entry; there is one */
struct entry *ring_last(const struct ring *ring);

/** ring_has_lost() - did entries fall out since ring_clear()? */
bool ring_has_lost(const struct ring *ring);

/** ring_clear() - no entries, nothing lost */
void ring_clear(struct ring *ring);

#endif
