// SPDX-License-Identifier: GPL-2.0
/*
 * The session (kmod/session.c and the code that it calls) on a fake machine:
 * clocks of any rate, little memory, deep idle states, suspend, and events that
 * are still pending when a session is closed.
 */
#include <errno.h>
#include <linux/errno.h>

#include "kernel.h"
#include "tests/kapi/ktap.h"
#include "kmod/clock_rate.h"
#include "kmod/engine.h"
#include "kmod/session.h"
#include "kmod/setup.h"

#define MS 1000000ULL
#define BOTH 3

/* The values of the kernel. */
static const unsigned long prepare[] = {
	PM_HIBERNATION_PREPARE, PM_SUSPEND_PREPARE, PM_RESTORE_PREPARE,
}, others[] = {
	PM_POST_HIBERNATION, PM_POST_SUSPEND, PM_POST_RESTORE,
};

/* A new machine, on which the module is loaded. */
static void begin(void)
{
	machine_reset();
	xlat_session_init();
}

static struct xlat_setup setup_of(u32 source)
{
	return (struct xlat_setup) {
		.size = sizeof(struct xlat_setup), .source = source,
		.period_ns = MS, .slots = 1024,
	};
}

static struct xlat_session *create(struct xlat_setup *setup, u64 cpus)
{
	return xlat_session_create(setup, &(struct cpumask) { cpus });
}

static struct xlat_session *started(struct xlat_setup *setup)
{
	struct xlat_session *session = create(setup, BOTH);

	if (IS_ERR(session) || xlat_session_start(session)) {
		ktap_ok(false, "a session that starts");
		exit(1);
	}
	return session;
}

/* Returns the error of SETUP; the session is closed at once. */
static int refused(struct xlat_setup setup, u64 cpus)
{
	struct xlat_session *session = create(&setup, cpus);

	if (IS_ERR(session))
		return (int)PTR_ERR(session);
	xlat_session_destroy(session);
	return 0;
}

static void check_no_fault(const char *after)
{
	ktap_ok(!machine.fault && !machine.irq_work[0] && !machine.work &&
		!machine.latency, "%s: %s", after,
		machine.fault ? machine.fault : "nothing is left");
}

/* Clocks. */

static const struct {
	u64 ns, hz, want;
} periods[] = {
	{ 1009000, 62500000, 63063 },		/* 63062.5 */
	{ 333333, 24000000, 8000 },		/* 7999.992 */
	{ 12345, 54000000, 667 },		/* 666.63 */
	{ 12340, 54000000, 666 },		/* 666.36 */
	{ 10000, 19200000, 192 },
	{ 10000, 1550000, 16 },			/* 15.5 */
	{ 1009001, 1000000000, 1009001 },
	{ XLAT_PERIOD_MAX_NS, 1800000000, 18000000000ULL },
};

static int complete(u64 ns, u64 hz, struct xlat_setup *setup)
{
	*setup = (struct xlat_setup) { .period_ns = ns, .dither_ns = ns / 2 };
	return xlat_setup_check(setup) ?: xlat_setup_complete(setup, hz);
}

static void check_rounding(void)
{
	struct xlat_setup setup;
	size_t i;
	int error;

	for (i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		error = complete(periods[i].ns, periods[i].hz, &setup);
		ktap_ok(!error && setup.period_ticks == periods[i].want,
			"%llu ns at %llu Hz: %llu ticks", periods[i].ns,
			periods[i].hz, setup.period_ticks);
		ktap_ok(setup.dither_ticks <= setup.period_ticks / 2 &&
			setup.dither_ticks + 1 >= periods[i].want / 2,
			"half of it: dither %llu", setup.dither_ticks);
	}
}

