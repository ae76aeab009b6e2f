// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "dom0.h"
#include "xenstore.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* in this order; consoles of guests are written to /tmp/out/guest-NAME.log */
static char *const daemons[][6] = {
	{ "/usr/lib/xen/bin/xenstored", "--pid-file=/run/xenstored.pid" },
	{ "/usr/lib/xen/bin/xen-init-dom0" },
	{ "/usr/lib/xen/bin/xenconsoled", "--log=guest",
	  "--log-dir=/tmp/out", "--pid-file=/run/xenconsoled.pid" },
};

int dom0_start(void)
{
	int null = open("/tmp/out/daemons", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	int wrong = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(daemons); i++) {
		if (!command_run(daemons[i], null))
			continue;
		printf("init: %s failed\n", daemons[i][0]);
		wrong++;
	}
	close(null);
	return wrong;
}

int dom0_await_domu(int seconds)
{
	char value[16];
	int n = xenstore_await("/local/domain/1/" XENSTORE_VERDICT, seconds,
			       value, sizeof(value));

	if (n < 0) {
		errno = -n;
		return -1;
	}
	usleep(200000);		/* xenconsoled still writes the console's end */
	return atoi(value);
}
