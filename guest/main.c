// SPDX-License-Identifier: MIT
/*
 * xlat-guest: a bare-metal program that handles nothing but a timer interrupt.
 * It reads the device tree, measures, sends the recording over the console and
 * powers off.
 */
#include <stddef.h>

#include "console.h"
#include "core/vendor.h"
#include "dt.h"
#include "environment.h"
#include "exception.h"
#include "gic.h"
#include "measure.h"
#include "options.h"
#include "probe.h"
#include "recording.h"
#include "room.h"
#include "smccc.h"
#include "uart.h"
#include "xen.h"

void guest_main(const void *tree, uint64_t entered_el);

static struct measurement measurement;
static struct machine machine;
static struct options options;

__attribute__((noreturn))
static void stop(void)
{
	console_flush();
	smccc_power_off();
}

__attribute__((noreturn))
static void give_up(const char *what, const char *why)
{
	console_print("xlat-guest: %s: %s\n", what, why);
	console_print("xlat-guest: stopped\n");
	stop();
}

/* Rounds to the nearest tick. Converts seconds apart, so nothing overflows. */
static uint64_t ticks_of(uint64_t ns)
{
	const uint64_t second = 1000000000;
	uint64_t hz = timer_hz(&machine.timer);

	return ns / second * hz + (ns % second * hz + second / 2) / second;
}

static void set_up_map(struct xlat_map *map)
{
	*map = (struct xlat_map) {
		.magic = XLAT_MAP_MAGIC,
		.version = XLAT_ABI_VERSION,
		.header_size = sizeof(*map),
		.source = options.timer->source,
		.stage = XLAT_STAGE_T1,
		.phase_mode = XLAT_PHASE_STAGGERED,
		.idle_policy = XLAT_IDLE_SHALLOW,
		.warmup = (uint32_t)options.warm_up,
		.sub_bucket_bits = XLAT_SUB_BUCKET_BITS,
		.buckets = XLAT_BUCKETS,
		.slots = (uint32_t)options.count,
		.slot_size = sizeof(struct xlat_sample),
		.tick_hz = timer_hz(&machine.timer),
		.period_ticks = ticks_of(options.period_ns),
		.dither_ticks = ticks_of(options.dither_ns),
		.seed = options.seed,
		.limit = options.count,
	};
}

static void set_up(struct measurement *m)
{
	int gic;

	m->gic = gic_find(&gic);
	if (!m->gic)
		give_up("device tree", "no supported GIC");
	if (!timer_learn(options.timer, gic, &machine.timer))
		give_up("device tree", "no rate or interrupt for this timer");
	set_up_map(&m->map);
	if (!m->map.period_ticks || m->map.dither_ticks > m->map.period_ticks / 2)
		give_up("xlat.period", "less than one tick, or less than twice the dither");
	m->timer = options.timer;
	m->intid = machine.timer.intid;
	m->busy = options.busy;
	m->delay_ticks = ticks_of(options.delay_ns);
	m->phase_ticks = ticks_of(options.phase_ns);
	m->samples = room_find(options.count * sizeof(*m->samples));
	if (!m->samples)
		give_up("xlat.count", "not enough memory for that many samples");
}

static void say_what(const struct measurement *m)
{
	console_print("xlat-guest %s: entered at EL%lu, %s, console %s, %s, INTID %u, %lu Hz\n",
		      XLAT_VERSION, machine.entered_el, m->gic->name,
		      console_name(), options.timer->name, m->intid,
		      timer_hz(&machine.timer));
	if (machine.timer.dt_hz && machine.timer.dt_hz != machine.timer.cntfrq_hz)
		console_print("xlat-guest: CNTFRQ says %lu Hz, the device tree says %lu Hz; the device tree is used\n",
			      machine.timer.cntfrq_hz, machine.timer.dt_hz);
	console_print("xlat-guest: %lu samples, period %lu ns, phase %lu ns, %s\n",
		      options.count, options.period_ns, options.phase_ns,
		      options.busy ? "busy" : "wfi");
	console_flush();
}

/* xlat.test: cause an exception, to test its report. */
static void test_exception(void)
{
	if (options.test == TEST_UNDEF)
		asm volatile("udf #0");
	if (options.test == TEST_ABORT)
		*(volatile uint32_t *)0x7ffffffff0 = 0;
}

/* Without this test, a wrong INTID in the device tree would wait forever. */
static void try_interrupt(const struct measurement *m)
{
	if (measure_try_interrupt(m, 2 * timer_hz(&machine.timer)))
		return;
	console_print("xlat-guest: INTID %u: the %s timer's interrupt never came (waited 2 s); check the timer node of the device tree\n",
		      m->intid, options.timer->name);
	console_print("xlat-guest: stopped\n");
	stop();
}

/*
 * A hypervisor that answers no question may still trap the physical timer,
 * which shows in the cost of a read. This runs after the measurement, so that
 * it does not change the measured times.
 */
static void look_for_a_trap(void)
{
	if (machine.facts.vendor == XLAT_HYP_NONE && !machine.facts.entered_el2)
		probe_cost(&timer_phys, &machine.phys);
}

static void read_options(const char *arguments)
{
	char wrong[80] = "";
	const char *why = options_read(&options, arguments, wrong);

	if (why)
		give_up(wrong, why);
}

/*
 * A serial port in the device tree is preferred: it is real hardware or was
 * configured on purpose. Without one, use Xen's console ring.
 */
static void open_console(void)
{
	const struct console *uart = uart_find();

	console_use(uart ? uart : xen_console_find());
}

void guest_main(const void *tree, uint64_t entered_el)
{
	const char *arguments, *document;

	exception_install();
	if (!dt_open(tree))
		stop();
	machine.entered_el = entered_el;
	smccc_ask(&machine.facts.answers);
	machine.facts.vendor = xlat_vendor(&machine.facts.answers);
	machine.facts.entered_el2 = entered_el == 2;
	xen_find(machine.facts.vendor);
	open_console();
	arguments = dt_text(dt_path("/chosen"), "bootargs");
	read_options(arguments);
	set_up(&measurement);
	say_what(&measurement);
	test_exception();
	try_interrupt(&measurement);
	measure(&measurement);
	look_for_a_trap();
	document = environment_write(&machine, &options, &measurement,
				     arguments ? arguments : "");
	if (!document)
		give_up("boot arguments", "too long to be recorded");
	recording_send(&measurement, document, options.name);
	console_print("xlat-guest: done\n");
	stop();
}
