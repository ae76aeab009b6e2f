// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of every virtual machine of the lab: native, Xen's dom0, a domU.
 *
 * It runs /job (syntax: job.h), searches the kernel's log and sends /tmp/out to the
 * host. Its last act is the verdict: the number of errors, 0 for none. It never
 * powers the machine off: the launcher ends the machine when it has the verdict.
 */
#include <stdio.h>
#include <unistd.h>

#include "dom0.h"
#include "home.h"
#include "job.h"
#include "klog.h"
#include "modules.h"
#include "mounts.h"
#include "role.h"

int main(void)
{
	enum role role;
	int wrong = 0;

	wrong += mounts_make();
	wrong += modules_load("/modules");
	role = role_find();
	if (role == ROLE_DOM0)
		wrong += dom0_start();
	home_open(role);
	wrong += job_run("/job", role);
	wrong += klog_scan();
	wrong += home_send_files(role);
	home_send_verdict(role, wrong);

	for (;;)
		pause();
}
