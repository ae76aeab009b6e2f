/* SPDX-License-Identifier: GPL-2.0 */
/* May measured CPUs enter deep idle states? */
#ifndef XLAT_IDLE_H
#define XLAT_IDLE_H

#include <linux/pm_qos.h>
#include <linux/types.h>

struct cpumask;

/**
 * xlat_idle_stops_timer() - may an idle state stop the local timer?
 * @cpus: the measured CPUs, all online; under cpus_read_lock()
 *
 * Modules cannot see which states a user disabled in sysfs: those count too.
 *
 * Return: true if any of @cpus has such a state.
 */
bool xlat_idle_stops_timer(const struct cpumask *cpus);

/**
 * xlat_idle_must_stop_timer() - may an idle state stop the local timer in spite
 *	of xlat_idle_hold()?
 * @cpus: as above
 *
 * No latency limit keeps a CPU out of its state 0, nor out of a state whose
 * exit latency is 0.
 *
 * Return: true if any of @cpus has such a state that stops the local timer.
 */
bool xlat_idle_must_stop_timer(const struct cpumask *cpus);

/**
 * xlat_idle_hold() - keep CPUs out of all but their shallowest idle state
 * @request: not active; active afterwards
 * @cpus: as above
 *
 * The limit is the exit latency of the shallowest idle state. If the CPUs have
 * different cpuidle drivers, it is the smallest of these latencies. If a state
 * that stops the local timer has no longer latency, the limit is just below it.
 */
void xlat_idle_hold(struct pm_qos_request *request, const struct cpumask *cpus);

/** xlat_idle_let_go() - undo xlat_idle_hold(), if @request is active */
void xlat_idle_let_go(struct pm_qos_request *request);

#endif /* XLAT_IDLE_H */
