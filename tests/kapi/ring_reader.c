// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "core/ring.h"
#include "account.h"
#include "ring_reader.h"
#include "session.h"

void ring_reader_begin(struct ring_reader *r, const struct xlat_map *map,
		       uint64_t position)
{
	memset(r, 0, sizeof(*r));
	r->map = map;
	r->position = position;
	r->after_loss = position != 0;
	r->caught_up_ns = clock_ns();
}

/* After a loss the index of the next sample is found from its deadline. */
static void check(struct ring_reader *r, const struct xlat_sample *s)
{
	const struct xlat_map *m = r->map;
	uint64_t k = r->next + s->missed;
	int64_t overdue;

	if (r->after_loss)
		k = (s->deadline - m->start_ticks) / m->period_ticks;
	r->wrong += s->deadline != account_deadline(m, k) ||
		    k < r->next + s->missed ||
		    (s->flags & ~XLAT_SAMPLE_SATURATED) ||
		    (r->received && (s->entry <= r->last.entry ||
				     s->deadline <= r->last.entry));
	if (s->missed && r->received && !r->after_loss) {
		overdue = (int64_t)(account_deadline(m, k - 1) -
				    r->last.entry);
		if (overdue > r->overdue_ticks)
			r->overdue_ticks = overdue;
	}
	if (!r->received)
		r->first_entry = s->entry;
	r->last = *s;
	r->next = k + 1;
	r->after_loss = false;
	r->received++;
}

/*
 * A ring of n slots holds n - 1 samples, one for each point of the grid. Dither
 * and the points at both ends of the time may shorten that by two periods.
 */
static uint64_t ring_holds_ns(const struct xlat_map *m)
{
	return (uint64_t)((unsigned __int128)(m->slots - 3) * m->period_ticks *
			  1000000000 / m->tick_hz);
}

static void explain(struct ring_reader *r, uint64_t lost)
{
	uint64_t gap = clock_ns() - r->caught_up_ns;

	if (gap > r->gap_ns)
		r->gap_ns = gap;
	if (gap < ring_holds_ns(r->map))
		r->unexplained += lost;
	r->next += lost;	/* each of them had a point */
	r->after_loss = true;
}

uint64_t ring_reader_drain(struct ring_reader *r)
{
	const struct xlat_map *m = r->map;
	uint64_t before = r->lost, now = clock_ns();
	uint64_t head = smp_load_acquire(&m->head), n, i;

	n = xlat_ring_get((const char *)m + m->ring_offset, m->slot_size,
			  m->slots, &m->head, &r->position, r->batch,
			  RING_READER_BATCH, &r->lost);
	if (r->lost != before)
		explain(r, r->lost - before);
	if (r->position >= head)
		r->caught_up_ns = now;
	for (i = 0; i < n; i++)
		check(r, &r->batch[i]);
	return n;
}

bool ring_reader_missed_right(const struct ring_reader *r)
{
	return r->overdue_ticks <= (int64_t)r->map->counters.busy_max_ticks;
}
