/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CPUPOOL_H
#define LAB_CPUPOOL_H

#include <stdbool.h>

#include "lab/plan/settings.h"
#include "text.h"

/*
 * ARINC653 runs on one pCPU, and nobody who has no slot: dom0 keeps credit2
 * and the rest of the machine, what is measured has a cpupool of its own.
 */
bool cpupool_is_wanted(const struct settings *settings);

/* For dom0's job: make it, with its schedule; read back who is where. */
void cpupool_make(struct text *job, const struct settings *settings, int cpu);
void cpupool_list(struct text *job, const struct settings *settings);

/* More lines of a domain's configuration, or "": of the busy one, or of
 * whichever is measured. Schedules name a domain by its UUID. */
const char *cpupool_config(const struct settings *settings, bool busy);

#endif