static void check_rates(void)
{
	struct xlat_setup setup;

	ktap_is(complete(MS, 0, &setup), -EOPNOTSUPP, "an unknown rate");
	ktap_is(complete(MS, 1800000001, &setup), -EOPNOTSUPP,
		"a rate at which 10 s do not fit");
	ktap_is(complete(MS, UINT32_MAX, &setup), -EOPNOTSUPP,
		"CNTFRQ all ones");
	ktap_is(complete(XLAT_PERIOD_MIN_NS, 1500000, &setup), -ERANGE,
		"a clock too slow for the period");
	ktap_is(complete(MS, 1500000, &setup), 0, "but not for a longer one");
}

/* 64 MiB of RAM: a quarter holds two rings of 6 MiB, or one of 12. */
static void check_memory(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);

	begin();
	machine.ram_pages = 64 << 20 >> PAGE_SHIFT;
	*machine_param_memory_mib = 1 << 20;
	setup.slots = 1 << 18;
	ktap_is(refused(setup, BOTH), 0, "12 MiB of 64 MiB of RAM");
	setup.slots = 1 << 19;
	ktap_is(refused(setup, 1), 0, "12 MiB for one CPU");
	ktap_is(refused(setup, BOTH), -ENOMEM,
		"24 MiB: more than a quarter, whatever memory_mib allows");
	machine.ram_pages = 1ULL << 30;
	ktap_is(refused(setup, BOTH), 0, "24 MiB of 4 TiB");
	*machine_param_memory_mib = 23;
	ktap_is(refused(setup, BOTH), -ENOMEM, "24 MiB: more than memory_mib");
	*machine_param_memory_mib = 512;
	check_no_fault("refused sessions");
}

/* Idle states. */

static struct cpuidle_driver shallow = {
	.states = {
		{ CPUIDLE_FLAG_POLLING, 0 }, { 0, 9 }, { 0, 200 },
	},
	.state_count = 3,
}, deep = {
	.states = {
		{ 0, 7 }, { 0, 100 }, { CPUIDLE_FLAG_TIMER_STOP, 800 },
	},
	.state_count = 3,
};

static int kept(u32 source, u64 cpus)
{
	struct xlat_setup setup = setup_of(source);

	setup.idle_policy = XLAT_IDLE_KEEP;
	return refused(setup, cpus);
}

static void check_keep(void)
{
	begin();
	ktap_is(kept(XLAT_SOURCE_PHYS, BOTH), 0, "keep: no cpuidle at all");
	machine.idle[0] = &shallow;
	machine.idle[1] = &deep;
	ktap_is(kept(XLAT_SOURCE_PHYS, BOTH), -EPERM,
		"keep: refused, one CPU may stop its timer");
	ktap_is(kept(XLAT_SOURCE_PHYS, 2), -EPERM, "keep: refused on that CPU");
	ktap_is(kept(XLAT_SOURCE_PHYS, 1), 0, "keep: the other CPU");
	ktap_is(kept(XLAT_SOURCE_HRTIMER, BOTH), 0, "keep: cpuidle knows hrtimer");
	ktap_is(refused(setup_of(XLAT_SOURCE_PHYS), BOTH), 0, "shallow");
	check_no_fault("idle policies");
}

static void check_hold(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_PHYS);
	struct xlat_session *session;

	begin();
	machine.idle[0] = &shallow;
	machine.idle[1] = &deep;
	session = create(&setup, BOTH);
	ktap_ok(!machine.latency, "shallow: not before START");
	machine_offline(1);
	ktap_ok(xlat_session_start(session) == -ENODEV && !machine.latency,
		"shallow: not after a START that failed");
	machine_online(1);
	xlat_session_start(session);
	ktap_ok(machine.latency && machine.latency_us == 7,
		"shallow: from START on, %u us", machine.latency_us);
	xlat_session_stop(session);
	ktap_ok(!machine.latency, "shallow: not after STOP");
	xlat_session_destroy(session);
	session = started(&setup);
	xlat_session_destroy(session);
	check_no_fault("shallow, gone without STOP");
}

