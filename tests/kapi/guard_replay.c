// SPDX-License-Identifier: GPL-2.0
#include "guard_replay.h"

typedef unsigned __int128 u128;

void guard_replay_begin(struct guard_replay *g)
{
	g->count = 0;
	g->went_on = 0;
	g->after_loss = false;
	g->ends = false;
	g->missed_count = 0;
}

void guard_replay_lost(struct guard_replay *g)
{
	uint64_t went_on = g->went_on;

	guard_replay_begin(g);
	g->went_on = went_on;
	g->after_loss = true;
}

static const struct xlat_sample *kept(const struct guard_replay *g, uint64_t i)
{
	return &g->kept[i % GUARD_REPLAY_KEPT];
}

/* Only periods under 1 ms have the rule. */
static bool has_missed_rule(const struct xlat_map *map)
{
	return (u128)map->period_ticks * 1000 < map->tick_hz;
}

void guard_replay_add(struct guard_replay *g, const struct xlat_map *map,
		      const struct xlat_sample *sample)
{
	g->went_on += g->ends;
	if (g->count >= GUARD_REPLAY_LAST)
		g->missed_count -=
			kept(g, g->count - GUARD_REPLAY_LAST)->missed != 0;
	g->kept[g->count % GUARD_REPLAY_KEPT] = *sample;
	g->missed_count += sample->missed != 0;
	g->count++;
	g->ends = has_missed_rule(map) &&
		  g->missed_count > GUARD_REPLAY_LAST / 10;
}

/* At most one period is charged for a sample. */
static uint64_t charge(const struct xlat_map *map, int64_t ticks)
{
	if (ticks < 0)
		return 0;
	return (uint64_t)ticks < map->period_ticks ? (uint64_t)ticks :
						     map->period_ticks;
}

static uint64_t window(const struct xlat_map *map)
{
	uint64_t tenth = map->tick_hz / 10;

	return tenth > map->period_ticks ? tenth : map->period_ticks;
}

/*
 * Three windows in a row, each more than half full, make a time of at least
 * three windows that is more than half full, and that ends with the last sample.
 * When a handler ended is not in a sample: it was at most the longest handler
 * after the entry. So what is charged here is never too little, and if no such
 * time exists, the rule was kept.
 */
static bool share_was_broken(const struct guard_replay *g,
			     const struct xlat_map *map, bool *all_known)
{
	const struct xlat_counters *c = &map->counters;
	uint64_t most = c->busy_max_ticks, sum_most = 0, sum = 0;
	uint64_t i, span, since;
	const struct xlat_sample *last, *s;

	*all_known = !g->after_loss;
	if (!g->count)
		return false;
	last = kept(g, g->count - 1);
	for (i = g->count; i && g->count - i < GUARD_REPLAY_KEPT - 1; i--) {
		s = kept(g, i - 1);
		sum_most += charge(map,
				   (int64_t)(s->entry - s->deadline + most));
		sum += charge(map, (int64_t)(s->entry - s->deadline));
		since = i > 1 ? kept(g, i - 2)->entry : s->deadline;
		span = last->entry > since ? last->entry - since : 0;
		if (i == 1 && !g->after_loss)	/* START came earlier */
			since = map->before.at_ticks;
		if (last->entry + most - since < 3 * window(map))
			continue;
		span = span > most ? (span - most) / 2 : 0;
		if (sum_most > span && sum + c->busy_ticks > span)
			return true;
	}
	*all_known &= !i;
	return false;
}

bool guard_ended(const struct xlat_map *map)
{
	return map->end_reason == XLAT_END_MISSED ||
	       map->end_reason == XLAT_END_SHARE;
}

static enum guard_verdict missed_verdict(const struct guard_replay *g,
					 const struct xlat_map *map)
{
	bool ended = map->end_reason == XLAT_END_MISSED;

	if (g->after_loss && g->count < GUARD_REPLAY_LAST && ended && !g->ends)
		return GUARD_UNKNOWN;
	return g->went_on || g->ends != ended ? GUARD_WRONG : GUARD_RIGHT;
}

enum guard_verdict guard_replay_verdict(const struct guard_replay *g,
					const struct xlat_map *map)
{
	enum guard_verdict verdict = missed_verdict(g, map);
	bool all_known;

	if (verdict != GUARD_RIGHT || map->end_reason != XLAT_END_SHARE)
		return verdict;
	if (share_was_broken(g, map, &all_known))
		return GUARD_RIGHT;
	return all_known ? GUARD_WRONG : GUARD_UNKNOWN;
}
