// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <malloc.h>
#include <sanitizer/lsan_interface.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "kmod/source.h"

struct machine machine;
struct module machine_module = { "machine" };

void machine_reset(void)
{
	int i;

	machine = (struct machine) {
		.online = (1 << MACHINE_CPUS) - 1, .ram_pages = 1 << 18,
		.counter = 123456789, .read_cost = 1, .control_cost = 1,
		.cntfrq_hz = 62500000,
		.vendor_uid = { 0xffffffff }, .standard_uid = { 0xffffffff },
		.trigger = 4,		/* a high level */
	};
	machine.reg[REG_CurrentEL] = 1 << 2;
	for (i = 0; i < MACHINE_IRQS; i++)
		machine.irq[i].data = (struct irq_data) {
			.hwirq = 28 + (u32)i, .desc = &machine.irq[i].desc,
		};
}

/* CPU hotplug. Each CPU's callback runs on that CPU. */

static void run_on(unsigned int cpu, int (*call)(unsigned int cpu))
{
	unsigned int before = machine.cpu;

	machine.cpu = cpu;
	if (call)
		call(cpu);
	machine.cpu = before;
}

int machine_add_hotplug(int (*up)(unsigned int cpu),
			int (*down)(unsigned int cpu))
{
	unsigned int n = machine.hotplug_states, cpu;

	if (machine_fails())
		return -ENOMEM;
	machine.hotplug[n].up = up;
	machine.hotplug[n].down = down;
	machine.hotplug_states++;
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		if ((machine.online & ~machine.half_online) >> cpu & 1)
			run_on(cpu, up);
	return (int)n;
}

void machine_half_offline(unsigned int cpu)
{
	unsigned int n = machine.hotplug_states;

	while (n--)
		run_on(cpu, machine.hotplug[n].down);
	machine.half_online |= 1ULL << cpu;
}

void machine_offline(unsigned int cpu)
{
	if (!(machine.half_online >> cpu & 1))
		machine_half_offline(cpu);
	machine.half_online &= ~(1ULL << cpu);
	machine.online &= ~(1ULL << cpu);
}

void machine_online(unsigned int cpu)
{
	unsigned int n;

	machine.half_online &= ~(1ULL << cpu);
	machine.online |= 1ULL << cpu;
	for (n = 0; n < machine.hotplug_states; n++)
		run_on(cpu, machine.hotplug[n].up);
}

static u64 linux_hz(void)
{
	return machine.raw_hz ?: machine.dt_hz ?: machine.cntfrq_hz;
}

u64 machine_raw_ns(void)
{
	u64 step = machine.raw_step_ns ?: 1, ns;

	machine.counter += machine.raw_cost;
	ns = (u64)((unsigned __int128)machine.counter * 1000000000 /
		   linux_hz());
	return ns / step * step;
}

void machine_sleep(unsigned int ms)
{
	machine.counter += ms * linux_hz() / 1000;
}

u64 machine_cntfrq(void)
{
	return machine.cpu && machine.cntfrq_apart ? machine.cntfrq_others_hz :
						     machine.cntfrq_hz;
}

void machine_assert(bool good, const char *fault)
{
	if (!good && !machine.fault)
		machine.fault = fault;
}

void machine_warn(const char *format, ...)
{
	(void)format;
	machine.warnings++;
}

/* The context of the other thread, while it runs. */
static jmp_buf *other_thread;

void machine_lock(bool *held)
{
	if (*held && other_thread)
		longjmp(*other_thread, 1);
	machine_assert(!*held, "a lock is taken twice");
	*held = true;
}

bool machine_waits(void (*thread)(void))
{
	jmp_buf here;
	volatile bool waits = true;

	/* A thread that never gets its lock does not free its memory. */
	__lsan_disable();
	other_thread = &here;
	if (!setjmp(here)) {
		thread();
		waits = false;
	}
	__lsan_enable();
	other_thread = NULL;
	return waits;
}

unsigned long machine_user_get(void *to, const void *at, size_t size)
{
	memcpy(to, at, size);
	if (machine.user_was_read)
		machine.user_was_read();
	return 0;
}

int machine_user_get_struct(void *to, size_t size, const void *at,
			    size_t user_size)
{
	const char *bytes = at;
	size_t i;

	for (i = size; i < user_size; i++)
		if (bytes[i])
			return -E2BIG;
	memset(to, 0, size);
	return (int)machine_user_get(to, at, user_size < size ? user_size : size);
}

static bool lies_in(const void *item, const void *memory)
{
	const char *start = memory;

	return (const char *)item >= start &&
	       (const char *)item < start + malloc_usable_size((void *)memory);
}

bool machine_fails(void)
{
	return machine.fail_at && !--machine.fail_at;
}

void *machine_alloc(size_t n, size_t size)
{
	return machine_fails() ? NULL : calloc(n, size);
}

