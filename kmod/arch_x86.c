// SPDX-License-Identifier: GPL-2.0
/*
 * x86-64: the core-clock loop and the hypervisor. No source besides hrtimer: a
 * module cannot own the local APIC timer.
 */
#include <asm/cpufeature.h>
#include <asm/processor.h>
#include <linux/string.h>
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

/*
 * Every hypervisor answers at the first leaf; one that poses as Hyper-V there
 * has its own at the next (arch/x86/include/asm/cpuid, hypervisor bases).
 */
static void read_signature(u32 leaf, char letters[16])
{
	u32 eax, ebx, ecx, edx;

	cpuid(leaf, &eax, &ebx, &ecx, &edx);
	memcpy(letters, &ebx, 4);
	memcpy(letters + 4, &ecx, 4);
	memcpy(letters + 8, &edx, 4);
}

void xlat_arch_ask(struct xlat_answers *answers)
{
	answers->asked |= XLAT_ASKED_CPUID;
	if (!boot_cpu_has(X86_FEATURE_HYPERVISOR))
		return;
	read_signature(0x40000000, answers->signature[0]);
	if (!memcmp(answers->signature[0], "Microsoft Hv", 12))
		read_signature(0x40000100, answers->signature[1]);
	if (!answers->signature[0][0])
		strscpy(answers->signature[0], "?",
			sizeof(answers->signature[0]));
}

void xlat_arch_info(struct xlat_info *info)
{
}
