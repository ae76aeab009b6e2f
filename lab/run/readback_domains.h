/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_READBACK_DOMAINS_H
#define LAB_READBACK_DOMAINS_H

#include "lab/plan/plan.h"

/*
 * Does xl say of dom0 and of each measured domain, of bare-metal ones too that
 * follow one another, that it is pinned and scheduled as asked? differs: what
 * does not; or "". Of machines with a dom0.
 */
enum { READBACK_DIFFERS = 192 };
void readback_domains(char differs[READBACK_DIFFERS],
		      const struct plan_cell *cell, const char *out);

#endif