/* The latency limit that a session on both CPUs requests; -1: refused. */
static long held_us(struct cpuidle_driver *first, struct cpuidle_driver *second)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_PHYS);
	struct xlat_session *session;
	long us;

	begin();
	machine.idle[0] = first;
	machine.idle[1] = second;
	session = create(&setup, BOTH);
	if (IS_ERR(session))
		return PTR_ERR(session) == -EPERM ? -1 : -2;
	xlat_session_start(session);
	us = machine.latency ? (long)machine.latency_us : -3;
	xlat_session_destroy(session);
	return us;
}

/* If two CPUs differ, the limit must not let either of them stop its timer. */
static void check_mixed_idle(void)
{
	static struct cpuidle_driver slow = {
		.states = { { CPUIDLE_FLAG_POLLING, 0 }, { 0, 900 } },
		.state_count = 2,
	}, alike = {
		.states = { { 0, 5 }, { CPUIDLE_FLAG_TIMER_STOP, 5 } },
		.state_count = 2,
	}, stops_first = {
		.states = { { CPUIDLE_FLAG_TIMER_STOP, 50 } },
		.state_count = 1,
	}, polls_or_stops = {
		.states = { { CPUIDLE_FLAG_POLLING, 0 },
			    { CPUIDLE_FLAG_TIMER_STOP, 50 } },
		.state_count = 2,
	}, stops_at_once = {
		.states = { { CPUIDLE_FLAG_POLLING, 0 },
			    { CPUIDLE_FLAG_TIMER_STOP, 0 } },
		.state_count = 2,
	};

	ktap_is(held_us(NULL, NULL), 1, "no driver: 1 us");
	ktap_is(held_us(&slow, &deep), 7,
		"mixed drivers: below the 800 us at which one stops its timer");
	ktap_is(held_us(&deep, &slow), 7, "in either order");
	ktap_is(held_us(&slow, &slow), 900, "both slow");
	ktap_is(held_us(NULL, &slow), 900, "one has no driver");
	ktap_is(held_us(&alike, &slow), 4,
		"a state that stops the timer and wakes as fast as WFI");
	ktap_is(held_us(&polls_or_stops, &slow), 49,
		"the only state that idles stops the timer");
	ktap_is(held_us(&slow, &stops_first), -1,
		"refused: state 0 stops the timer");
	ktap_is(held_us(&stops_at_once, NULL), -1,
		"refused: it stops the timer and wakes in 0 us");
}

static void check_no_hold(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;

	begin();
	machine.idle[0] = &deep;
	setup.idle_policy = XLAT_IDLE_KEEP;
	session = started(&setup);
	ktap_ok(!machine.latency, "keep: nothing is held");
	xlat_session_destroy(session);
	check_no_fault("keep");
}

/* Suspend. */

static bool both_armed(void)
{
	return machine.armed[0] && machine.armed[1];
}

static void notify(unsigned long event)
{
	machine.pm->notifier_call(machine.pm, event, NULL);
}

/* After PREPARE and before the freezer, programs still run. */
static void check_before_freezer(unsigned long event)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;

	begin();
	session = create(&setup, BOTH);
	notify(event);
	ktap_is(xlat_session_start(session), -EAGAIN,
		"START while a suspend is prepared");
	ktap_ok(!machine.armed[0] && !machine.armed[1] && !machine.latency &&
		!xlat_session_ended(session), "nothing is armed or held");
	xlat_session_destroy(session);
	session = create(&setup, BOTH);
	ktap_is(xlat_session_start(session), -EAGAIN,
		"also of a session that was set up since");
	/* POST_HIBERNATION, POST_SUSPEND, POST_RESTORE */
	notify(event + 1);
	ktap_is(xlat_session_start(session), 0, "START after it");
	ktap_ok(both_armed(), "both CPUs are armed");
	xlat_session_destroy(session);
	xlat_session_exit();
	check_no_fault("suspend prepared");
}

