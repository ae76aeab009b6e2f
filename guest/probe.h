/* SPDX-License-Identifier: MIT */
/* Measures what makes runs comparable, as the module does (kmod/probe.c). */
#ifndef GUEST_PROBE_H
#define GUEST_PROBE_H

#include <uapi/xlat.h>

#include "core/hypervisor.h"
#include "timer.h"

/** probe() - measure core clock and read costs; call with interrupts masked */
void probe(const struct timer *timer, struct xlat_probe *probe);

/** probe_cost() - the cost of reading the counter and control register */
void probe_cost(const struct timer *timer, struct hypervisor_cost *cost);

#endif /* GUEST_PROBE_H */
