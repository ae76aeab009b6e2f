// SPDX-License-Identifier: GPL-2.0
/*
 * Test-only module: a cpuidle driver with a deeper state that claims to stop
 * the local timer. In fact both states are WFI, so a test can see which of them
 * the kernel chose, and no interrupt is lost.
 */
#include <asm/barrier.h>
#include <linux/cpuidle.h>
#include <linux/cpumask.h>
#include <linux/module.h>

static int doze(struct cpuidle_device *device, struct cpuidle_driver *driver,
		int index)
{
	dsb(sy);
	wfi();
	return index;
}

/* No .owner: the device of each CPU would pin the module until reboot. */
static struct cpuidle_driver driver = {
	.name = "xlat_idle",
	.states = {
		{
			.name = "WFI",
			.desc = "wait for an interrupt",
			.exit_latency = 1,
			.target_residency = 1,
			.enter = doze,
		}, {
			.name = "stop",
			.desc = "says that it stops the timer",
			.exit_latency = 500,
			.target_residency = 1000,
			.flags = CPUIDLE_FLAG_TIMER_STOP,
			.enter = doze,
		},
	},
	.state_count = 2,
};

static int __init idle_init(void)
{
	driver.cpumask = (struct cpumask *)cpu_possible_mask;
	return cpuidle_register(&driver, NULL);
}
module_init(idle_init);

static void __exit idle_exit(void)
{
	cpuidle_unregister(&driver);
}
module_exit(idle_exit);

MODULE_AUTHOR("The xlat developers");
MODULE_DESCRIPTION("Test only: an idle state that stops the timer");
MODULE_LICENSE("GPL");
