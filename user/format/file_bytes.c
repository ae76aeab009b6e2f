// SPDX-License-Identifier: MIT
/* All that a file, or a pipe, holds. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_bytes.h"

int file_read_bytes(int fd, uint8_t **bytes, size_t *length)
{
	size_t room = 1 << 16;
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		room = (size_t)st.st_size + 1;
	*length = 0;
	*bytes = malloc(room);
	while (*bytes) {
		n = read(fd, *bytes + *length, room - *length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : 0;
		*length += (size_t)n;
		if (*length == room) {
			uint8_t *grown = realloc(*bytes, room *= 2);

			if (!grown)
				return -ENOMEM;
			*bytes = grown;
		}
	}
	return -ENOMEM;
}
