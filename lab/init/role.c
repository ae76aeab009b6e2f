// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "role.h"

static int has_control(void)
{
	char line[64] = "";
	FILE *f = fopen("/proc/xen/capabilities", "re");

	if (!f)
		return 0;
	if (!fgets(line, sizeof(line), f))
		line[0] = '\0';
	fclose(f);
	return strstr(line, "control_d") != NULL;
}

enum role role_find(void)
{
	if (access("/sys/hypervisor/type", F_OK))
		return ROLE_NATIVE;
	mount("xenfs", "/proc/xen", "xenfs", 0, NULL);
	return has_control() ? ROLE_DOM0 : ROLE_DOMU;
}
