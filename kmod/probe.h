/* SPDX-License-Identifier: GPL-2.0 */
/* What a CPU and a clock are worth: the proofs of fairness. */
#ifndef XLAT_PROBE_H
#define XLAT_PROBE_H

#include "source.h"

/**
 * xlat_probe() - fill @probe on this CPU, by the clock of @source
 *
 * Interrupts must be off. Takes some 640,000 instructions, and twice what
 * xlat_probe_costs() tells; 1.6 million and ten times that, where something
 * else disturbs nearly every timing.
 */
void xlat_probe(const struct xlat_source *source, struct xlat_probe *probe);

/**
 * xlat_probe_costs() - cost of %XLAT_COST_READS reads, in ticks of @source
 * @clock: receives the cost of reading its clock
 * @control: receives the cost of reading its control register, 0: it has none
 *
 * Interrupts must be off.
 */
void xlat_probe_costs(const struct xlat_source *source, u64 *clock,
		      u64 *control);

#endif /* XLAT_PROBE_H */
