// SPDX-License-Identifier: GPL-2.0
/*
 * The idle policy. cpuidle knows nothing of a raw PPI: a state that stops the
 * local timer would swallow it, so while armed a latency request keeps CPUs
 * out of such states.
 */
#include <linux/cpuidle.h>
#include <linux/cpumask.h>
#include <linux/minmax.h>
#include <linux/smp.h>

#include "idle.h"

/**
 * struct idle_facts - what cpuidle may do on the measured CPUs
 * @timer_stop: there is a state that stops the local timer
 * @shallow_us: exit latency of the shallowest state that really idles
 */
struct idle_facts {
	bool timer_stop;
	u32 shallow_us;
};

static void find_idle_here(void *arg)
{
	struct cpuidle_driver *driver = cpuidle_get_driver();
	struct idle_facts *facts = arg;
	bool found = false;
	int i;

	for (i = 0; driver && i < driver->state_count; i++) {
		const struct cpuidle_state *state = &driver->states[i];

		if (state->flags & CPUIDLE_FLAG_TIMER_STOP)
			facts->timer_stop = true;
		if (found || (state->flags & CPUIDLE_FLAG_POLLING))
			continue;
		found = true;
		facts->shallow_us = max(facts->shallow_us, state->exit_latency);
	}
}

static struct idle_facts find_idle(const struct cpumask *cpus)
{
	struct idle_facts facts = { .shallow_us = 1 };
	int cpu;

	for_each_cpu(cpu, cpus)
		smp_call_function_single(cpu, find_idle_here, &facts, true);
	return facts;
}

bool xlat_idle_stops_timer(const struct cpumask *cpus)
{
	return find_idle(cpus).timer_stop;
}

void xlat_idle_hold(struct pm_qos_request *request, const struct cpumask *cpus)
{
	cpu_latency_qos_add_request(request, find_idle(cpus).shallow_us);
}

void xlat_idle_let_go(struct pm_qos_request *request)
{
	if (cpu_latency_qos_request_active(request))
		cpu_latency_qos_remove_request(request);
}