static void check_suspend(unsigned long event)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;
	size_t i;

	begin();
	notify(event);
	notify(event + 1);
	session = started(&setup);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		notify(others[i]);
	ktap_ok(both_armed() && !xlat_session_ended(session),
		"what follows a suspend ends nothing");
	notify(event);
	ktap_ok(!machine.armed[0] && !machine.armed[1] &&
		xlat_session_ended(session), "event %lu ends a session", event);
	notify(event + 1);
	notify(event);
	notify(event + 1);
	xlat_session_destroy(session);
	xlat_session_exit();
	ktap_ok(!machine.pm && !machine.hotplug_states, "exit mirrors init");
	check_no_fault("suspend");
}

/*
 * /dev/snapshot keeps a hibernation prepared while the machine suspends; or the
 * module was loaded between PREPARE and POST.
 */
static const struct {
	unsigned long before[3], after;
	const char *what;
} overlaps[] = {
	{ { PM_HIBERNATION_PREPARE, PM_SUSPEND_PREPARE, PM_POST_SUSPEND },
	  PM_POST_HIBERNATION, "a suspend in a prepared hibernation" },
	{ { PM_POST_SUSPEND, PM_SUSPEND_PREPARE }, PM_POST_SUSPEND,
	  "a POST without PREPARE, then a suspend" },
};

static void check_overlap(size_t n)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;
	size_t i;

	begin();
	session = create(&setup, BOTH);
	for (i = 0; i < 3 && overlaps[n].before[i]; i++)
		notify(overlaps[n].before[i]);
	ktap_is(xlat_session_start(session), -EAGAIN, overlaps[n].what);
	notify(overlaps[n].after);
	ktap_is(xlat_session_start(session), 0, "START after it");
	xlat_session_destroy(session);
	xlat_session_exit();
	check_no_fault(overlaps[n].what);
}

/* The end. */

/* Handlers take 90 % of each period, until the session protects itself. */
static bool exhaust(void)
{
	int i;

	for (i = 0; i < 1000; i++)
		if (!machine_fire(0, MS * 9 / 10))
			return true;
	return false;
}

static void check_protect(bool woken)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;

	begin();
	session = started(&setup);
	ktap_ok(exhaust() && machine.armed[1] && !xlat_session_ended(session),
		"a CPU protects itself");
	if (woken) {
		machine_interrupts();
		machine_work();
		ktap_ok(!machine.armed[1] && xlat_session_ended(session) &&
			machine.warnings == 1, "that ends the other, and is logged");
	}
	/* Else the wake is still pending, and will queue its work. */
	xlat_session_destroy(session);
	check_no_fault(woken ? "protection" : "protection pending");
	machine_interrupts();
	machine_work();
}

static void check_destroy(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;

	begin();
	session = started(&setup);
	machine_fire(5, 1);
	xlat_session_destroy(session);
	ktap_ok(!machine.armed[0] && !machine.armed[1], "gone: nothing is armed");
	check_no_fault("gone without STOP");
	machine_interrupts();
}

static const struct xlat_map *map_of(struct xlat_session *session,
				     const struct xlat_setup *setup, u64 cpu)
{
	struct vm_area_struct vma = {
		.vm_end = setup->map_length,
		.vm_pgoff = cpu * setup->map_stride >> PAGE_SHIFT,
	};

	ktap_is(xlat_session_mmap(session, &vma), 0, "mmap");
	return machine.mapped;
}

