/* SPDX-License-Identifier: GPL-2.0 */
/* May measured CPUs enter deep idle states? */
#ifndef XLAT_IDLE_H
#define XLAT_IDLE_H

#include <linux/pm_qos.h>
#include <linux/types.h>

struct cpumask;

/**
 * xlat_idle_stops_timer() - is there a state that stops the local timer?
 *
 * On any of @cpus, all online, under cpus_read_lock(). A state that a user
 * disabled in sysfs counts too: modules can't see that.
 */
bool xlat_idle_stops_timer(const struct cpumask *cpus);

/** xlat_idle_hold() - hold idle CPUs in the shallowest state that idles */
void xlat_idle_hold(struct pm_qos_request *request, const struct cpumask *cpus);

/** xlat_idle_let_go() - mirror of xlat_idle_hold(); once, or without it */
void xlat_idle_let_go(struct pm_qos_request *request);

#endif /* XLAT_IDLE_H */
