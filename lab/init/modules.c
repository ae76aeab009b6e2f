// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <linux/module.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "modules.h"

/* The kernel unpacks "x.ko.xz". */
static int flags_for(const char *path)
{
	size_t n = strlen(path);

	return n > 3 && strcmp(path + n - 3, ".ko") ?
	       MODULE_INIT_COMPRESSED_FILE : 0;
}

static int load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	long failed = fd < 0 || syscall(SYS_finit_module, fd, "",
					flags_for(path));

	/* ENODEV: this machine has no such device */
	if (failed && errno != EEXIST && errno != ENODEV) {
		printf("init: cannot load %s: %s\n", path, strerror(errno));
		failed = 1;
	} else {
		failed = 0;
	}
	if (fd >= 0)
		close(fd);
	return (int)failed;
}

int modules_load(const char *list)
{
	FILE *f = fopen(list, "re");
	char line[256];
	int wrong = 0;

	if (!f)
		return 0;
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0])
			wrong += load(line);
	}
	fclose(f);
	return wrong;
}
