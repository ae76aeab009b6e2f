/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The shortest of several timings of one thing. Whatever disturbs a timing
 * (another vCPU of a shared instruction clock, a hypervisor's interrupt) makes
 * it longer, so the shortest is right as soon as it was seen twice. Two may be
 * long by the same time, where what disturbs them is regular: hence so many of
 * the loop. Pure; for the module and for the bare-metal guest.
 */
#ifndef XLAT_SHORTEST_H
#define XLAT_SHORTEST_H

#include <uapi/xlat.h>

/* Of the core-clock loop; long enough that 24 MHz counters resolve 0.5 %. */
#define XLAT_LOOP_TURNS		20000
#define XLAT_LOOP_TRIES		16
#define XLAT_LOOP_TRIES_MOST	40
/* Of %XLAT_COST_READS reads. */
#define XLAT_COST_TRIES		2
#define XLAT_COST_TRIES_MOST	10

/**
 * struct xlat_shortest - starts all zero
 * @ticks: the shortest timing so far
 * @tries: timings so far
 * @again: of which another one was the same as @ticks, within 0.1 %
 */
struct xlat_shortest {
	__u64 ticks;
	__u32 tries;
	__u32 again;
};

/** xlat_shortest_add() - one more timing */
static inline void xlat_shortest_add(struct xlat_shortest *s, __u64 ticks)
{
	__u64 apart = ticks < s->ticks ? s->ticks - ticks : ticks - s->ticks;

	if (!s->tries++) {
		s->ticks = ticks;
		return;
	}
	if (apart <= (s->ticks >> 10) + 1)
		s->again = 1;
	else if (ticks < s->ticks)
		s->again = 0;
	if (ticks < s->ticks)
		s->ticks = ticks;
}

/**
 * xlat_shortest_known() - is it time to stop?
 * @fewest: tries in any case
 * @most: tries, if none is like the shortest
 */
static inline int xlat_shortest_known(const struct xlat_shortest *s,
				      __u32 fewest, __u32 most)
{
	return s->tries >= most || (s->again && s->tries >= fewest);
}

#endif /* XLAT_SHORTEST_H */
