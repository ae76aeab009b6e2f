/* SPDX-License-Identifier: MIT */
/* Proofs that runs are comparable, taken as in the module (kmod/probe.c). */
#ifndef GUEST_PROBE_H
#define GUEST_PROBE_H

#include <uapi/xlat.h>

#include "core/hypervisor.h"
#include "timer.h"

/** probe() - time the core clock and reads; call with interrupts masked */
void probe(const struct timer *timer, struct xlat_probe *probe);

/** probe_cost() - the cost of reading the counter and control register */
void probe_cost(const struct timer *timer, struct hypervisor_cost *cost);

#endif /* GUEST_PROBE_H */
