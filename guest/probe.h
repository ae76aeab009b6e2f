/* SPDX-License-Identifier: MIT */
/* The proofs of fairness, as the module takes them (kmod/probe.c). */
#ifndef GUEST_PROBE_H
#define GUEST_PROBE_H

#include <uapi/xlat.h>

#include "core/hypervisor.h"
#include "timer.h"

/** probe() - the core clock, and what reads cost; interrupts are masked */
void probe(const struct timer *timer, struct xlat_probe *probe);

/** probe_cost() - what reads of a timer's counter and control register cost */
void probe_cost(const struct timer *timer, struct hypervisor_cost *cost);

#endif /* GUEST_PROBE_H */
