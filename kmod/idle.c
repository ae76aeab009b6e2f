// SPDX-License-Identifier: GPL-2.0
/*
 * The idle policy. cpuidle does not know about a raw PPI: an idle state that
 * stops the local timer would swallow its interrupt. While a session is armed,
 * a latency request keeps CPUs out of such states.
 */
#include <linux/cpuidle.h>
#include <linux/cpumask.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/smp.h>

#include "idle.h"

/* The limit where no measured CPU has a cpuidle driver. */
#define NO_DRIVER_US	1

/**
 * struct idle_facts - what cpuidle may do on the measured CPUs
 * @shallow_us: least exit latency of a CPU's shallowest state that idles;
 *	U32_MAX: no CPU has one
 * @stop_us: least exit latency of a state that stops the local timer;
 *	U32_MAX: no CPU has one
 * @stop_first: state 0 of some CPU stops the timer; governors choose state 0
 *	whatever the limit is
 */
struct idle_facts {
	u32 shallow_us;
	u32 stop_us;
	bool stop_first;
};

static void find_idle_here(void *arg)
{
	struct cpuidle_driver *driver = cpuidle_get_driver();
	struct idle_facts *facts = arg;
	bool found = false;
	u32 latency;
	int i;

	for (i = 0; driver && i < driver->state_count; i++) {
		const struct cpuidle_state *state = &driver->states[i];

		latency = state->exit_latency;
		if (state->flags & CPUIDLE_FLAG_TIMER_STOP) {
			facts->stop_us = min(facts->stop_us, latency);
			facts->stop_first |= !i;
		}
		if (found || (state->flags & CPUIDLE_FLAG_POLLING))
			continue;
		found = true;
		facts->shallow_us = min(facts->shallow_us, latency);
	}
}

static struct idle_facts find_idle(const struct cpumask *cpus)
{
	struct idle_facts facts = {
		.shallow_us = U32_MAX, .stop_us = U32_MAX,
	};
	int cpu;

	for_each_cpu(cpu, cpus)
		smp_call_function_single(cpu, find_idle_here, &facts, true);
	return facts;
}

bool xlat_idle_stops_timer(const struct cpumask *cpus)
{
	return find_idle(cpus).stop_us != U32_MAX;
}

bool xlat_idle_must_stop_timer(const struct cpumask *cpus)
{
	struct idle_facts facts = find_idle(cpus);

	return facts.stop_first || !facts.stop_us;
}

/*
 * There is one limit for all CPUs. The least of the shallow latencies lets no
 * CPU sleep deeper than its shallowest state, and the limit stays below every
 * state that stops a timer. A CPU whose shallowest state is slower than that
 * uses its state 0.
 */
static s32 limit_us(const struct idle_facts *facts)
{
	u32 limit = facts->shallow_us;

	if (limit == U32_MAX)
		limit = NO_DRIVER_US;
	limit = max(limit, 1U);
	if (facts->stop_us && facts->stop_us <= limit)
		limit = facts->stop_us - 1;
	return min_t(u32, limit, S32_MAX);
}

void xlat_idle_hold(struct pm_qos_request *request, const struct cpumask *cpus)
{
	struct idle_facts facts = find_idle(cpus);

	cpu_latency_qos_add_request(request, limit_us(&facts));
}

void xlat_idle_let_go(struct pm_qos_request *request)
{
	if (cpu_latency_qos_request_active(request))
		cpu_latency_qos_remove_request(request);
}
