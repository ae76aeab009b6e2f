/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every check of a kernel version is in this file. Supported: 5.10 and later.
 */
#ifndef XLAT_COMPAT_H
#define XLAT_COMPAT_H

#include <linux/hrtimer.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/mm.h>
#include <linux/version.h>
#include <uapi/xlat.h>

#ifdef CONFIG_ARM64
#include <linux/arm-smccc.h>
#endif

#ifndef CONFIG_64BIT
#error "xlat needs a 64-bit kernel: its counters are read and written as whole words"
#endif

/* hrtimer_setup() was added in 6.13; hrtimer_init() was removed in 6.15. */
static inline void xlat_hrtimer_setup(struct hrtimer *timer,
				      enum hrtimer_restart (*function)(struct hrtimer *),
				      clockid_t clock, enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, function, clock, mode);
#else
	hrtimer_init(timer, clock, mode);
	timer->function = function;
#endif
}

/* vm_flags became read-only behind accessors in 6.3. */
static inline void xlat_vm_flags_change(struct vm_area_struct *vma,
					unsigned long set, unsigned long clear)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_mod(vma, set, clear);
#else
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
#endif
}

#ifdef CONFIG_ARM64
/* enum xlat_conduit; arm_smccc_1_1_get_conduit() is exported since 5.13. */
static inline u32 xlat_smccc_1_1_conduit(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
	switch (arm_smccc_1_1_get_conduit()) {
	case SMCCC_CONDUIT_HVC:
		return XLAT_CONDUIT_HVC;
	case SMCCC_CONDUIT_SMC:
		return XLAT_CONDUIT_SMC;
	default:
		break;
	}
#endif
	return XLAT_CONDUIT_NONE;
}
#endif

#endif /* XLAT_COMPAT_H */
