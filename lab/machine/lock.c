// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lock.h"

/* The descriptor stays open until the last process ends. */
int lock_directory(const char *path)
{
	char file[4096];
	int fd, error;

	if (mkdir(path, 0755) && errno != EEXIST)
		return -errno;
	if (snprintf(file, sizeof(file), "%s/.lock", path) >= (int)sizeof(file))
		return -ENAMETOOLONG;
	fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return 0;
	error = errno == EWOULDBLOCK ? -EBUSY : -errno;
	close(fd);
	return error;
}

const char *lock_strerror(int error)
{
	return error == -EBUSY ? "in use by another run of xlat-lab" :
				 strerror(-error);
}
