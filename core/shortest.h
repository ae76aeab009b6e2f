/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The shortest of several timings of the same code. A disturbance (another vCPU
 * on a shared instruction clock, an interrupt of the hypervisor) makes a timing
 * longer, never shorter. So the shortest one is right once it was seen twice. A
 * regular disturbance can make two timings long by the same amount; that is why
 * the loop is timed at least %XLAT_LOOP_TRIES times. This code does no I/O.
 */
#ifndef XLAT_SHORTEST_H
#define XLAT_SHORTEST_H

#include <uapi/xlat.h>

/* The core-clock loop: so long that 24 MHz counters resolve 0.5 % of it. */
#define XLAT_LOOP_TURNS		20000
#define XLAT_LOOP_TRIES		16
#define XLAT_LOOP_TRIES_MOST	40
/* The timings of %XLAT_COST_READS reads. */
#define XLAT_COST_TRIES		2
#define XLAT_COST_TRIES_MOST	10

/**
 * struct xlat_shortest - the timings so far; all zero at the start
 * @ticks: the shortest timing so far
 * @tries: number of timings so far
 * @again: another one was equal to @ticks within 0.1 %
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
 * xlat_shortest_known() - can the timing stop?
 * @fewest: always try this many times
 * @most: stop after this many, even if the shortest was seen only once
 */
static inline int xlat_shortest_known(const struct xlat_shortest *s,
				      __u32 fewest, __u32 most)
{
	return s->tries >= most || (s->again && s->tries >= fewest);
}

#endif /* XLAT_SHORTEST_H */
