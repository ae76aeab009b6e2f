// SPDX-License-Identifier: MIT
/*
 * Checksums of any part of a file. The time for one does not depend on the
 * length of the part: in a damaged or hostile file, each byte may belong to the
 * payloads of thousands of headers.
 */
#include <stdlib.h>
#include <zlib.h>

#include "file_bytes.h"

#define STRIDE		256u

/* @sums->at[i]: crc32 of the first i * STRIDE bytes. */
static void prepare(struct file_sums *sums)
{
	size_t count = sums->length / STRIDE + 1;
	uint32_t crc = 0;

	sums->at = malloc(count * sizeof(*sums->at));
	for (size_t i = 0; sums->at && i < count; i++) {
		sums->at[i] = crc;
		if (i + 1 < count)
			crc = (uint32_t)crc32(crc, sums->bytes + i * STRIDE,
					      STRIDE);
	}
}

static uint32_t up_to(const struct file_sums *sums, size_t end)
{
	return (uint32_t)crc32(sums->at[end / STRIDE],
			       sums->bytes + end / STRIDE * STRIDE,
			       (uInt)(end % STRIDE));
}

uint32_t file_sums_of(struct file_sums *sums, size_t from, uint32_t length)
{
	if (length <= 2 * STRIDE)
		return (uint32_t)crc32(0, sums->bytes + from, length);
	if (!sums->at)
		prepare(sums);
	if (!sums->at)
		return (uint32_t)crc32(0, sums->bytes + from, length);
	return up_to(sums, from + length) ^
	       (uint32_t)crc32_combine(up_to(sums, from), 0, (z_off_t)length);
}

void file_sums_free(struct file_sums *sums)
{
	free(sums->at);
	sums->at = NULL;
}
