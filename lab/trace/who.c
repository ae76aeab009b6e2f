// SPDX-License-Identifier: GPL-2.0
/*
 * QEMU tells a callback the vCPU that translated the block (see
 * qemu_plugin_abi.h). Who executes it is in current_cpu: a thread-local pointer
 * (include/hw/core/cpu.h) that Debian's QEMU exports. With -icount all vCPUs run
 * in one thread, so its address is looked up once.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

#include "block.h"
#include "who.h"

void **who_current, *who_last;

static pthread_t thread;
static const void *cpus[BLOCK_CPUS];
static unsigned int count, last_number;

const char *who_came(unsigned int vcpu)
{
	if (vcpu >= BLOCK_CPUS)
		return "more than 8 CPUs";
	if (!who_current) {
		who_current = dlsym(RTLD_DEFAULT, "current_cpu");
		thread = pthread_self();
	}
	if (!who_current || !*who_current)
		return "this QEMU does not export current_cpu";
	if (!pthread_equal(thread, pthread_self()))
		return "CPUs run in several threads: needs -icount";
	cpus[vcpu] = *who_current;
	if (vcpu >= count)
		count = vcpu + 1;
	return NULL;
}

unsigned int who_is(void)
{
	unsigned int n;

	if (*who_current == who_last)
		return last_number;
	for (n = 0; n < count - 1 && cpus[n] != *who_current; n++)
		;
	who_last = *who_current;
	last_number = n;
	return n;
}

unsigned int who_count(void)
{
	return count;
}
