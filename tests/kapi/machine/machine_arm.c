// SPDX-License-Identifier: GPL-2.0
/*
 * The parts of the fake machine that only Arm has: registers, private
 * interrupts, the device tree, and calls to the firmware.
 */
#include <errno.h>
#include <string.h>

#include "machine.h"

static void check_access(u32 reg)
{
	bool el2 = (reg >> 11 & 7) >= 4;

	machine_assert(machine.hyp || !el2, "a register of EL2 used at EL1");
	machine_assert(!machine.hyp || reg >> 7 != REG_cntp_ctl_el0 >> 7,
		       "the host's own timer used at EL2");
}

u64 machine_reg_read(u32 reg)
{
	check_access(reg);
	machine.counter += machine.control_cost;
	return machine.reg[reg];
}

void machine_reg_write(u32 reg, u64 value)
{
	check_access(reg);
	machine.reg[reg] = value;
}

static struct machine_irq *irq_of(int irq)
{
	return &machine.irq[irq - MACHINE_IRQ];
}

struct irq_data *irq_get_irq_data(int irq)
{
	return &irq_of(irq)->data;
}

int request_percpu_irq(int irq, irq_handler_t handler, const char *name,
		       void *cookie)
{
	struct machine_irq *i = irq_of(irq);

	(void)cookie;
	if (i->desc.action)
		return -EBUSY;
	if (machine_fails())
		return -ENOMEM;
	i->handler = handler;
	i->action.name = name;
	i->desc.action = &i->action;
	return 0;
}

void free_percpu_irq(int irq, void *cookie)
{
	struct machine_irq *i = irq_of(irq);

	(void)cookie;
	machine_assert(!i->on_its_way,
		       "a pending interrupt has lost its handler");
	i->desc.action = NULL;
	machine.in_handler = machine.late_delivery;
}

void enable_percpu_irq(int irq, u32 type)
{
	irq_of(irq)->type = type;
}

void disable_percpu_irq(int irq)
{
	irq_of(irq)->on_its_way = machine.late_delivery;
}

/* Delivers pending interrupts, and ends running handlers. */
void machine_grace_period(void)
{
	int i;

	machine.in_handler = false;
	for (i = 0; i < MACHINE_IRQS; i++) {
		if (!machine.irq[i].on_its_way)
			continue;
		machine.irq[i].on_its_way = false;
		machine_assert(machine.irq[i].desc.action,
			       "an interrupt without a handler");
		if (machine.irq[i].desc.action)
			machine.irq[i].handler(MACHINE_IRQ + i, NULL);
	}
}

static struct device_node *get(struct device_node *node)
{
	node->references++;
	return node;
}

struct device_node *machine_find_node(struct device_node *from,
				      const char *compatible)
{
	if (from)
		from->references--;
	if (strstr(compatible, "psci"))
		return machine.has_psci && !from ? get(&machine.psci) : NULL;
	if (machine.has_old && !from)
		return get(&machine.old);
	return from == &machine.node ? NULL : get(&machine.node);
}

struct device_node *of_find_node_by_path(const char *path)
{
	return machine.has_hypervisor && !strcmp(path, "/hypervisor") ?
	       get(&machine.hypervisor) : NULL;
}

/* On the other conduit the instruction would be undefined. */
void machine_smccc(u32 conduit, u32 function, unsigned long *a0,
		   unsigned long *a1, unsigned long *a2, unsigned long *a3)
{
	const u32 *uid = function == 0x8600ff01 ? machine.vendor_uid :
						  machine.standard_uid;

	machine_assert(conduit == machine.smccc_answers,
		       "an undefined instruction");
	if (function == 0x84000000) {
		*a0 = machine.psci_0_2 ? 2 : 0x10000;
		return;
	}
	machine_assert(!machine.psci_0_2, "a function unknown to PSCI 0.2");
	machine_assert(function == 0x8600ff01 || function == 0x8500ff01,
		       "a call that changes something");
	*a0 = 0xaaaaaaaa00000000 | uid[0];
	*a1 = uid[1];
	*a2 = uid[2];
	*a3 = uid[3];
}

int of_property_read_string(const struct device_node *node, const char *name,
			    const char **value)
{
	*value = !strcmp(name, "compatible") ? node->compatible :
		 !strcmp(name, "method") ? node->method : NULL;
	return *value ? 0 : -EINVAL;
}

bool of_property_read_bool(const struct device_node *node, const char *name)
{
	return node == &machine.node && !strcmp(name, "interrupt-names") &&
	       machine.names[0];
}

int of_property_match_string(const struct device_node *node, const char *name,
			     const char *string)
{
	int i;

	for (i = 0; of_property_read_bool(node, name) && i < 4; i++)
		if (machine.names[i] && !strcmp(machine.names[i], string))
			return i;
	return -EINVAL;
}

int of_property_read_u32(const struct device_node *node, const char *name,
			 u32 *value)
{
	if (node == &machine.old || !machine.dt_hz || strcmp(name, "clock-frequency"))
		return -EINVAL;
	*value = (u32)machine.dt_hz;
	return 0;
}

/* Fails for an edge: Linux has already mapped that interrupt as a level. */
int of_irq_get(struct device_node *node, int index)
{
	(void)index;
	return node == &machine.old || machine.trigger == 1 ? 0 :
	       MACHINE_IRQ + index;
}

static int translate(struct irq_domain *domain, struct irq_fwspec *fwspec,
		     unsigned long *hwirq, unsigned int *type)
{
	(void)domain;
	machine_assert(fwspec->fwnode == &machine.gic &&
		       fwspec->param_count == 3 && fwspec->param[0] == 1,
		       "not the interrupt of the tree");
	*hwirq = 16 + fwspec->param[1];
	*type = fwspec->param[2];
	return 0;
}

static const struct irq_domain_ops gic_ops = { translate };
struct irq_domain machine_gic = { &gic_ops };

int of_irq_parse_one(struct device_node *node, int index,
		     struct of_phandle_args *args)
{
	if (node == &machine.old)
		return -EINVAL;
	*args = (struct of_phandle_args) {
		get(&machine.gic), 3, { 1, 12 + (u32)index, machine.trigger },
	};
	return 0;
}

int irq_find_mapping(struct irq_domain *domain, unsigned long hwirq)
{
	(void)domain;
	return MACHINE_IRQ + (int)hwirq - 28;
}
