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

#ifndef CONFIG_64BIT
#error "xlat needs a 64-bit kernel: its counters are read and written as whole words"
#endif

/* hrtimer_setup() came in 6.13, hrtimer_init() went in 6.15. */
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

#endif /* XLAT_COMPAT_H */
