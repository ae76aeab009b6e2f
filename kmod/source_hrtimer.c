// SPDX-License-Identifier: GPL-2.0
/*
 * Source "hrtimer": one pinned timer a CPU that expires in hard interrupt
 * context, on PREEMPT_RT too. The only source on x86, where a module cannot
 * own the local APIC timer.
 */
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/percpu.h>

#include "compat.h"
#include "source.h"

static DEFINE_PER_CPU(struct hrtimer, timers);

static u64 hr_now(void)
{
	return ktime_get_ns();
}

static u64 hr_tick_hz(void)
{
	return NSEC_PER_SEC;
}

static enum hrtimer_restart hr_expired(struct hrtimer *timer)
{
	u64 entry = hr_now(), next;

	if (!xlat_fire(entry, &next))
		return HRTIMER_NORESTART;
	hrtimer_set_expires(timer, ns_to_ktime(next));
	return HRTIMER_RESTART;
}

static int hr_usable(const struct xlat_source *source,
		     struct xlat_source_info *info)
{
	info->state = XLAT_SOURCE_FREE;
	return 0;
}

static int hr_claim(const struct xlat_source *source)
{
	int cpu;

	for_each_possible_cpu(cpu)
		xlat_hrtimer_setup(per_cpu_ptr(&timers, cpu), hr_expired,
				   CLOCK_MONOTONIC,
				   HRTIMER_MODE_ABS_PINNED_HARD);
	return 0;
}

static void hr_release(const struct xlat_source *source)
{
}

static void hr_cpu_start(const struct xlat_source *source, u64 deadline)
{
	hrtimer_start(this_cpu_ptr(&timers), ns_to_ktime(deadline),
		      HRTIMER_MODE_ABS_PINNED_HARD);
}

static void hr_cpu_stop(const struct xlat_source *source)
{
	/* Pinned, hard, interrupts off here: its callback is not running. */
	hrtimer_try_to_cancel(this_cpu_ptr(&timers));
}

const struct xlat_source xlat_source_hrtimer = {
	.name		= "hrtimer",
	.id		= XLAT_SOURCE_HRTIMER,
	.stage		= XLAT_STAGE_T2,
	.usable		= hr_usable,
	.tick_hz	= hr_tick_hz,
	.now		= hr_now,
	.claim		= hr_claim,
	.release	= hr_release,
	.cpu_start	= hr_cpu_start,
	.cpu_stop	= hr_cpu_stop,
};
