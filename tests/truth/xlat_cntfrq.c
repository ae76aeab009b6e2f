// SPDX-License-Identifier: GPL-2.0
/*
 * Test-only module: halves CNTFRQ_EL0 of CPU 0, like firmware that sets it
 * differently on each CPU. The highest exception level can write it (Arm ARM,
 * CNTFRQ_EL0), so Linux must run at EL2 on a machine without EL3.
 */
#include <asm/sysreg.h>
#include <asm/virt.h>
#include <linux/module.h>
#include <linux/smp.h>

static void halve(void *unused)
{
	write_sysreg(read_sysreg(cntfrq_el0) / 2, cntfrq_el0);
}

static int __init cntfrq_init(void)
{
	if (!is_kernel_in_hyp_mode())
		return -ENODEV;
	return smp_call_function_single(0, halve, NULL, 1);
}
module_init(cntfrq_init);

static void __exit cntfrq_exit(void)
{
}
module_exit(cntfrq_exit);

MODULE_AUTHOR("The xlat developers");
MODULE_DESCRIPTION("Test only: a CNTFRQ that differs between CPUs");
MODULE_LICENSE("GPL");
