// SPDX-License-Identifier: GPL-2.0
/*
 * The proofs of fairness: a loop of known length against the source's clock,
 * and the price of reading that clock and the timer's control register.
 */
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>

#include "arch.h"
#include "probe.h"

/*
 * Long enough that a 24 MHz counter resolves 0.5 %. All tries together keep
 * interrupts off for some 0.2 ms on a core of 1 GHz, before the first deadline
 * and after the last.
 */
#define LOOP_TURNS	20000
/* Under one shared instruction clock another vCPU may have run meanwhile. */
#define LOOP_TRIES	5

static u64 time_reads(const struct xlat_source *source, u64 (*read)(void))
{
	u64 begin = source->now();
	u32 i;

	for (i = 0; i < XLAT_COST_READS; i++)
		read();
	return source->now() - begin;
}

void xlat_probe_costs(const struct xlat_source *source, u64 *clock,
		      u64 *control)
{
	*clock = time_reads(source, source->now);
	*control = source->control ? time_reads(source, source->control) : 0;
}

void xlat_probe(const struct xlat_source *source, struct xlat_probe *probe)
{
	u64 begin, ticks, best = U64_MAX;
	u32 i;

	lockdep_assert_irqs_disabled();
	probe->at_ticks = source->now();
	for (i = 0; i < LOOP_TRIES; i++) {
		begin = source->now();
		probe->loop_insn = xlat_arch_loop(LOOP_TURNS);
		ticks = source->now() - begin;
		best = min(best, ticks);
	}
	probe->loop_ticks = best;
	probe->busy_tries = LOOP_TRIES;
	xlat_probe_costs(source, &probe->clock_read_ticks,
			 &probe->control_read_ticks);
	xlat_arch_counters(&probe->cntpct, &probe->cntvct);
}
