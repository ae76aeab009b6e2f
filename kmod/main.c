// SPDX-License-Identifier: GPL-2.0
/*
 * xlat arms a timer on a fixed grid and records, per CPU, when each interrupt
 * was entered, to measure how late interrupts arrive. Its interface is
 * include/uapi/xlat.h.
 */
#include <linux/init.h>
#include <linux/module.h>

#include "cdev.h"
#include "clock_rate.h"
#include "session.h"

static int __init xlat_init(void)
{
	int err;

	err = xlat_rate_init();
	if (err)
		return err;
	err = xlat_session_init();
	if (err)
		goto no_session;
	err = xlat_cdev_init();
	if (err)
		goto no_device;
	return 0;

no_device:
	xlat_session_exit();
no_session:
	xlat_rate_exit();
	return err;
}

static void __exit xlat_exit(void)
{
	xlat_cdev_exit();
	xlat_session_exit();
	xlat_rate_exit();
}

module_init(xlat_init);
module_exit(xlat_exit);

MODULE_AUTHOR("The xlat developers");
MODULE_DESCRIPTION("Interrupt latency: records how late timer interrupts arrive, natively and under Xen");
MODULE_LICENSE("GPL");
MODULE_VERSION(XLAT_VERSION);
