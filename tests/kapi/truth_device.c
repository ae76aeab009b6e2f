// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "truth_device.h"

static int device = -1;

static int call(unsigned long command, void *argument)
{
	return ioctl(device, command, argument) ? -errno : 0;
}

int truth_open(void)
{
	device = open("/dev/xlat-truth", O_RDWR | O_CLOEXEC);
	return device < 0 ? -errno : 0;
}

void truth_close(void)
{
	close(device);
	device = -1;
}

int truth_mask(uint32_t source, uint64_t ticks, struct truth_mask *mask)
{
	*mask = (struct truth_mask) { .source = source, .length_ticks = ticks };
	return call(TRUTH_IOC_MASK, mask);
}

int truth_reference(uint32_t source, unsigned int cpu, uint64_t period_ns,
		    uint32_t count, int64_t *lateness)
{
	struct truth_reference r = {
		.source = source, .cpu = cpu, .count = count,
		.period_ns = period_ns, .lateness = (uintptr_t)lateness,
	};

	return call(TRUTH_IOC_REFERENCE, &r);
}

int truth_bend(uint64_t early_ticks, uint64_t busy_ticks)
{
	struct truth_bend b = {
		.early_ticks = early_ticks, .busy_ticks = busy_ticks,
	};

	return call(TRUTH_IOC_BEND, &b);
}
