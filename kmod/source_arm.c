// SPDX-License-Identifier: GPL-2.0
/*
 * Sources "phys" and "virt": the EL1 physical and virtual timer of the Arm
 * generic timer (Arm ARM, chapter "The Generic Timer in AArch64 state"), as
 * raw PPIs. Two const tables over one set of functions.
 *
 * Which of them is free depends on how the kernel was entered: Linux's own
 * tick is on one of them (arch_timer_select_ppi() in
 * drivers/clocksource/arm_arch_timer.c), KVM may have the other. A timer that
 * has an owner is never touched.
 */
#include <asm/arch_timer.h>
#include <asm/sysreg.h>
#include <asm/virt.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/minmax.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

#include "arch.h"
#include "clock_rate.h"
#include "source.h"

#define CTL_ENABLE	BIT(0)
#define CTL_IMASK	BIT(1)
#define CTL_ISTATUS	BIT(2)

/*
 * With VHE the plain names are redirected to EL2's own timers, on one of which
 * Linux's tick runs; the EL1 timers are reached by the _EL02 encodings (Arm
 * ARM, D8.11 "Virtualization Host Extensions", register redirection).
 */
#define EL02_CNTP_CTL	sys_reg(3, 5, 14, 2, 1)
#define EL02_CNTP_CVAL	sys_reg(3, 5, 14, 2, 2)
#define EL02_CNTV_CTL	sys_reg(3, 5, 14, 3, 1)
#define EL02_CNTV_CVAL	sys_reg(3, 5, 14, 3, 2)
#define EL2_CNTVOFF	sys_reg(3, 4, 14, 0, 3)

/**
 * struct arm_timer - one of the two timers
 * @source: what the engine sees; first, so that it can be cast back
 * @dt_name: in the timer node's interrupt-names
 * @dt_index: of its interrupt where the node has no names
 * @irq: its Linux interrupt number while it is claimed
 * @handler: stamps, then calls arm_fire()
 * @write_ctl: CTL, with an isb
 * @write_cval: CVAL, with an isb
 * @needs_no_offset: its comparator subtracts CNTVOFF_EL2, which EL2's own
 *	reads of the counter ignore
 */
struct arm_timer {
	struct xlat_source source;
	const char *dt_name;
	int dt_index;
	int *irq;
	irq_handler_t handler;
	void (*write_ctl)(u64 value);
	void (*write_cval)(u64 value);
	bool needs_no_offset;
};

#define to_arm(s) container_of(s, struct arm_timer, source)

/* Linux interrupt numbers; fixed from claim() to release(). */
static int phys_irq, virt_irq;

/* request_percpu_irq() wants a per-CPU cookie; which timer it is, is static. */
static DEFINE_PER_CPU(int, cookie);

static u64 phys_now(void)
{
	return __arch_counter_get_cntpct_stable();
}

static u64 virt_now(void)
{
	return __arch_counter_get_cntvct_stable();
}

static u64 phys_ctl(void)
{
	isb();
	return is_kernel_in_hyp_mode() ? read_sysreg_s(EL02_CNTP_CTL) :
					 read_sysreg(cntp_ctl_el0);
}

static u64 virt_ctl(void)
{
	isb();
	return is_kernel_in_hyp_mode() ? read_sysreg_s(EL02_CNTV_CTL) :
					 read_sysreg(cntv_ctl_el0);
}

static void phys_write_ctl(u64 value)
{
	if (is_kernel_in_hyp_mode())
		write_sysreg_s(value, EL02_CNTP_CTL);
	else
		write_sysreg(value, cntp_ctl_el0);
	isb();
}

static void virt_write_ctl(u64 value)
{
	if (is_kernel_in_hyp_mode())
		write_sysreg_s(value, EL02_CNTV_CTL);
	else
		write_sysreg(value, cntv_ctl_el0);
	isb();
}

static void phys_write_cval(u64 value)
{
	if (is_kernel_in_hyp_mode())
		write_sysreg_s(value, EL02_CNTP_CVAL);
	else
		write_sysreg(value, cntp_cval_el0);
	isb();
}

