/* SPDX-License-Identifier: MIT */
/* The proofs of fairness, as the module takes them (kmod/probe.c). */
#ifndef GUEST_PROBE_H
#define GUEST_PROBE_H

#include <uapi/xlat.h>

#include "timer.h"

/** probe() - the core clock, and what reads cost; interrupts are masked */
void probe(const struct timer *timer, struct xlat_probe *probe);

#endif /* GUEST_PROBE_H */
