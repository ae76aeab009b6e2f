/* SPDX-License-Identifier: MIT */
/*
 * The shortest of several timings of the same work, by the module's rule
 * (kmod/probe.c). Pure.
 *
 * Whatever disturbs a timing (another vCPU of a shared instruction clock, a
 * hypervisor's interrupt) makes it longer, and by chance no two by the same
 * time: what was seen twice, and nothing shorter, is undisturbed.
 */
#ifndef GUEST_SHORTEST_H
#define GUEST_SHORTEST_H

#include <stdbool.h>
#include <stdint.h>

/* Two timings are the same within 1 / 2^this. */
#define SAME_SHIFT	10

/**
 * struct shortest - of the timings so far; starts all zero
 * @ticks: the shortest
 * @tries: how many there were
 * @again: it was seen again
 */
struct shortest {
	uint64_t ticks;
	uint32_t tries;
	bool again;
};

static inline bool shortest_same(uint64_t a, uint64_t b)
{
	return (a < b ? b - a : a - b) <= (a >> SAME_SHIFT) + 1;
}

/** shortest_add() - one more timing */
static inline void shortest_add(struct shortest *best, uint64_t ticks)
{
	if (!best->tries++)
		best->ticks = ticks;
	else if (shortest_same(ticks, best->ticks))
		best->again = true;
	else if (ticks < best->ticks)
		best->again = false;
	if (ticks < best->ticks)
		best->ticks = ticks;
}

/** shortest_known() - seen twice, after @fewest timings; or after @most */
static inline bool shortest_known(const struct shortest *best, uint32_t fewest,
				  uint32_t most)
{
	return best->tries >= most || (best->again && best->tries >= fewest);
}

#endif /* GUEST_SHORTEST_H */
