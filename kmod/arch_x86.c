// SPDX-License-Identifier: GPL-2.0
/*
 * x86-64: the core-clock loop and the hypervisor. No source besides hrtimer: a
 * module cannot own the local APIC timer.
 */
#include <asm/cpufeature.h>
#include <asm/hypervisor.h>
#include <xen/xen.h>
#include <uapi/xlat.h>

#include "arch.h"
#include "source.h"

const struct xlat_source * const xlat_arch_sources[] = { NULL };

u64 xlat_arch_loop(u32 turns)
{
	u64 left = turns;

	asm volatile("1:	decq	%0\n"
		     "	jnz	1b\n"
		     : "+r" (left) : : "cc");
	return 2ULL * turns;
}

void xlat_arch_counters(u64 *cntpct, u64 *cntvct)
{
	*cntpct = 0;
	*cntvct = 0;
}

static u32 hypervisor(void)
{
	if (xen_domain())
		return XLAT_HYP_XEN;
	if (!boot_cpu_has(X86_FEATURE_HYPERVISOR))
		return XLAT_HYP_NONE;
	return hypervisor_is_type(X86_HYPER_KVM) ? XLAT_HYP_KVM :
						   XLAT_HYP_UNKNOWN;
}

void xlat_arch_info(struct xlat_info *info)
{
	info->hypervisor = hypervisor();
	if (xen_initial_domain())
		info->role = XLAT_ROLE_DOM0;
	else if (info->hypervisor == XLAT_HYP_NONE)
		info->role = XLAT_ROLE_NATIVE;
	else
		info->role = XLAT_ROLE_GUEST;
}
