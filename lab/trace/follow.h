/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Follows what is executed, block by block, and keeps the account of the clock.
 */
#ifndef LAB_TRACE_FOLLOW_H
#define LAB_TRACE_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "ring.h"

enum { FOLLOW_DOMAINS = 8 };

/**
 * struct follow_clock - what QEMU's clock says when a block begins
 *
 * @instructions: charged so far, all of this block included
 * @jumped_ns: how far the clock is ahead of them, because all CPUs slept
 */
struct follow_clock {
	int64_t instructions, jumped_ns;
};

/**
 * struct follow - the account
 *
 * @clock: asks the clock; the caller's
 * @ring: what passed
 * @stretch: the last entry of the ring, if it is a stretch by @cpu; else NULL
 * @now: the block that is executed, by @cpu; NULL: nothing is followed
 * @charged: instructions, without those of @now
 * @start: @charged at the beginning
 * @jumped_ns: of the clock, by now
 * @domain: VTTBR_EL2 of the domains that are measured
 * @domains: how many; 0: all are
 * @drift, @jump_ns: see struct trace_sample
 * @blocks, @left_early, @asked, @surprises, @drifts: see struct trace_done
 */
struct follow {
	void (*clock)(struct follow_clock *now);
	struct ring ring;
	struct entry *stretch;
	struct block *now;
	unsigned int cpu;
	int64_t charged, start, jumped_ns;
	uint64_t domain[FOLLOW_DOMAINS];
	unsigned int domains;
	int64_t drift, jump_ns;
	uint64_t blocks, left_early, asked, surprises, drifts;
};

/** follow_begin() - the first block begins; all before it is forgotten */
void follow_begin(struct follow *follow, struct block *first, unsigned int cpu);

/**
 * follow_next() - a block begins, so the one before it has ended
 * @next: the block that begins, on @cpu
 * @begun: how many instructions of the one before were begun
 * @check: ask the clock, even if the rules are certain
 */
void follow_next(struct follow *follow, struct block *next, unsigned int cpu,
		 unsigned int begun, bool check);

/**
 * follow_quickly() - the same as follow_next(), for most blocks; or false
 *
 * The CPU has to be the same. The block before was executed to its end, and is one
 * more of a stretch of another domain, or nobody's, or the first measured domain's.
 * A CPU that is always busy executes a hundred million blocks while another one is
 * measured.
 */
static inline bool follow_quickly(struct follow *follow, struct block *next,
				  uint64_t begun)
{
	struct block *now = follow->now;

	if (!now->sure || begun != now->insns || next->mark)
		return false;
	if (follow->stretch && now->el < 2 &&
	    now->vttbr == follow->stretch->vttbr) {
		follow->stretch->amount += now->insns;
	} else {
		if (now->el < 2 && follow->domains &&
		    now->vttbr != follow->domain[0])
			return false;
		if (!ring_add_whole(&follow->ring, now, follow->cpu))
			return false;
		follow->stretch = NULL;
	}
	follow->blocks++;
	follow->charged += now->insns;
	follow->now = next;
	return true;
}

/** follow_measure() - a domain that is measured; false: there are too many */
bool follow_measure(struct follow *follow, uint64_t vttbr);

/** follow_clear() - forget what passed, and the drift */
void follow_clear(struct follow *follow);

#endif
