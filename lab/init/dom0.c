// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "dom0.h"
#include "xenstore.h"

#define CURRENT_KB "/sys/devices/system/xen_memory/xen_memory0/info/current_kb"
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* In this order. Guests' consoles are logged to /tmp/out/guest-NAME.log. */
static char *const daemons[][6] = {
	{ "/usr/lib/xen/bin/xenstored", "--pid-file=/run/xenstored.pid" },
	{ "/usr/lib/xen/bin/xen-init-dom0" },
	{ "/usr/lib/xen/bin/xenconsoled", "--log=guest",
	  "--log-dir=/tmp/out", "--pid-file=/run/xenconsoled.pid" },
};

/*
 * Give 64 MiB to the balloon. The toolstack maps a new domain's memory in place of
 * dom0's ballooned pages. If the balloon holds fewer pages than it maps, Linux
 * hot-adds memory in the first hole, below its own first bank. On arm64 that ends
 * in a WARNING of vmemmap_populate().
 */
static int inflate_balloon(void)
{
	FILE *f = fopen(CURRENT_KB, "re");
	char target[32];
	long kb = 0;
	int n;

	if (!f || fscanf(f, "%ld", &kb) != 1)
		kb = 0;
	if (f)
		fclose(f);
	n = snprintf(target, sizeof(target), "%ld", kb - 65536);
	return xenstore_write("memory/target", target, (size_t)n) != 0;
}

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
	return wrong + inflate_balloon();
}

enum { PATH_SIZE = 64 };

static const char *path_of(char path[PATH_SIZE], int domain, const char *name)
{
	snprintf(path, PATH_SIZE, "/local/domain/%d/%s", domain, name);
	return path;
}

/* Sleep until the domain has written this path, or is gone; see xenstore_await(). */
static int await_word(int domain, const char *what, int seconds,
		      char value[16])
{
	char path[PATH_SIZE], name[PATH_SIZE];

	return xenstore_await(path_of(path, domain, what),
			      path_of(name, domain, "name"), seconds,
			      value, 16);
}

int dom0_release(int domain, int step)
{
	char path[PATH_SIZE], go[32];

	snprintf(go, sizeof(go), XENSTORE_GO "%.*d", step > 0, step);
	errno = -xenstore_write(path_of(path, domain, go), "1", 1);
	return errno ? -1 : 0;
}

int dom0_await_recorded(int domain, int seconds)
{
	char value[16];
	int n = await_word(domain, XENSTORE_RECORDED, seconds, value);

	errno = n < 0 ? -n : 0;
	return n < 0 ? -1 : 0;
}

/* Nothing ever writes this path, so only the domain's end wakes us. */
int dom0_await_gone(int domain, int seconds)
{
	char value[16];
	int n = await_word(domain, "xlat-none", seconds, value);

	if (n == -ENOENT)
		return 0;
	errno = n < 0 ? -n : EEXIST;
	return -1;
}

int dom0_await_domu(int domain, int seconds)
{
	char value[16];
	int n = await_word(domain, XENSTORE_VERDICT, seconds, value);

	if (n < 0) {
		errno = -n;
		return -1;
	}
	usleep(200000);		/* xenconsoled still writes the end of the log */
	return atoi(value);
}
