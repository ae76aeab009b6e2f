// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "domu.h"
#include "xenstore.h"

int domu_await_dom0(int seconds)
{
	char value[16];
	int n = xenstore_await(XENSTORE_GO, "name", seconds, value,
			       sizeof(value));

	if (n < 0)
		errno = -n;
	return n < 0 ? -1 : 0;
}
