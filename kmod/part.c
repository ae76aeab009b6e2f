// SPDX-License-Identifier: GPL-2.0
/*
 * The interrupt path: account for the sample, publish it, choose the next grid
 * point. Everything here runs on the measured CPU with interrupts off.
 */
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/percpu.h>

#include "core/histogram.h"
#include "part.h"
#include "core/ring.h"

/*
 * The part that is armed on this CPU, or NULL. A handler may find NULL: if a
 * hypervisor has queued an interrupt that is then disabled, it may deliver it
 * afterwards (Xen's emulated physical timer does).
 */
static DEFINE_PER_CPU(struct xlat_part *, running);

/* The table "Reading the scalars" in include/uapi/xlat.h. */
static void publish_counters(struct xlat_part *part)
{
	const u64 *from = (const u64 *)&part->counters;
	u64 *to = (u64 *)&part->map->counters;
	u32 seq = part->map->seq, i;

	WRITE_ONCE(part->map->seq, seq + 1);
	smp_wmb();		/* pairs with the reader's load_acquire(seq) */
	for (i = 0; i < sizeof(part->counters) / sizeof(*to); i++)
		WRITE_ONCE(to[i], from[i]);
	smp_wmb();		/* pairs with the reader's smp_rmb() */
	WRITE_ONCE(part->map->seq, seq + 2);
}

static void account(struct xlat_part *part, s64 lateness)
{
	u64 *count = lateness < 0 ? part->early : part->late;

	count += xlat_bucket(xlat_magnitude(lateness));
	WRITE_ONCE(*count, *count + 1);
	xlat_counters_add(&part->counters, lateness, part->warmup);
}

static void publish_sample(struct xlat_part *part, u64 entry)
{
	struct xlat_sample sample = {
		.deadline = part->deadline,
		.entry = entry,
		.missed = min_t(u64, part->missed, U32_MAX),
		.flags = part->missed > U32_MAX ? XLAT_SAMPLE_SATURATED : 0,
	};

	xlat_ring_put(part->ring, part->map->slots - 1, &part->map->head,
		      &sample);
}

/* Choose the first grid point, from @index, that is not yet due at @now. */
static void choose(struct xlat_part *part, u64 index, u64 now)
{
	part->index = xlat_grid_next(&part->grid, index, now);
	part->missed = part->index - index;
	part->counters.missed += part->missed;
	part->deadline = xlat_grid_deadline(&part->grid, part->index);
}

/* End the account at @stop, the last tick it covers. State is written last. */
static void close_account(struct xlat_part *part, u32 reason, u64 stop)
{
	u64 points = xlat_grid_points(&part->grid, stop);

	if (points > part->index)
		part->counters.unserved = points - part->index;
	/* The last sample came early: its grid point is still ahead. */
	if (points < part->index)
		stop = part->grid.start +
		       (part->index - 1) * part->grid.period;
	publish_counters(part);
	WRITE_ONCE(part->map->stop_ticks, stop);
	WRITE_ONCE(part->map->end_reason, reason);
	/* publish the final account before the state: readers acquire it */
	smp_store_release(&part->map->state, XLAT_STATE_STOPPED);
	irq_work_queue(&part->wake);
}

static u32 must_end(struct xlat_part *part, bool missed, u64 due, u64 now)
{
	s64 took = now - due;
	u64 charge = clamp_t(s64, took, 0, part->grid.period);

	if (xlat_guard_missed(&part->guard, missed))
		return XLAT_END_MISSED;
	if (xlat_guard_share(&part->guard, now, charge))
		return XLAT_END_SHARE;
	return XLAT_END_NONE;
}

static void account_busy(struct xlat_part *part, u64 busy)
{
	part->counters.busy_ticks += busy;
	if (busy > part->counters.busy_max_ticks)
		part->counters.busy_max_ticks = busy;
}

static bool limit_reached(struct xlat_part *part)
{
	u64 stop = part->grid.start + part->index * part->grid.period;

	if (!part->limit || part->counters.count < part->limit)
		return false;
	part->index++;
	close_account(part, XLAT_END_LIMIT, stop);
	return true;
}

bool xlat_fire(u64 entry, u64 *next)
{
	struct xlat_part *part = this_cpu_read(running);
	u64 now, due;
	bool missed;
	u32 reason;

	if (!part || part->map->state != XLAT_STATE_RUNNING)
		return false;
	missed = part->missed;
	due = part->deadline;
	account(part, entry - due);
	publish_sample(part, entry);

	now = part->source->now();
	account_busy(part, now - entry);
	if (limit_reached(part))
		return false;
	choose(part, part->index + 1, now);
	reason = must_end(part, missed, due, now);
	if (reason) {
		close_account(part, reason, xlat_grid_end(&part->grid, now));
		return false;
	}
	publish_counters(part);
	if (part->counters.count >= part->wake_at) {
		part->wake_at += part->watermark;
		irq_work_queue(&part->wake);
	}
	*next = part->deadline;
	return true;
}

bool xlat_fire_spurious(void)
{
	struct xlat_part *part = this_cpu_read(running);

	if (!part || part->map->state != XLAT_STATE_RUNNING)
		return false;
	part->counters.spurious++;
	return true;
}

void xlat_part_start(struct xlat_part *part)
{
	u64 now = part->source->now();

	lockdep_assert_irqs_disabled();
	part->map->start_ticks = part->grid.start;
	part->guard.begin_ticks = now;
	choose(part, 0, now);
	publish_counters(part);
	/* a reader that sees RUNNING sees start_ticks and the first probe */
	smp_store_release(&part->map->state, XLAT_STATE_RUNNING);
	this_cpu_write(running, part);
	part->armed = true;
	part->source->cpu_start(part->source, part->deadline);
}

void xlat_part_end(struct xlat_part *part, u32 reason)
{
	u64 now;

	lockdep_assert_irqs_disabled();
	if (!part->armed)
		return;
	part->source->cpu_stop(part->source);
	part->armed = false;
	this_cpu_write(running, NULL);
	if (part->map->state != XLAT_STATE_RUNNING)
		return;
	now = part->source->now();
	close_account(part, reason, xlat_grid_end(&part->grid, now));
}
