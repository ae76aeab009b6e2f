// SPDX-License-Identifier: GPL-2.0
/*
 * The rate of the counter on a fake Arm machine: the claims of CNTFRQ and the
 * device tree, with coarse clocks and slow reads.
 */
#include "info_now.h"
#include "tests/kapi/ktap.h"

static void check_rate(u64 cntfrq, u64 claim, u64 want)
{
	struct xlat_info info;

	machine_reset();
	machine.cntfrq_hz = cntfrq;
	machine.dt_hz = claim;
	info = info_now();
	ktap_is((long long)info.cntfrq_hz, (long long)cntfrq, "INFO: CNTFRQ");
	ktap_is((long long)info.dt_clock_hz, (long long)claim,
		"INFO: the device tree's claim");
	ktap_is((long long)info.source[XLAT_SOURCE_PHYS].tick_hz,
		(long long)want, "INFO: the rate of phys");
	ktap_is(machine.node.references, 0, "references to the timer's node");
}

/* Firmware set the CNTFRQ of CPU 0 only; Linux took @linux_hz. */
static void check_claims(unsigned int cpu, u64 others, u64 tree, u64 linux_hz,
			 u32 claim, const char *what)
{
	struct xlat_info info;

	machine_reset();
	machine.cpu = cpu;
	machine.cntfrq_apart = true;
	machine.cntfrq_others_hz = others;
	machine.dt_hz = tree;
	machine.raw_hz = linux_hz;
	info = info_now();
	ktap_is(info.rate_claim, claim, what);
	ktap_is((long long)info.source[XLAT_SOURCE_PHYS].tick_hz,
		(long long)(claim == XLAT_RATE_NO_CLAIM ? info.measured_hz :
			    linux_hz), "and its rate");
	ktap_is(info.source[XLAT_SOURCE_PHYS].state, XLAT_SOURCE_FREE,
		"phys is free");
	ktap_ok(info.measured_hz + 100 > linux_hz &&
		info.measured_hz < linux_hz + 100, "measured: %llu Hz",
		(unsigned long long)info.measured_hz);
	ktap_ok(info.cntfrq[0].hz == 62500000 && info.cntfrq[0].cpus == 1 &&
		info.cntfrq[1].hz == others && info.cntfrq[1].first_cpu == 1 &&
		info.cntfrq[1].cpus == MACHINE_CPUS - 1 &&
		!info.cntfrq[2].cpus, "the values of all CPUs are reported");
}

/*
 * clocksource=jiffies: a claim of the firmware is kept, but not one that is
 * grossly wrong.
 */
static void check_coarse(u64 step_ns, u64 tree, u64 cntfrq, u64 want)
{
	struct xlat_info info;

	machine_reset();
	machine.dt_hz = tree;
	machine.cntfrq_hz = cntfrq;
	machine.raw_hz = 62500000;
	machine.raw_step_ns = step_ns;
	/* Off the grid of the steps: 0.1 s looks like 0.104 s or 0.096 s. */
	machine.counter = 62500 * 3;
	info = info_now();
	ktap_is(info.rate_claim, want ? XLAT_RATE_UNTRIED : XLAT_RATE_NO_CLAIM,
		want ? "a raw clock with steps confirms no claim" :
		       "it contradicts claims that are grossly wrong");
	if (!want)
		return;
	ktap_is((long long)info.measured_hz, 0, "nothing was measured");
	ktap_is((long long)info.source[XLAT_SOURCE_PHYS].tick_hz,
		(long long)want, "the claim is kept");
}

static void check_all_coarse(void)
{
	check_coarse(4000000, 0, 62500000, 62500000);
	check_coarse(10000000, 0, 62500000, 62500000);
	check_coarse(7000000, 63000000, 62500000, 63000000);
	check_coarse(7000000, 24000000, 62500000, 62500000);
	check_coarse(7000000, 24000000, 25000000, 0);
	check_coarse(30518, 0, 62500000, 62500000);
	check_coarse(30518, 80000000, 62500000, 62500000);
}

