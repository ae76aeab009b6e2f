/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Measures the speed of a CPU and the cost of reading a clock. With both, the
 * reader proves that two runs can be compared.
 */
#ifndef XLAT_PROBE_H
#define XLAT_PROBE_H

#include "source.h"

/**
 * xlat_probe() - fill @probe on this CPU, by the clock of @source
 *
 * Interrupts must be off. It executes about 640,000 instructions, and reads the
 * clock and the control register 2 * %XLAT_COST_READS times each. If nearly
 * every timing is disturbed, it executes up to 1.6 million instructions, and
 * reads up to 10 * %XLAT_COST_READS times each.
 */
void xlat_probe(const struct xlat_source *source, struct xlat_probe *probe);

/**
 * xlat_probe_costs() - cost of %XLAT_COST_READS reads, in ticks of @source
 * @clock: receives the cost of reading its clock
 * @control: receives the cost of reading its control register; 0: it has none
 *
 * Interrupts must be off.
 */
void xlat_probe_costs(const struct xlat_source *source, u64 *clock,
		      u64 *control);

#endif /* XLAT_PROBE_H */
