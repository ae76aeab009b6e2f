// SPDX-License-Identifier: GPL-2.0
/*
 * The life of the module, from insmod to rmmod with a session, while one call
 * fails for want of memory: an allocation, or a registration. Each of these
 * calls fails once. What was done before it is undone, and nothing is left:
 * AddressSanitizer reports leaks and double frees.
 */
#include <errno.h>

#include <uapi/xlat.h>

#include "kernel.h"
#include "tests/kapi/ktap.h"

static u64 mask = 3;
static struct file file;

static long call(unsigned int command, void *argument)
{
	return machine.device->fops->unlocked_ioctl(&file, command,
						    (unsigned long)argument);
}

static long use(u32 source)
{
	struct xlat_control control = { .size = sizeof(control) };
	struct xlat_setup setup = {
		.size = sizeof(setup), .source = source,
		.cpus = (uintptr_t)&mask, .cpus_len = sizeof(mask),
		.period_ns = 1000000, .slots = 16,
	};
	long error = call(XLAT_IOC_SETUP, &setup);

	if (!error)
		error = call(XLAT_IOC_START, &control);
	if (!error)
		error = call(XLAT_IOC_STOP, &control);
	return error;
}

static long live(u32 source)
{
	long error = machine_insmod();

	if (error)
		return error;
	error = machine.device->fops->open(NULL, &file);
	if (!error) {
		error = use(source);
		machine.device->fops->release(NULL, &file);
	}
	machine_rmmod();
	return error;
}

static bool nothing_is_left(void)
{
	int i;

	for (i = 0; i < MACHINE_IRQS; i++)
		if (machine.irq[i].desc.action)
			return false;
	return !machine.device && !machine.pm && !machine.hotplug_states &&
	       !machine.latency && !machine.work && !machine.irq_work[0] &&
	       !machine.fault;
}

/* Returns false if fewer than @n calls can fail. */
static bool fail_at(u32 source, unsigned int n)
{
	long error;

	machine_reset();
	machine.fail_at = n;
	error = live(source);
	if (machine.fail_at) {
		ktap_ok(!error && nothing_is_left(), "source %u: no call fails",
			source);
		return false;
	}
	ktap_ok(error == -ENOMEM, "source %u: call %u fails: error %ld", source,
		n, error);
	ktap_ok(nothing_is_left(), "nothing is left: %s",
		machine.fault ? machine.fault : "no fault");
	return true;
}

static void check_failures(u32 source, unsigned int calls)
{
	unsigned int n = 1;

	while (fail_at(source, n))
		n++;
	ktap_is(n - 1, calls, "every call that can fail did");
}

/*
 * insmod: two hotplug states, the PM notifier, the device. open(). SETUP: two
 * masks of CPUs, the session, its table of engines, and for each of the two
 * CPUs an engine and its map.
 */
int main(void)
{
	check_failures(XLAT_SOURCE_HRTIMER, 4 + 1 + 4 + 4);
	check_failures(XLAT_SOURCE_PHYS, 4 + 1 + 4 + 4 + 1);	/* its interrupt */
	return ktap_end();
}
