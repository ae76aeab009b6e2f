// SPDX-License-Identifier: MIT
#include "probe.h"
#include "registers.h"
#include "shortest.h"

enum {
	LOOP_TURNS = 20000, LOOP_TRIES = 5, LOOP_TRIES_MOST = 40,
	COST_TRIES = 2, COST_TRIES_MOST = 10,
};

static uint64_t loop(void)
{
	uint64_t left = LOOP_TURNS;

	asm volatile("1:	subs	%0, %0, #1\n"
		     "	b.ne	1b\n"
		     : "+r" (left) : : "cc");
	return 2ULL * LOOP_TURNS;
}

static uint64_t time_reads(const struct timer *timer, uint64_t (*read)(void))
{
	struct shortest best = { 0 };
	unsigned int n;
	uint64_t begin;

	do {
		begin = timer->now();
		for (n = 0; n < XLAT_COST_READS; n++)
			read();
		shortest_add(&best, timer->now() - begin);
	} while (!shortest_known(&best, COST_TRIES, COST_TRIES_MOST));
	return best.ticks;
}

static void time_loop(const struct timer *timer, struct xlat_probe *out)
{
	struct shortest best = { 0 };
	uint64_t begin;

	do {
		begin = timer->now();
		out->loop_insn = loop();
		shortest_add(&best, timer->now() - begin);
	} while (!shortest_known(&best, LOOP_TRIES, LOOP_TRIES_MOST));
	out->loop_ticks = best.ticks;
	out->busy_tries = best.tries;
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
