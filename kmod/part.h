/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One CPU's part of a session: all data that its interrupt handler uses.
 */
#ifndef XLAT_PART_H
#define XLAT_PART_H

#include <linux/irq_work.h>

#include "core/grid.h"
#include "core/guard.h"
#include "source.h"

struct xlat_session;

/**
 * struct xlat_part - everything that the handler of one CPU uses
 * @session: its session, for the callback of @wake
 * @source: the timer
 * @map: shared with user space, which cannot write it
 * @late: histogram in @map
 * @early: histogram in @map
 * @ring: samples in @map
 * @grid: the deadlines
 * @index: grid point that is armed
 * @deadline: its tick
 * @missed: points skipped since the last sample
 * @counters: the scalars; the copy in @map is for readers
 * @guard: protection of the machine
 * @watermark: samples between two wake-ups
 * @wake_at: head at which to wake next
 * @limit: samples to take; 0: no limit
 * @warmup: W
 * @armed: cpu_start() was called, and cpu_stop() was not called yet; changes
 *	only on its own CPU, with interrupts off
 * @wake: is queued at each watermark and at the end
 *
 * Between xlat_part_start() and xlat_part_end(), only its CPU may use it, with
 * interrupts off.
 */
struct xlat_part {
	struct xlat_session *session;
	const struct xlat_source *source;
	struct xlat_map *map;
	__u64 *late;
	__u64 *early;
	struct xlat_sample *ring;
	struct xlat_grid grid;
	u64 index;
	u64 deadline;
	u64 missed;
	struct xlat_counters counters;
	struct xlat_guard guard;
	u64 watermark;
	u64 wake_at;
	u64 limit;
	u32 warmup;
	bool armed;
	struct irq_work wake;
};

/**
 * xlat_part_create() - the part of CPU @cpu, not armed; NULL: no memory
 * @setup: completed
 *
 * The caller sets its session and @wake.
 */
struct xlat_part *xlat_part_create(const struct xlat_source *source,
				   const struct xlat_setup *setup, int cpu);

/** xlat_part_destroy() - free a part that is not armed; NULL is allowed */
void xlat_part_destroy(struct xlat_part *part);

/** xlat_part_start() - arm the timer. On the part's CPU, interrupts off. */
void xlat_part_start(struct xlat_part *part);

/**
 * xlat_part_end() - disarm the timer, and close the account if it is open
 * @reason: enum xlat_end; only the first call sets it
 *
 * On the part's CPU, interrupts off.
 */
void xlat_part_end(struct xlat_part *part, u32 reason);

#endif /* XLAT_PART_H */
