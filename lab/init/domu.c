// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>

#include "domu.h"
#include "xenstore.h"

int domu_await_dom0(int seconds, int step)
{
	char path[64], value[16];
	int n;

	snprintf(path, sizeof(path), XENSTORE_GO "%.*d", step > 0, step);
	n = xenstore_await(path, "name", seconds, value, sizeof(value));
	if (n < 0)
		errno = -n;
	return n < 0 ? -1 : 0;
}

int domu_say_recorded(void)
{
	errno = -xenstore_write(XENSTORE_RECORDED, "1", 1);
	return errno ? -1 : 0;
}
