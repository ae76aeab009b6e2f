/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_READBACK_DOMAINS_H
#define LAB_READBACK_DOMAINS_H

#include "lab/plan/plan.h"

/*
 * Check in the recordings' environments that dom0 and each measured domain are pinned and
 * scheduled as requested. This includes bare-metal domains that run one after
 * the other. Sets differs to what is different, or "". Only for machines with a
 * dom0.
 */
enum { READBACK_DIFFERS = 192 };
void readback_domains(char differs[READBACK_DIFFERS],
		      const struct plan_cell *cell, const char *out);

#endif
