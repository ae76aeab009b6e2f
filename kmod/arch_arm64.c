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
	else if (!of_root)
		kind = XLAT_HYP_UNKNOWN;
	else if (of_device_is_compatible(node, "linux,kvm"))
		kind = XLAT_HYP_KVM;
	else if (node)
		kind = XLAT_HYP_UNKNOWN;
	of_node_put(node);
	return kind;
}

static u64 dt_clock_hz(void)
{
	struct device_node *node;
	u32 hz = 0;

	node = of_find_compatible_node(NULL, NULL, "arm,armv8-timer");
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
	info->dt_clock_hz = dt_clock_hz();
	info->hypervisor = hypervisor();
	if (xen_initial_domain())
		info->role = XLAT_ROLE_DOM0;
	else if (info->hypervisor == XLAT_HYP_NONE)
		info->role = XLAT_ROLE_NATIVE;
	else
		info->role = XLAT_ROLE_GUEST;
}
