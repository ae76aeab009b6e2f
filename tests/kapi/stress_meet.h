/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The meeting point of the program stress: the members of a crew wait until all
 * living ones are there, and are released at the same moment. Members may be
 * killed at any time. Nothing here knows the device.
 */
#ifndef STRESS_MEET_H
#define STRESS_MEET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "stress_choice.h"

/**
 * struct meeting - in shared memory; sets have one bit for each member
 * @here: who came
 * @released: who was waiting when the meeting began; 0: it has not begun
 * @ready: those of them who know
 * @together: those who were ready at the same moment; 0: not known yet, or one
 *	of them was too slow
 * @impatient: it began though somebody alive was missing
 * @kinds: what each member does then: enum kind
 * @began_us: when it began that; 0: it did not
 * @ended_us: when that was done; 0: the member was killed before
 */
struct meeting {
	atomic_uint here, released, ready, together;
	atomic_bool impatient;
	atomic_int kinds[MEMBERS];
	atomic_ulong began_us[MEMBERS], ended_us[MEMBERS];
};

/**
 * struct meeting_point - in shared memory
 * @news: changes when somebody came or left
 * @gone: the members that will not come any more
 */
struct meeting_point {
	atomic_uint news, gone;
	struct meeting meetings[MEETINGS];
};

/* Before the first member runs. */
void meet_prepare(struct meeting_point *p);

/*
 * @index is about to do @kind; wait for the others, for at most ten seconds.
 * meet_done() comes after the operation.
 */
void meet(struct meeting_point *p, int meeting, int index, enum kind kind);
void meet_done(struct meeting_point *p, int meeting, int index);

/* @index ends, or is about to be killed. */
void meet_leave(struct meeting_point *p, int index);

/**
 * struct meet_counts - all meetings of all crews
 * @of: meetings in which so many members were released at the same moment
 * @complete: of these, those of all living members
 * @incomplete: those in which somebody alive was missing, or too slow
 * @alone: nobody else was alive
 * @pairs: how often two kinds were released at the same moment; the first kind
 *	is not greater than the second
 * @overlaps: of these, how often one began before the other had ended
 */
struct meet_counts {
	unsigned long of[MEMBERS + 1];
	unsigned long complete, incomplete, alone;
	unsigned long pairs[KINDS][KINDS], overlaps[KINDS][KINDS];
};

/* Add the meetings of a crew that has ended. */
void meet_count(const struct meeting_point *p, struct meet_counts *counts);

uint64_t now_us(void);

#endif
