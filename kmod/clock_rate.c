// SPDX-License-Identifier: GPL-2.0
/* The rate of the generic timer's counter: claims, and a measurement. */
#include <asm/arch_timer.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/percpu.h>
#include <linux/timekeeping.h>
#include <uapi/xlat.h>

#include "arch.h"
#include "clock_rate.h"
#include "core/clock_rate.h"

/*
 * The first measurement. Each next one takes twice as long, because the errors
 * of slow reads are then a smaller part of it.
 */
#define MEASURE_MS	100
/* Reads of both clocks, of which the closest ones count. */
#define READS		8
/* More reads, until CLOCK_MONOTONIC_RAW is seen to advance. */
#define STEP_READS	64
/* Of a CLOCK_MONOTONIC_RAW that was not: a tick at 100 Hz. */
#define LONGEST_STEP_NS	(10 * NSEC_PER_MSEC)
#define TRIES		3

/* A CPU that has not been online since the module was loaded has no value. */
static DEFINE_PER_CPU(u64, cntfrq);
static DEFINE_PER_CPU(bool, cntfrq_read);

/* Fixed once the module is loaded. */
static u64 agreed_hz, measured_hz;
static u32 agreed_claim;
static int online_state;

static int read_cntfrq(unsigned int cpu)
{
	this_cpu_write(cntfrq, arch_timer_get_cntfrq());
	this_cpu_write(cntfrq_read, true);
	return 0;
}

/*
 * CLOCK_MONOTONIC_RAW is not slewed. On most machines it is derived from the
 * counter, but it may advance in steps of 1 to 10 ms (clocksource=jiffies).
 */
static struct xlat_rate_reading read_clocks(void)
{
	struct xlat_rate_reading reading = XLAT_RATE_READING;
	u64 begin, first_ns, ns;
	unsigned long flags;
	u32 i;

	local_irq_save(flags);
	for (i = 0; i < READS || (!xlat_rate_error_ns(&reading) &&
				  i < STEP_READS); i++) {
		begin = __arch_counter_get_cntvct_stable();
		first_ns = ktime_get_raw_ns();
		ns = ktime_get_raw_ns();
		xlat_rate_read(&reading, begin, first_ns, ns,
			       __arch_counter_get_cntvct_stable());
	}
	local_irq_restore(flags);
	return reading;
}

/* The first CNTFRQ that agrees with @ticks in @ns; 0: none does. */
static u64 agreed_cntfrq(u64 ticks, u64 ns)
{
	int cpu;

	for_each_possible_cpu(cpu)
		if (xlat_rate_agrees(ticks, ns, per_cpu(cntfrq, cpu)))
			return per_cpu(cntfrq, cpu);
	return 0;
}

static void judge_claims(u64 ticks, u64 ns)
{
	u64 by_tree = xlat_arch_dt_clock_hz();

	measured_hz = ns && ns <= XLAT_RATE_NS_MAX ?
		      div64_u64(ticks * NSEC_PER_SEC + ns / 2, ns) : 0;
	agreed_claim = XLAT_RATE_DEVICE_TREE;
	agreed_hz = by_tree;
	if (xlat_rate_agrees(ticks, ns, by_tree))
		return;
	agreed_claim = XLAT_RATE_CNTFRQ;
	agreed_hz = agreed_cntfrq(ticks, ns);
	if (agreed_hz)
		return;
	agreed_claim = XLAT_RATE_NO_CLAIM;
	agreed_hz = measured_hz;
}

static u64 longest_error_ns(const struct xlat_rate_reading *reading)
{
	u64 ns = xlat_rate_error_ns(reading);

	return ns ? min_t(u64, ns, LONGEST_STEP_NS) : LONGEST_STEP_NS;
}

static bool is_possible(const struct xlat_rate_reading *begin,
			const struct xlat_rate_reading *end, u64 claim)
{
	return xlat_rate_is_possible(end->ticks - begin->ticks,
				     end->ns - begin->ns, claim,
				     begin->error_ticks + end->error_ticks,
				     longest_error_ns(begin) +
				     longest_error_ns(end));
}

/*
 * A measurement that is not fine confirms no claim. It keeps the first one, the
 * device tree's before the CPUs', that is not grossly wrong.
 */
static void keep_claim(const struct xlat_rate_reading *begin,
		       const struct xlat_rate_reading *end)
{
	u64 by_tree = xlat_arch_dt_clock_hz();
	int cpu;

	measured_hz = 0;
	agreed_claim = XLAT_RATE_UNTRIED;
	agreed_hz = is_possible(begin, end, by_tree) ? by_tree : 0;
	for_each_possible_cpu(cpu)
		if (!agreed_hz && is_possible(begin, end, per_cpu(cntfrq, cpu)))
			agreed_hz = per_cpu(cntfrq, cpu);
	if (!agreed_hz)
		judge_claims(end->ticks - begin->ticks, end->ns - begin->ns);
}

static bool is_fine(const struct xlat_rate_reading *begin,
		    const struct xlat_rate_reading *end)
{
	u64 begin_ns = xlat_rate_error_ns(begin);
	u64 end_ns = xlat_rate_error_ns(end);

	return begin_ns && end_ns &&
	       xlat_rate_is_fine(end->ticks - begin->ticks,
				 end->ns - begin->ns,
				 begin->error_ticks + end->error_ticks,
				 begin_ns + end_ns);
}

/*
 * The machine may have been suspended or paused meanwhile, or its clocks can
 * only be read slowly: then it is measured again, for longer.
 */
static void measure(void)
{
	struct xlat_rate_reading begin, end;
	u32 tries = 0;

	do {
		begin = read_clocks();
		msleep(MEASURE_MS << tries);
		end = read_clocks();
		if (is_fine(&begin, &end)) {
			judge_claims(end.ticks - begin.ticks,
				     end.ns - begin.ns);
			return;
		}
	} while (++tries < TRIES);
	keep_claim(&begin, &end);
}

int xlat_rate_init(void)
{
	online_state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "xlat:cntfrq",
					 read_cntfrq, NULL);
	if (online_state < 0)
		return online_state;
	measure();
	return 0;
}

void xlat_rate_exit(void)
{
	cpuhp_remove_state_nocalls(online_state);
}

u64 xlat_rate_hz(void)
{
	return agreed_hz;
}

/* CPU @cpu's value, beside those that are there; the last place is for others. */
static void add_cntfrq(struct xlat_cntfrq *list, u64 hz, int cpu)
{
	struct xlat_cntfrq *last = &list[XLAT_CNTFRQ_MAX - 1];

	while (list < last && list->cpus && list->hz != hz)
		list++;
	if (!list->cpus) {
		list->hz = hz;
		list->first_cpu = cpu;
	}
	list->cpus++;
}

void xlat_rate_info(struct xlat_info *info)
{
	int cpu;

	info->measured_hz = measured_hz;
	info->rate_claim = agreed_claim;
	for_each_possible_cpu(cpu)
		if (per_cpu(cntfrq_read, cpu))
			add_cntfrq(info->cntfrq, per_cpu(cntfrq, cpu), cpu);
}