/* The second CPU ends by its limit or goes offline; it is offline at STOP. */
static void check_probe_offline(u64 limit, bool back, u32 reason)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	const struct xlat_map *map;
	struct xlat_session *session;
	struct xlat_probe probe;

	begin();
	setup.limit = limit;
	session = started(&setup);
	map = map_of(session, &setup, 1);
	machine.cpu = 1;
	machine_fire(5, 1);
	machine.cpu = 0;
	ktap_ok(!map->after.at_ticks, "no probe while it is online");
	machine_offline(1);
	probe = map->after;
	ktap_ok(probe.busy_tries && probe.at_ticks > map->before.at_ticks &&
		probe.clock_read_ticks, "it is probed as it goes");
	if (back)
		machine_online(1);
	xlat_session_stop(session);
	ktap_ok(!memcmp(&probe, &map->after, sizeof(probe)), "and only then");
	ktap_is(map->end_reason, reason, "why it ended");
	ktap_ok(map_of(session, &setup, 0)->after.busy_tries,
		"the other CPU is probed by STOP");
	xlat_session_destroy(session);
	xlat_session_exit();
	check_no_fault("a CPU that goes");
}

/* A CPU on which nothing was measured is not probed. */
static void check_offline_unstarted(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;

	begin();
	session = create(&setup, BOTH);
	machine_offline(1);
	ktap_ok(!map_of(session, &setup, 1)->after.busy_tries,
		"before START a CPU goes without a probe");
	machine_online(1);
	ktap_is(xlat_session_start(session), 0, "START after it came back");
	ktap_ok(both_armed(), "both CPUs are armed");
	xlat_session_destroy(session);
	xlat_session_exit();
	check_no_fault("a CPU that went before START");
}

/* The second CPU is online, but no callback would tell that it goes offline. */
static void check_half_online(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_HRTIMER);
	struct xlat_session *session;

	begin();
	session = create(&setup, BOTH);
	machine_half_offline(1);
	ktap_is(xlat_session_start(session), -ENODEV,
		"START: a CPU is online, but on its way offline");
	machine_offline(1);
	ktap_ok(!machine.armed[0] && !machine.armed[1],
		"nothing is armed when it is offline");
	xlat_session_destroy(session);
	machine_online(1);
	machine_half_offline(1);
	ktap_is(refused(setup, BOTH), -ENODEV, "SETUP on its way offline");
	ktap_is(refused(setup, 1), 0, "SETUP of the other CPU");
	xlat_session_exit();
	xlat_session_init();
	ktap_is(refused(setup, BOTH), -ENODEV, "and after rmmod and insmod");
	machine_online(1);
	ktap_is(refused(setup, BOTH), 0, "SETUP after it came back");
	xlat_session_exit();
	check_no_fault("a CPU that is online by half");
}

/* A disabled interrupt still arrives, as may happen under a hypervisor. */
static void check_late_interrupt(void)
{
	struct xlat_setup setup = setup_of(XLAT_SOURCE_PHYS);
	struct xlat_session *session;

	begin();
	machine.late_delivery = true;
	session = started(&setup);
	xlat_session_destroy(session);
	ktap_ok(!machine.in_handler, "gone: no handler of ours may be running");
	check_no_fault("a late interrupt");
	ktap_is(machine.node.references, 0, "references to the timer's node");
}

int main(void)
{
	size_t i;

	machine_reset();
	xlat_rate_init();
	check_rounding();
	check_rates();
	check_memory();
	check_keep();
	check_hold();
	check_mixed_idle();
	check_no_hold();
	for (i = 0; i < sizeof(prepare) / sizeof(prepare[0]); i++)
		check_suspend(prepare[i]);
	for (i = 0; i < sizeof(prepare) / sizeof(prepare[0]); i++)
		check_before_freezer(prepare[i]);
	for (i = 0; i < sizeof(overlaps) / sizeof(overlaps[0]); i++)
		check_overlap(i);
	check_protect(true);
	check_protect(false);
	check_destroy();
	check_probe_offline(1, false, XLAT_END_LIMIT);
	check_probe_offline(1, true, XLAT_END_LIMIT);
	check_probe_offline(0, false, XLAT_END_OFFLINE);
	check_probe_offline(0, true, XLAT_END_OFFLINE);
	check_offline_unstarted();
	check_half_online();
	check_late_interrupt();
	return ktap_end();
}
