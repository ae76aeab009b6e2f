// SPDX-License-Identifier: MIT
#include "probe.h"
#include "registers.h"
#include "core/shortest.h"

static uint64_t loop(void)
{
	uint64_t left = XLAT_LOOP_TURNS;

	asm volatile("1:	subs	%0, %0, #1\n"
		     "	b.ne	1b\n"
		     : "+r" (left) : : "cc");
	return 2ULL * XLAT_LOOP_TURNS;
}

static void time_loop(const struct timer *timer, struct xlat_probe *out)
{
	struct xlat_shortest best = { 0 };
	uint64_t begin;

	do {
		begin = timer->now();
		out->loop_insn = loop();
		xlat_shortest_add(&best, timer->now() - begin);
	} while (!xlat_shortest_known(&best, XLAT_LOOP_TRIES,
				      XLAT_LOOP_TRIES_MOST));
	out->loop_ticks = best.ticks;
	out->busy_tries = best.tries;
}

static uint64_t time_reads(const struct timer *timer, uint64_t (*read)(void))
{
	struct xlat_shortest best = { 0 };
	unsigned int n;
	uint64_t begin;

	do {
		begin = timer->now();
		for (n = 0; n < XLAT_COST_READS; n++)
			read();
		xlat_shortest_add(&best, timer->now() - begin);
	} while (!xlat_shortest_known(&best, XLAT_COST_TRIES,
				      XLAT_COST_TRIES_MOST));
	return best.ticks;
}

void probe(const struct timer *timer, struct xlat_probe *out)
{
	out->at_ticks = timer->now();
	time_loop(timer, out);
	out->clock_read_ticks = time_reads(timer, timer->now);
	out->control_read_ticks = time_reads(timer, timer->control);
	out->cntpct = timer_phys.now();
	out->cntvct = timer_virt.now();
}

void probe_cost(const struct timer *timer, struct hypervisor_cost *cost)
{
	cost->clock = time_reads(timer, timer->now);
	cost->control = time_reads(timer, timer->control);
}