static void virt_write_cval(u64 value)
{
	if (is_kernel_in_hyp_mode())
		write_sysreg_s(value, EL02_CNTV_CVAL);
	else
		write_sysreg(value, cntv_cval_el0);
	isb();
}

/*
 * Re-arming writes CVAL, which also lowers the interrupt line. CTL is written
 * only where somebody set IMASK: Xen does, to hold the level-triggered virtual
 * timer down until the guest has dealt with it (vtimer_interrupt() in
 * xen/arch/arm/time.c).
 */
static irqreturn_t arm_fire(const struct arm_timer *timer, u64 entry)
{
	u64 ctl = timer->source.control(), next;

	if (!(ctl & CTL_ISTATUS)) {
		if (xlat_fire_spurious() && (ctl & CTL_IMASK))
			timer->write_ctl(CTL_ENABLE);
		return IRQ_NONE;
	}
	if (!xlat_fire(entry, &next)) {
		timer->write_ctl(CTL_IMASK);
		return IRQ_HANDLED;
	}
	timer->write_cval(next);
	if (ctl & CTL_IMASK)
		timer->write_ctl(CTL_ENABLE);
	return IRQ_HANDLED;
}

static const struct arm_timer phys, virt;

static irqreturn_t phys_handler(int irq, void *dev_id)
{
	u64 entry = phys_now();

	return arm_fire(&phys, entry);
}

static irqreturn_t virt_handler(int irq, void *dev_id)
{
	u64 entry = virt_now();

	return arm_fire(&virt, entry);
}

/*
 * Linux has mapped each interrupt of the timer node. Where the tree calls one
 * an edge it has made a level of it since, and of_irq_get() refuses such a
 * contradiction: the mapping is looked up by the number alone.
 */
static int find_mapping(struct device_node *node, int index)
{
	struct of_phandle_args args;
	struct irq_fwspec fwspec = {};
	struct irq_domain *domain;
	unsigned long hwirq;
	unsigned int type;

	if (of_irq_parse_one(node, index, &args))
		return 0;
	fwspec.fwnode = of_fwnode_handle(args.np);
	fwspec.param_count = min_t(int, args.args_count,
				   IRQ_DOMAIN_IRQ_SPEC_PARAMS);
	memcpy(fwspec.param, args.args,
	       fwspec.param_count * sizeof(fwspec.param[0]));
	/* in the order of irq_create_fwspec_mapping() */
	domain = irq_find_matching_fwspec(&fwspec, DOMAIN_BUS_WIRED);
	if (!domain)
		domain = irq_find_matching_fwspec(&fwspec, DOMAIN_BUS_ANY);
	of_node_put(args.np);
	if (!domain || !domain->ops->translate ||
	    domain->ops->translate(domain, &fwspec, &hwirq, &type))
		return 0;
	return irq_find_mapping(domain, hwirq);
}

/* 0: there is none, as with ACPI. */
static int find_irq(const struct arm_timer *timer)
{
	struct device_node *node = xlat_arch_timer_node();
	int index = timer->dt_index, irq = 0;

	if (!node)
		return 0;
	if (of_property_read_bool(node, "interrupt-names"))
		index = of_property_match_string(node, "interrupt-names",
						 timer->dt_name);
	if (index >= 0)
		irq = find_mapping(node, index) ?: of_irq_get(node, index);
	of_node_put(node);
	return max(irq, 0);
}

/* Fill the owner's name, as /proc/interrupts shows it. */
static bool irq_owner(int irq, struct xlat_source_info *info)
{
	struct irq_data *data = irq_get_irq_data(irq);
	struct irq_desc *desc;
	unsigned long flags;
	bool owned;

	if (!data)
		return false;
	info->intid = irqd_to_hwirq(data);
	desc = irq_data_to_desc(data);
	raw_spin_lock_irqsave(&desc->lock, flags);
	owned = desc->action;
	if (owned)
		strscpy(info->owner, desc->action->name ?: "?",
			sizeof(info->owner));
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return owned;
}

