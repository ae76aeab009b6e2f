// SPDX-License-Identifier: GPL-2.0
/*
 * The proofs of fairness: a loop of known length against the source's clock,
 * and the price of reading that clock and the timer's control register.
 *
 * Each is the shortest of several timings: whatever disturbs one (another vCPU
 * of a shared instruction clock, a hypervisor's interrupt) makes it longer.
 */
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>

#include "arch.h"
#include "probe.h"

/*
 * Long enough that a 24 MHz counter resolves 0.5 %. The fewest tries together
 * keep interrupts off for some 0.2 ms on a core of 1 GHz, before the first
 * deadline and after the last; the most, where something disturbs nearly all of
 * them, for 2 ms.
 */
#define LOOP_TURNS	20000
#define LOOP_TRIES	5
#define LOOP_TRIES_MOST	40
#define COST_TRIES	2
#define COST_TRIES_MOST	10
/* Two timings are the same within 1 / 2^this. */
#define SAME_SHIFT	10

struct shortest {
	u64 ticks;
	u32 tries;
	bool again;
};

/* Disturbed by chance, no two timings are long by the same time. */
static bool is_same(u64 a, u64 b)
{
	return max(a, b) - min(a, b) <= (a >> SAME_SHIFT) + 1;
}

static void try_ticks(struct shortest *best, u64 ticks)
{
	if (!best->tries++)
		best->ticks = ticks;
	else if (is_same(ticks, best->ticks))
		best->again = true;
	else if (ticks < best->ticks)
		best->again = false;
	best->ticks = min(ticks, best->ticks);
}

static bool is_known(const struct shortest *best, u32 fewest, u32 most)
{
	return best->tries >= most || (best->again && best->tries >= fewest);
}

static u64 time_reads(const struct xlat_source *source, u64 (*read)(void))
{
	struct shortest best = {};
	u64 begin;
	u32 i;

	do {
		begin = source->now();
		for (i = 0; i < XLAT_COST_READS; i++)
			read();
		try_ticks(&best, source->now() - begin);
	} while (!is_known(&best, COST_TRIES, COST_TRIES_MOST));
	return best.ticks;
}

void xlat_probe_costs(const struct xlat_source *source, u64 *clock,
		      u64 *control)
{
	*clock = time_reads(source, source->now);
	*control = source->control ? time_reads(source, source->control) : 0;
}

static void time_loop(const struct xlat_source *source,
		      struct xlat_probe *probe)
{
	struct shortest best = {};
	u64 begin;

	do {
		begin = source->now();
		probe->loop_insn = xlat_arch_loop(LOOP_TURNS);
		try_ticks(&best, source->now() - begin);
	} while (!is_known(&best, LOOP_TRIES, LOOP_TRIES_MOST));
	probe->loop_ticks = best.ticks;
	probe->busy_tries = best.tries;
}

void xlat_probe(const struct xlat_source *source, struct xlat_probe *probe)
{
	lockdep_assert_irqs_disabled();
	probe->at_ticks = source->now();
	time_loop(source, probe);
	xlat_probe_costs(source, &probe->clock_read_ticks,
			 &probe->control_read_ticks);
	xlat_arch_counters(&probe->cntpct, &probe->cntvct);
}
