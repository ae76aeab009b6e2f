// SPDX-License-Identifier: MIT
/* The claimed length of an instruction, compared with the measured one. */
#include "insn_clock.h"

/* The largest relative difference between the claim and the measurement. */
#define TOLERANCE	0.01

double insn_clock_ns(const struct xlat_probe *probe, uint64_t tick_hz)
{
	if (!probe->loop_insn || !tick_hz)
		return 0;
	return (double)probe->loop_ticks / (double)probe->loop_insn * 1e9 /
	       (double)tick_hz;
}

bool insn_clock_agrees(const struct xlat_probe *probe, uint64_t tick_hz,
		       unsigned int shift)
{
	double claimed = (double)(1ULL << shift);
	double measured = insn_clock_ns(probe, tick_hz);

	return measured > claimed * (1 - TOLERANCE) &&
	       measured < claimed * (1 + TOLERANCE);
}
