// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mounts.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *type, *where;
} mounts[] = {
	{ "proc", "/proc" },
	{ "sysfs", "/sys" },
	{ "devtmpfs", "/dev" },
	{ "devpts", "/dev/pts" },
	{ "tmpfs", "/tmp" },
	{ "tmpfs", "/run" },
	{ "debugfs", "/sys/kernel/debug" },
};

static const char *const directories[] = {
	"/tmp/out", "/run/xen", "/run/xenstored", "/var", "/var/lib",
	"/var/lib/xen", "/var/lib/xenstored", "/var/lock", "/var/log",
	"/var/log/xen",
};

int mounts_make(void)
{
	int wrong = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mounts); i++) {
		mkdir(mounts[i].where, 0755);
		if (!mount(mounts[i].type, mounts[i].where, mounts[i].type,
			   0, NULL) || errno == EBUSY)
			continue;
		printf("init: cannot mount %s: %s\n", mounts[i].where,
		       strerror(errno));
		wrong++;
	}
	for (i = 0; i < ARRAY_SIZE(directories); i++)
		mkdir(directories[i], 0755);
	if (symlink("/run", "/var/run") && errno != EEXIST)
		wrong++;
	return wrong;
}
