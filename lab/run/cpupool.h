/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CPUPOOL_H
#define LAB_CPUPOOL_H

#include <stdbool.h>

#include "scenario.h"
#include "text.h"

/*
 * ARINC653 runs on one pCPU, and nobody who has no slot: dom0 keeps credit2
 * and the rest of the machine, what is measured has a cpupool of its own.
 */
bool cpupool_is_wanted(const struct scenario *scenario);

/* For dom0's job: make it, with its schedule; read back who is where. */
void cpupool_make(struct text *job, const struct scenario *scenario, int cpu);
void cpupool_list(struct text *job, const struct scenario *scenario);

/* More lines of a domain's configuration, or "": of the busy one, or of
 * whichever is measured. Schedules name a domain by its UUID. */
const char *cpupool_config(const struct scenario *scenario, bool busy);

#endif
