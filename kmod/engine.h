/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The engine of one CPU: all data that the CPU's interrupt handler uses in a
 * session.
 */
#ifndef XLAT_ENGINE_H
#define XLAT_ENGINE_H

#include <linux/irq_work.h>

#include "core/grid.h"
#include "core/guard.h"
#include "source.h"

struct xlat_session;

/**
 * struct xlat_engine - everything that the handler of one CPU uses
 * @session: its session, for the callback of @wake
 * @source: the timer
 * @map: shared with user space, which cannot write it
 * @late: histogram in @map
 * @early: histogram in @map
 * @ring: samples in @map
 * @grid: the deadlines
 * @index: grid point that is armed
 * @deadline: tick at which it is due
 * @missed: points skipped since the last sample
 * @counters: the scalars; the copy in @map is for readers
 * @guard: protection of the machine
 * @watermark: samples between two wake-ups
 * @wake_at: number of samples at which readers are woken next
 * @limit: samples to take; 0: no limit
 * @warmup: W
 * @armed: cpu_start() was called, and cpu_stop() was not called yet; changes
 *	only on its own CPU, with interrupts off
 * @wake: is queued at each watermark and at the end
 *
 * Between xlat_engine_start() and xlat_engine_end(), only its CPU may use it,
 * with interrupts off.
 */
struct xlat_engine {
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
 * xlat_engine_create() - the engine of CPU @cpu, not armed; NULL: no memory
 * @setup: as xlat_setup_complete() left it
 *
 * The caller sets its session and @wake.
 */
struct xlat_engine *xlat_engine_create(const struct xlat_source *source,
				       const struct xlat_setup *setup, int cpu);

/** xlat_engine_destroy() - free an engine that is not armed; NULL is allowed */
void xlat_engine_destroy(struct xlat_engine *engine);

/** xlat_engine_start() - arm the timer. On the engine's CPU, interrupts off. */
void xlat_engine_start(struct xlat_engine *engine);

/**
 * xlat_engine_end() - disarm the timer, and close the account if it is open
 * @reason: enum xlat_end; only the first call sets it
 *
 * On the engine's CPU, interrupts off.
 */
void xlat_engine_end(struct xlat_engine *engine, u32 reason);

/**
 * xlat_engine_protection() - which protection of the machine ended an engine
 * @reason: enum xlat_end
 *
 * Return: words for a message, or NULL: none did.
 */
const char *xlat_engine_protection(u32 reason);

#endif /* XLAT_ENGINE_H */
