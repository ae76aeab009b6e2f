// SPDX-License-Identifier: GPL-2.0
/*
 * Measures what makes two runs comparable: the time of a loop of known length
 * by the source's clock, and the cost of reading that clock and the timer's
 * control register.
 */
#include <linux/irqflags.h>
#include <linux/lockdep.h>

#include "arch.h"
#include "probe.h"
#include "core/shortest.h"

static u64 time_reads(const struct xlat_source *source, u64 (*read)(void))
{
	struct xlat_shortest best = {};
	u64 begin;
	u32 i;

	do {
		begin = source->now();
		for (i = 0; i < XLAT_COST_READS; i++)
			read();
		xlat_shortest_add(&best, source->now() - begin);
	} while (!xlat_shortest_known(&best, XLAT_COST_TRIES,
				      XLAT_COST_TRIES_MOST));
	return best.ticks;
}

void xlat_probe_costs(const struct xlat_source *source, u64 *clock,
		      u64 *control)
{
	*clock = time_reads(source, source->now);
	*control = source->control ? time_reads(source, source->control) : 0;
}

/*
 * Interrupts are off all the time, before the first deadline and after the
 * last: on a core of 1 GHz for about 0.6 ms with the fewest tries, and for 2 ms
 * with the most, where nearly every try is disturbed.
 */
static void time_loop(const struct xlat_source *source,
		      struct xlat_probe *probe)
{
	struct xlat_shortest best = {};
	u64 begin;

	do {
		begin = source->now();
		probe->loop_insn = xlat_arch_loop(XLAT_LOOP_TURNS);
		xlat_shortest_add(&best, source->now() - begin);
	} while (!xlat_shortest_known(&best, XLAT_LOOP_TRIES,
				      XLAT_LOOP_TRIES_MOST));
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