static int arm_usable(const struct xlat_source *source,
		      struct xlat_source_info *info)
{
	const struct arm_timer *timer = to_arm(source);
	int irq = find_irq(timer);

	info->state = XLAT_SOURCE_ABSENT;
	if (!irq || !xlat_rate_hz())
		return -EOPNOTSUPP;
	if (irq_owner(irq, info)) {
		info->state = XLAT_SOURCE_OWNED;
		return -EBUSY;
	}
	if (timer->needs_no_offset && is_kernel_in_hyp_mode() &&
	    read_sysreg_s(EL2_CNTVOFF))
		return -EOPNOTSUPP;
	info->state = XLAT_SOURCE_FREE;
	return 0;
}

static int arm_claim(const struct xlat_source *source)
{
	const struct arm_timer *timer = to_arm(source);

	*timer->irq = find_irq(timer);
	if (!*timer->irq)
		return -EOPNOTSUPP;
	return request_percpu_irq(*timer->irq, timer->handler, "xlat", &cookie);
}

/*
 * Under a hypervisor an interrupt that was pending when it was disabled may
 * still come. The first grace period lets it come while it has a handler, the
 * second lets a handler that is running end before its code may go: nothing
 * in free_percpu_irq() waits for one.
 */
static void arm_release(const struct xlat_source *source)
{
	const struct arm_timer *timer = to_arm(source);

	synchronize_rcu();
	free_percpu_irq(*timer->irq, &cookie);
	synchronize_rcu();
}

/*
 * These interrupts are levels. A device tree that calls one an edge is wrong:
 * as an edge it would get lost where the next deadline has passed before it is
 * written, for the line never falls. Linux treats its own tick's so, too
 * (check_ppi_trigger() in drivers/clocksource/arm_arch_timer.c).
 */
static u32 level_of(int irq)
{
	u32 type = irq_get_trigger_type(irq);

	return type == IRQ_TYPE_LEVEL_HIGH ? type : IRQ_TYPE_LEVEL_LOW;
}

static void arm_cpu_start(const struct xlat_source *source, u64 deadline)
{
	const struct arm_timer *timer = to_arm(source);
	int irq = *timer->irq;

	timer->write_ctl(CTL_IMASK);
	timer->write_cval(deadline);
	enable_percpu_irq(irq, level_of(irq));
	timer->write_ctl(CTL_ENABLE);
}

static void arm_cpu_stop(const struct xlat_source *source)
{
	const struct arm_timer *timer = to_arm(source);

	timer->write_ctl(CTL_IMASK);
	disable_percpu_irq(*timer->irq);
}

#define ARM_SOURCE(_name, _id) {				\
	.name			= #_name,			\
	.id			= _id,				\
	.stage			= XLAT_STAGE_T1,		\
	.usable			= arm_usable,			\
	.tick_hz		= xlat_rate_hz,			\
	.now			= _name##_now,			\
	.control		= _name##_ctl,			\
	.swallowed_by_idle	= true,				\
	.claim			= arm_claim,			\
	.release		= arm_release,			\
	.cpu_start		= arm_cpu_start,			\
	.cpu_stop		= arm_cpu_stop,			\
}

static const struct arm_timer phys = {
	.source		= ARM_SOURCE(phys, XLAT_SOURCE_PHYS),
	.dt_name	= "phys",
	.dt_index	= 1,
	.irq		= &phys_irq,
	.handler	= phys_handler,
	.write_ctl	= phys_write_ctl,
	.write_cval	= phys_write_cval,
};

static const struct arm_timer virt = {
	.source		= ARM_SOURCE(virt, XLAT_SOURCE_VIRT),
	.dt_name	= "virt",
	.dt_index	= 2,
	.irq		= &virt_irq,
	.handler	= virt_handler,
	.write_ctl	= virt_write_ctl,
	.write_cval	= virt_write_cval,
	.needs_no_offset = true,
};

const struct xlat_source * const xlat_arch_sources[] = {
	&phys.source, &virt.source, NULL
};
