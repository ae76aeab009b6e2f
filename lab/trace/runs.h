/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Cuts a sequence of blocks into runs that are likely to come again, and knows a
 * run that it has seen before. So a path that is taken ten thousand times is
 * written once.
 */
#ifndef LAB_TRACE_RUNS_H
#define LAB_TRACE_RUNS_H

#include <stdbool.h>
#include <stdint.h>

#include "ring.h"

enum { RUNS_LONGEST = 256 };	/* blocks */

/** struct run - some successive entries of a ring, all of ENTRY_BLOCK */
struct run {
	uint64_t first, count;	/* entry[first % size], how many */
	uint64_t instructions;	/* charged, in all */
};

/**
 * struct runs - the runs that are known
 *
 * @known: a hash table; id 0: free
 * @slots: its size, a power of 2
 * @count: how many are in it. If it is full all are forgotten: then a run is
 *	written once more, with a new id
 * @last_id: the last id that was given
 */
struct runs {
	struct {
		uint64_t hash;
		uint32_t id, count;
	} *known;
	uint32_t slots, count, last_id;
};

/** runs_begin() - none is known; false: no memory. End with runs_end(). */
bool runs_begin(struct runs *runs, uint32_t slots);
void runs_end(struct runs *runs);

/**
 * runs_cut() - the run that begins at an entry
 *
 * It ends before an entry of another kind or CPU, before and behind a block that
 * was executed several times, before another exception level,
 * before an address at which a vector may be, behind an eret or a wfi, and when it
 * is RUNS_LONGEST blocks long. So two sequences that differ in one place are cut
 * in the same places soon after it.
 */
struct run runs_cut(const struct ring *ring, uint64_t first);

/** runs_find() - the id of a run, never 0; sets @is_new if it was not known */
uint32_t runs_find(struct runs *runs, const struct ring *ring,
		   const struct run *run, bool *is_new);

#endif
