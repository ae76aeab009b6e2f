// SPDX-License-Identifier: MIT
/*
 * Arm ARM, "The Generic Timer in AArch64 state"; device tree: Linux's binding
 * timer/arm,arch_timer.yaml. Some counters sometimes return wrong values
 * (errata). There is no workaround here: the stamp is one plain read.
 */
#include <uapi/xlat.h>

#include "dt.h"
#include "registers.h"
#include "timer.h"

extern const char vectors_virt[], vectors_phys[];

static uint64_t virt_now(void)
{
	isb();
	return read_register(cntvct_el0);
}

static uint64_t phys_now(void)
{
	isb();
	return read_register(cntpct_el0);
}

static uint64_t virt_control(void)
{
	isb();
	return read_register(cntv_ctl_el0);
}

static uint64_t phys_control(void)
{
	isb();
	return read_register(cntp_ctl_el0);
}

static void virt_write_control(uint64_t value)
{
	write_register(value, cntv_ctl_el0);
	isb();
}

static void phys_write_control(uint64_t value)
{
	write_register(value, cntp_ctl_el0);
	isb();
}

static void virt_write_deadline(uint64_t ticks)
{
	write_register(ticks, cntv_cval_el0);
	isb();
}

static void phys_write_deadline(uint64_t ticks)
{
	write_register(ticks, cntp_cval_el0);
	isb();
}

const struct timer timer_virt = {
	.name		= "virt",
	.source		= XLAT_SOURCE_VIRT,
	.dt_name	= "virt",
	.dt_index	= 2,
	.vectors	= vectors_virt,
	.now		= virt_now,
	.control	= virt_control,
	.write_control	= virt_write_control,
	.write_deadline	= virt_write_deadline,
};

const struct timer timer_phys = {
	.name		= "phys",
	.source		= XLAT_SOURCE_PHYS,
	.dt_name	= "phys",
	.dt_index	= 1,
	.vectors	= vectors_phys,
	.now		= phys_now,
	.control	= phys_control,
	.write_control	= phys_write_control,
	.write_deadline	= phys_write_deadline,
};

/* An interrupt is {type, number, flags[, ...]}; type 1: PPI, INTID 16 + n. */
static bool find_intid(int node, int gic, unsigned int index, uint32_t *intid)
{
	uint32_t cells, type, number;

	if (!dt_cell(gic, "#interrupt-cells", 0, &cells) ||
	    !dt_cell(node, "interrupts", index * cells, &type) ||
	    !dt_cell(node, "interrupts", index * cells + 1, &number) ||
	    type != 1 || number > 15)
		return false;
	*intid = 16 + number;
	return true;
}

/* Like Linux: if the node has names, an interrupt that they omit is absent. */
static int index_of(const struct timer *timer, int node)
{
	return dt_first_text(node, "interrupt-names") ?
	       dt_index_of(node, "interrupt-names", timer->dt_name) :
	       (int)timer->dt_index;
}

bool timer_learn(const struct timer *timer, int gic, struct timer_facts *facts)
{
	static const char *const names[] = {
		"arm,armv8-timer", "arm,armv7-timer", NULL,
	};
	int node = dt_find_any(names);
	int index = index_of(timer, node);
	uint32_t hz = 0;

	facts->cntfrq_hz = read_register(cntfrq_el0) & 0xffffffff;
	dt_cell(node, "clock-frequency", 0, &hz);
	facts->dt_hz = hz;
	return timer_hz(facts) && index >= 0 &&
	       find_intid(node, gic, (unsigned int)index, &facts->intid);
}

uint64_t timer_hz(const struct timer_facts *facts)
{
	return facts->dt_hz ? facts->dt_hz : facts->cntfrq_hz;
}
