// SPDX-License-Identifier: MIT
#include "probe.h"
#include "registers.h"

enum { LOOP_TURNS = 20000, LOOP_TRIES = 5 };

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
	uint64_t begin = timer->now();
	unsigned int n;

	for (n = 0; n < XLAT_COST_READS; n++)
		read();
	return timer->now() - begin;
}

void probe(const struct timer *timer, struct xlat_probe *out)
{
	unsigned int n;

	out->loop_ticks = UINT64_MAX;
	out->at_ticks = timer->now();
	for (n = 0; n < LOOP_TRIES; n++) {
		uint64_t begin = timer->now(), ticks;

		out->loop_insn = loop();
		ticks = timer->now() - begin;
		if (ticks < out->loop_ticks)
			out->loop_ticks = ticks;
	}
	out->busy_tries = LOOP_TRIES;
	out->clock_read_ticks = time_reads(timer, timer->now);
	out->control_read_ticks = time_reads(timer, timer->control);
	out->cntpct = timer_phys.now();
	out->cntvct = timer_virt.now();
}
