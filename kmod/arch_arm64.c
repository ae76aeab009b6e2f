// SPDX-License-Identifier: GPL-2.0
/*
 * arm64: the core-clock loop, the generic timer's counters, and what the
 * device tree tells of the hypervisor.
 */
#include <asm/arch_timer.h>
#include <asm/virt.h>
#include <linux/of.h>
#include <xen/xen.h>
#include <uapi/xlat.h>

#include "arch.h"

u64 xlat_arch_loop(u32 turns)
{
	u64 left = turns;

	asm volatile("1:	subs	%0, %0, #1\n"
		     "	b.ne	1b\n"
		     : "+r" (left) : : "cc");
	return 2ULL * turns;
}

void xlat_arch_counters(u64 *cntpct, u64 *cntvct)
{
	*cntpct = __arch_counter_get_cntpct_stable();
	*cntvct = __arch_counter_get_cntvct_stable();
}

static u32 hypervisor(void)
{
	struct device_node *node = of_find_node_by_path("/hypervisor");
	u32 kind = XLAT_HYP_NONE;

	if (xen_domain())
		kind = XLAT_HYP_XEN;
	else if (!of_have_populated_dt())
		kind = XLAT_HYP_UNKNOWN;
	else if (of_device_is_compatible(node, "linux,kvm"))
		kind = XLAT_HYP_KVM;
	else if (node)
		kind = XLAT_HYP_UNKNOWN;
	of_node_put(node);
	return kind;
}

static const struct of_device_id timer_nodes[] = {
	{ .compatible = "arm,armv8-timer" },
	{ .compatible = "arm,armv7-timer" },
	{ }
};

struct device_node *xlat_arch_timer_node(void)
{
	return of_find_matching_node(NULL, timer_nodes);
}

u64 xlat_arch_dt_clock_hz(void)
{
	struct device_node *node = xlat_arch_timer_node();
	u32 hz = 0;

	if (node)
		of_property_read_u32(node, "clock-frequency", &hz);
	of_node_put(node);
	return hz;
}

void xlat_arch_info(struct xlat_info *info)
{
	info->exception_level = read_sysreg(CurrentEL) >> 2;
	info->vhe = is_kernel_in_hyp_mode();
	info->cntfrq_hz = arch_timer_get_cntfrq();
	info->dt_clock_hz = xlat_arch_dt_clock_hz();
	info->hypervisor = hypervisor();
	if (xen_initial_domain())
		info->role = XLAT_ROLE_DOM0;
	else if (info->hypervisor == XLAT_HYP_NONE)
		info->role = XLAT_ROLE_NATIVE;
	else
		info->role = XLAT_ROLE_GUEST;
}
