// SPDX-License-Identifier: MIT
/* Reads all bytes of a file or a pipe. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_bytes.h"

size_t file_bound(int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (uint64_t)st.st_size > FILE_STREAM_MAX)
		return (size_t)st.st_size;
	return FILE_STREAM_MAX;
}

/* Initial size of the buffer: one byte more than the size of a regular file. */
static size_t first_room(int fd, size_t most)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    (uint64_t)st.st_size <= most)
		return (size_t)st.st_size + 1;
	return 1 << 16;
}

static int grow(uint8_t **bytes, size_t *room, size_t most)
{
	uint8_t *grown;

	if (*room > most)
		return -EFBIG;
	*room = *room > most / 2 ? most + 1 : *room * 2;
	grown = realloc(*bytes, *room);
	if (!grown)
		return -ENOMEM;
	*bytes = grown;
	return 0;
}

int file_read_bytes(int fd, uint8_t **bytes, size_t *length)
{
	size_t most = file_bound(fd), room = first_room(fd, most);
	int error = 0;
	ssize_t n;

	*length = 0;
	*bytes = malloc(room);
	if (!*bytes)
		return -ENOMEM;
	while (!error) {
		n = read(fd, *bytes + *length, room - *length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : 0;
		*length += (size_t)n;
		if (*length == room)
			error = grow(bytes, &room, most);
	}
	return error;
}