/* A trapped or emulated counter: each read of a clock takes @us. */
static void slow_machine(u64 us, u64 step_ns, u64 tree, u64 linux_hz)
{
	machine_reset();
	machine.dt_hz = tree;
	machine.raw_hz = linux_hz;
	machine.raw_step_ns = step_ns;
	machine.raw_cost = machine.read_cost = us * linux_hz / 1000000;
}

/* @claim: the one that must be found */
static void check_slow(u64 us, u64 step_ns, u64 tree, u64 linux_hz, u32 claim)
{
	struct xlat_info info;
	u64 apart;

	slow_machine(us, step_ns, tree, linux_hz);
	info = info_now();
	ktap_ok(info.rate_claim == claim, "a read takes %llu us: claim %u is %u",
		(unsigned long long)us, info.rate_claim, claim);
	apart = info.measured_hz > linux_hz ? info.measured_hz - linux_hz :
					      linux_hz - info.measured_hz;
	ktap_ok(apart <= linux_hz / 10000, "measured: %llu Hz of %llu",
		(unsigned long long)info.measured_hz,
		(unsigned long long)linux_hz);
}

/* No claim is confirmed, but CNTFRQ is kept: it is not grossly wrong. */
static void check_too_slow(u64 us, u64 step_ns)
{
	struct xlat_info info;

	slow_machine(us, step_ns, 0, 62500000);
	info = info_now();
	ktap_ok(info.rate_claim == XLAT_RATE_UNTRIED,
		"a read takes %llu us, a step %llu ns: no claim is confirmed",
		(unsigned long long)us, (unsigned long long)step_ns);
	ktap_ok(!info.measured_hz &&
		info.source[XLAT_SOURCE_PHYS].tick_hz == 62500000,
		"CNTFRQ is kept");
}

static void check_all_slow(void)
{
	check_slow(1, 0, 0, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(3, 0, 0, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(5, 0, 0, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(12, 0, 0, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(5, 1000, 0, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(5, 4900, 0, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(5, 0, 24000000, 62500000, XLAT_RATE_CNTFRQ);
	check_slow(5, 0, 24000000, 24000000, XLAT_RATE_DEVICE_TREE);
	check_slow(5, 0, 24000000, 54000000, XLAT_RATE_NO_CLAIM);
	check_too_slow(20, 0);
	check_too_slow(500, 0);
	check_too_slow(5, 30518);
	check_too_slow(5, 4000000);
	check_too_slow(500, 4000000);
}

/*
 * A step of 4 ms comes between two reads, at the begin and at the end of the
 * measurement. All other reads repeat a value, so the clock is coarse. A read
 * takes 62 ticks, and the reads at the begin 8 * 4 * 62. With them, 0.1 s is 25
 * steps.
 */
static void check_step_between_reads(void)
{
	struct xlat_info info;

	slow_machine(1, 4001270, 0, 62500000);
	machine.counter = 250079 - 62 * 5 / 2;
	info = info_now();
	ktap_is(info.rate_claim, XLAT_RATE_UNTRIED,
		"a step between two reads: no claim is confirmed");
}

static void check_all_claims(void)
{
	check_claims(0, 0, 0, 62500000, XLAT_RATE_CNTFRQ, "CPU 0 is right");
	check_claims(1, 0, 0, 62500000, XLAT_RATE_CNTFRQ, "asked on CPU 1");
	check_claims(1, 24000000, 0, 62500000, XLAT_RATE_CNTFRQ,
		     "asked on a CPU that is wrong");
	check_claims(0, 24000000, 0, 24000000, XLAT_RATE_CNTFRQ,
		     "CPU 1 is right");
	check_claims(1, 24000000, 19200000, 19200000, XLAT_RATE_DEVICE_TREE,
		     "the device tree is right");
	check_claims(0, 24000000, 19200000, 62500000, XLAT_RATE_CNTFRQ,
		     "the device tree is wrong");
	check_claims(0, 24000000, 0, 54000000, XLAT_RATE_NO_CLAIM,
		     "no claim agrees");
}

int main(void)
{
	check_rate(62500000, 0, 62500000);
	check_rate(62500000, 54000000, 54000000);
	check_rate(0, 19200000, 19200000);
	check_all_claims();
	check_all_coarse();
	check_all_slow();
	check_step_between_reads();
	return ktap_end();
}
