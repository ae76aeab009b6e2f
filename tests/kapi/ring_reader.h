/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A reader of one CPU's ring that checks each sample as it comes, and that can
 * say for each sample that it lost why. It prints nothing.
 */
#ifndef RING_READER_H
#define RING_READER_H

#include <stdbool.h>
#include <stdint.h>
#include <uapi/xlat.h>

enum { RING_READER_BATCH = 4096 };

/**
 * struct ring_reader - one reader
 * @map: the CPU's mapping
 * @position: number of the next sample to read
 * @received: samples copied whole
 * @lost: samples overwritten before this reader could copy them
 * @wrong: samples that are not the next one: off the grid, before the
 *	predecessor, not as many points after it as @missed says, or on a point
 *	that had passed when it was armed
 * @unexplained: lost samples without a cause: since the reader last had all
 *	samples, less time had passed than the ring holds
 * @gap_ns: the longest time after which samples were lost
 * @overdue_ticks: the longest time from the entry of a sample to the last point
 *	that was skipped right after it. It may not be longer than the longest
 *	handler, for else that point was still ahead
 * @first_entry: of the first sample received
 * @last: the last sample received
 * @next: grid index after that of the last sample
 * @after_loss: samples were lost before the next one
 * @caught_up_ns: CLOCK_MONOTONIC when the reader last had all samples
 * @batch: what the last call of ring_reader_drain() received
 */
struct ring_reader {
	const struct xlat_map *map;
	__u64 position, lost;
	uint64_t received, wrong, unexplained, gap_ns;
	int64_t overdue_ticks;
	uint64_t first_entry, next, caught_up_ns;
	bool after_loss;
	struct xlat_sample last;
	struct xlat_sample batch[RING_READER_BATCH];
};

/* Begin at sample number @position: 0, or the head if others read before. */
void ring_reader_begin(struct ring_reader *r, const struct xlat_map *map,
		       uint64_t position);

/* Returns how many samples there are in the batch; 0: there are no more. */
uint64_t ring_reader_drain(struct ring_reader *r);

/* At the end: had each missed point passed when it was skipped? */
bool ring_reader_missed_right(const struct ring_reader *r);

#endif