void machine_free(void *memory)
{
	size_t i;

	for (i = 0; memory && i < 8; i++)
		machine_assert(!machine.irq_work[i] ||
			       !lies_in(machine.irq_work[i], memory),
			       "an irq_work is freed while pending");
	if (memory) {
		machine_assert(!machine.work || !lies_in(machine.work, memory),
			       "a work is freed while pending");
		machine_assert(!machine.latency ||
			       !lies_in(machine.latency, memory),
			       "a latency request is freed while active");
	}
	free(memory);
}

int machine_call(int cpu, void (*call)(void *arg), void *arg)
{
	unsigned int back = machine.cpu;
	bool off = machine.irqs_off;

	machine_assert(machine.cpus_locked, "a CPU may go offline during a call to it");
	if (!(machine.online >> cpu & 1))
		return -ENXIO;
	machine.cpu = (unsigned int)cpu;
	machine.irqs_off = true;
	call(arg);
	machine.irqs_off = off;
	machine.cpu = back;
	return 0;
}

/* irq_work and work. */

void init_irq_work(struct irq_work *work, void (*call)(struct irq_work *))
{
	work->call = call;
}

void irq_work_queue(struct irq_work *work)
{
	int i, empty = -1;

	for (i = 0; i < 8; i++) {
		if (machine.irq_work[i] == work)
			return;
		if (!machine.irq_work[i])
			empty = i;
	}
	machine.irq_work[empty] = work;
}

static void let_come(struct irq_work *only)
{
	struct irq_work *work;
	int i;

	for (i = 0; i < 8; i++) {
		work = machine.irq_work[i];
		if (!work || (only && work != only))
			continue;
		machine.irq_work[i] = NULL;
		work->call(work);
	}
}

void irq_work_sync(struct irq_work *work)
{
	let_come(work);
}

void machine_interrupts(void)
{
	let_come(NULL);
}

void schedule_work(struct work_struct *work)
{
	machine.work = work;
}

void cancel_work_sync(struct work_struct *work)
{
	if (machine.work == work)
		machine.work = NULL;
}

void machine_work(void)
{
	struct work_struct *work = machine.work;

	machine.work = NULL;
	if (work)
		work->call(work);
}

/* Latency requests. */

void cpu_latency_qos_add_request(struct pm_qos_request *request, u32 us)
{
	machine_assert(!machine.latency, "a second latency request");
	machine.latency = request;
	machine.latency_us = us;
}

void cpu_latency_qos_remove_request(struct pm_qos_request *request)
{
	machine_assert(machine.latency == request, "no such latency request");
	machine.latency = NULL;
}

bool cpu_latency_qos_request_active(struct pm_qos_request *request)
{
	return machine.latency == request;
}

/* The counter, and a timer that counts it in ns. */

u64 machine_counter(void)
{
	machine.counter += machine.read_cost;
	if (machine.stall_every && !(++machine.reads % machine.stall_every))
		machine.counter += 10000;
	return machine.counter;
}

void machine_spend(void *unused)
{
	(void)unused;
	machine.counter += machine.loop_cost[machine.loops++ % MACHINE_LOOPS];
}

static int hr_usable(const struct xlat_source *source,
		     struct xlat_source_info *info)
{
	(void)source;
	info->state = XLAT_SOURCE_FREE;
	if (machine.between)
		machine.between();
	return 0;
}

static u64 hr_tick_hz(void)
{
	return 1000000000;
}

static int hr_claim(const struct xlat_source *source)
{
	(void)source;
	return 0;
}

static void hr_release(const struct xlat_source *source)
{
	(void)source;
}

static void hr_start(const struct xlat_source *source, u64 deadline)
{
	(void)source;
	machine.armed[machine.cpu] = true;
	machine.deadline[machine.cpu] = deadline;
}

static void hr_stop(const struct xlat_source *source)
{
	(void)source;
	machine.armed[machine.cpu] = false;
}

const struct xlat_source xlat_source_hrtimer = {
	.name = "hrtimer", .id = XLAT_SOURCE_HRTIMER, .stage = XLAT_STAGE_T2,
	.usable = hr_usable, .tick_hz = hr_tick_hz, .now = machine_counter,
	.claim = hr_claim, .release = hr_release,
	.cpu_start = hr_start, .cpu_stop = hr_stop,
};

bool machine_fire(u64 late, u64 cost)
{
	u64 *deadline = &machine.deadline[machine.cpu];
	u64 back = machine.read_cost;

	if (*deadline + late > machine.counter)
		machine.counter = *deadline + late;
	machine.read_cost = cost;
	machine.armed[machine.cpu] = xlat_fire(machine.counter, deadline);
	machine.read_cost = back;
	return machine.armed[machine.cpu];
}
