// SPDX-License-Identifier: GPL-2.0
/*
 * The interrupt path: account for the sample, publish it, choose the next grid
 * point. Everything here runs on the measured CPU with interrupts off.
 */
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/percpu.h>

#include "core/histogram.h"
#include "engine.h"
#include "core/ring.h"

/*
 * The engine that is armed on this CPU, or NULL. A handler may find NULL: if a
 * hypervisor has queued an interrupt that is then disabled, it may deliver it
 * afterwards (Xen's emulated physical timer does).
 */
static DEFINE_PER_CPU(struct xlat_engine *, running);

/* The table "Reading the scalars" in include/uapi/xlat.h. */
static void publish_counters(struct xlat_engine *engine)
{
	const u64 *from = (const u64 *)&engine->counters;
	u64 *to = (u64 *)&engine->map->counters;
	u32 seq = engine->map->seq, i;

	WRITE_ONCE(engine->map->seq, seq + 1);
	smp_wmb();		/* pairs with the reader's smp_rmb() */
	for (i = 0; i < sizeof(engine->counters) / sizeof(*to); i++)
		WRITE_ONCE(to[i], from[i]);
	smp_wmb();		/* pairs with the reader's load_acquire(seq) */
	WRITE_ONCE(engine->map->seq, seq + 2);
}

static void account(struct xlat_engine *engine, s64 lateness)
{
	u64 *count = lateness < 0 ? engine->early : engine->late;

	count += xlat_bucket(xlat_magnitude(lateness));
	WRITE_ONCE(*count, *count + 1);
	xlat_counters_add(&engine->counters, lateness, engine->warmup);
}

static void publish_sample(struct xlat_engine *engine, u64 entry)
{
	struct xlat_sample sample = {
		.deadline = engine->deadline,
		.entry = entry,
		.missed = min_t(u64, engine->missed, U32_MAX),
		.flags = engine->missed > U32_MAX ? XLAT_SAMPLE_SATURATED : 0,
	};

	xlat_ring_put(engine->ring, engine->map->slots - 1, &engine->map->head,
		      &sample);
}

/* Choose the first grid point, from @index, that is not yet due at @now. */
static void choose(struct xlat_engine *engine, u64 index, u64 now)
{
	engine->index = xlat_grid_next(&engine->grid, index, now);
	engine->missed = engine->index - index;
	engine->counters.missed += engine->missed;
	engine->deadline = xlat_grid_deadline(&engine->grid, engine->index);
}

/* End the account at @stop, the last tick it covers. State is written last. */
static void close_account(struct xlat_engine *engine, u32 reason, u64 stop)
{
	u64 points = xlat_grid_points(&engine->grid, stop);

	if (points > engine->index)
		engine->counters.unserved = points - engine->index;
	/* The last sample came early: its grid point is still ahead. */
	if (points < engine->index)
		stop = engine->grid.start +
		       (engine->index - 1) * engine->grid.period;
	publish_counters(engine);
	WRITE_ONCE(engine->map->stop_ticks, stop);
	WRITE_ONCE(engine->map->end_reason, reason);
	/* publish the final account before the state: readers acquire it */
	smp_store_release(&engine->map->state, XLAT_STATE_STOPPED);
	irq_work_queue(&engine->wake);
}

static u32 must_end(struct xlat_engine *engine, bool missed, u64 due, u64 now)
{
	s64 took = now - due;
	u64 charge = clamp_t(s64, took, 0, engine->grid.period);

	if (xlat_guard_missed(&engine->guard, missed))
		return XLAT_END_MISSED;
	if (xlat_guard_share(&engine->guard, now, charge))
		return XLAT_END_SHARE;
	return XLAT_END_NONE;
}

static void account_busy(struct xlat_engine *engine, u64 busy)
{
	engine->counters.busy_ticks += busy;
	if (busy > engine->counters.busy_max_ticks)
		engine->counters.busy_max_ticks = busy;
}

static bool limit_reached(struct xlat_engine *engine)
{
	u64 stop = engine->grid.start + engine->index * engine->grid.period;

	if (!engine->limit || engine->counters.count < engine->limit)
		return false;
	engine->index++;
	close_account(engine, XLAT_END_LIMIT, stop);
	return true;
}

bool xlat_fire(u64 entry, u64 *next)
{
	struct xlat_engine *engine = this_cpu_read(running);
	u64 now, due;
	bool missed;
	u32 reason;

	if (!engine || engine->map->state != XLAT_STATE_RUNNING)
		return false;
	missed = engine->missed;
	due = engine->deadline;
	account(engine, entry - due);
	publish_sample(engine, entry);

	now = engine->source->now();
	account_busy(engine, now - entry);
	if (limit_reached(engine))
		return false;
	choose(engine, engine->index + 1, now);
	reason = must_end(engine, missed, due, now);
	if (reason) {
		close_account(engine, reason,
			      xlat_grid_end(&engine->grid, now));
		return false;
	}
	publish_counters(engine);
	if (engine->counters.count >= engine->wake_at) {
		engine->wake_at += engine->watermark;
		irq_work_queue(&engine->wake);
	}
	*next = engine->deadline;
	return true;
}

bool xlat_fire_spurious(void)
{
	struct xlat_engine *engine = this_cpu_read(running);

	if (!engine || engine->map->state != XLAT_STATE_RUNNING)
		return false;
	engine->counters.spurious++;
	return true;
}

void xlat_engine_start(struct xlat_engine *engine)
{
	u64 now = engine->source->now();

	lockdep_assert_irqs_disabled();
	engine->map->start_ticks = engine->grid.start;
	engine->guard.begin_ticks = now;
	choose(engine, 0, now);
	publish_counters(engine);
	/* a reader that sees RUNNING sees start_ticks and the first probe */
	smp_store_release(&engine->map->state, XLAT_STATE_RUNNING);
	this_cpu_write(running, engine);
	engine->armed = true;
	engine->source->cpu_start(engine->source, engine->deadline);
}

void xlat_engine_end(struct xlat_engine *engine, u32 reason)
{
	u64 now;

	lockdep_assert_irqs_disabled();
	if (!engine->armed)
		return;
	engine->source->cpu_stop(engine->source);
	engine->armed = false;
	this_cpu_write(running, NULL);
	if (engine->map->state != XLAT_STATE_RUNNING)
		return;
	now = engine->source->now();
	close_account(engine, reason, xlat_grid_end(&engine->grid, now));
}

const char *xlat_engine_protection(u32 reason)
{
	switch (reason) {
	case XLAT_END_SHARE:
		return "the handler used more than half of the CPU";
	case XLAT_END_MISSED:
		return "more than a tenth of the last 1000 samples had missed points before them";
	default:
		return NULL;
	}
}
