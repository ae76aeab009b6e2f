// SPDX-License-Identifier: MIT
/* Writing the .xlat format: one write() a block, nothing is held back. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "file.h"
#include "core/file_format.h"

static int write_all(int fd, const uint8_t *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EIO;
		bytes += n;
		length -= (size_t)n;
	}
	return 0;
}

/*
 * @block has room for the header before its @length bytes of payload. What a
 * failed write leaves behind is cut off, if the file can be cut.
 */
static int put_block(struct file_writer *w, enum block_kind kind,
		     uint8_t *block, size_t length)
{
	int error;

	put_u32(block, BLOCK_MAGIC);
	put_u32(block + BLOCK_KIND, kind);
	put_u32(block + BLOCK_LENGTH, (uint32_t)length);
	put_u32(block + BLOCK_SEQUENCE, w->sequence);
	put_u32(block + BLOCK_HEADER_CRC,
		(uint32_t)crc32(0, block, BLOCK_HEADER_CRC));
	put_u32(block + BLOCK_PAYLOAD_CRC,
		(uint32_t)crc32(0, block + BLOCK_HEADER, (uInt)length));
	error = write_all(w->fd, block, BLOCK_HEADER + length);
	if (error) {
		if (ftruncate(w->fd, (off_t)w->end) == 0)
			lseek(w->fd, (off_t)w->end, SEEK_SET);
		return error;
	}
	w->sequence++;
	w->end += BLOCK_HEADER + length;
	return 0;
}

int file_create(struct file_writer *w, const char *path)
{
	uint8_t block[BLOCK_HEADER + FORMAT_BYTES];
	uint8_t *to = block + BLOCK_HEADER;

	memset(w, 0, sizeof(*w));
	w->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (w->fd < 0)
		return -errno;
	memcpy(to, FORMAT_NAME, strlen(FORMAT_NAME));
	to = put_u32(to + strlen(FORMAT_NAME), FILE_VERSION);
	put_u32(to, 0);
	return put_block(w, BLOCK_FORMAT, block, FORMAT_BYTES);
}

int file_put_environment(struct file_writer *w, const char *json)
{
	uint8_t block[BLOCK_HEADER + ENVIRONMENT_HEADER + ENVIRONMENT_CHUNK];
	size_t total = strlen(json);
	size_t offset = 0;

	if (total > ENVIRONMENT_MAX)
		return -E2BIG;
	do {
		size_t length = total - offset;
		uint8_t *to = put_u32(block + BLOCK_HEADER, (uint32_t)total);
		int error;

		if (length > ENVIRONMENT_CHUNK)
			length = ENVIRONMENT_CHUNK;
		memcpy(put_u32(to, (uint32_t)offset), json + offset, length);
		error = put_block(w, BLOCK_ENVIRONMENT, block,
				  ENVIRONMENT_HEADER + length);
		if (error)
			return error;
		offset += length;
	} while (offset < total);
	return 0;
}

int file_put_setup(struct file_writer *w, const struct xlat_map *map)
{
	uint8_t block[BLOCK_HEADER + sizeof(*map)];

	format_put_map(block + BLOCK_HEADER, map);
	return put_block(w, BLOCK_SETUP, block, format_map_bytes());
}

static uint8_t *put_sample(uint8_t *to, const struct xlat_sample *sample)
{
	to = put_u64(to, sample->deadline);
	to = put_u64(to, sample->entry);
	to = put_u32(to, sample->missed);
	return put_u32(to, sample->flags);
}

int file_put_samples(struct file_writer *w, uint32_t cpu, uint64_t first,
		     uint64_t received, const struct xlat_sample *samples,
		     size_t count)
{
	uint8_t block[BLOCK_HEADER + SAMPLES_HEADER +
		      FILE_SAMPLES_MAX * SAMPLE_BYTES];

	while (count) {
		uint32_t n = count < FILE_SAMPLES_MAX ? (uint32_t)count :
						       FILE_SAMPLES_MAX;
		uint8_t *to = put_u32(block + BLOCK_HEADER, cpu);
		int error;

		to = put_u32(to, n);
		to = put_u64(to, first);
		to = put_u64(to, received);
		for (uint32_t i = 0; i < n; i++)
			to = put_sample(to, &samples[i]);
		error = put_block(w, BLOCK_SAMPLES, block,
				  SAMPLES_HEADER + n * SAMPLE_BYTES);
		if (error)
			return error;
		first += n;
		received += n;
		samples += n;
		count -= n;
	}
	return 0;
}

int file_put_interval(struct file_writer *w, const struct file_interval *i)
{
	uint8_t block[BLOCK_HEADER + INTERVAL_HEADER + FORMAT_COUNTERS_BYTES];
	uint8_t *to = put_u32(block + BLOCK_HEADER, i->cpu);

	to = put_u32(to, 0);
	to = put_u64(to, i->time_ns);
	to = put_u64(to, i->head);
	to = put_u64(to, i->received);
	to = put_u64(to, i->lost);
	format_put_counters(to, &i->counters);
	return put_block(w, BLOCK_INTERVAL, block,
			 INTERVAL_HEADER + FORMAT_COUNTERS_BYTES);
}

static uint32_t occupied(const uint64_t *counts)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < XLAT_BUCKETS; i++)
		n += counts[i] != 0;
	return n;
}

/* An empty array is one block without entries: zero is known, not missing. */
static int put_side(struct file_writer *w, uint32_t cpu, uint32_t side,
		    const uint64_t *counts)
{
	uint8_t block[BLOCK_HEADER + HISTOGRAM_HEADER +
		      HISTOGRAM_CHUNK * HISTOGRAM_ENTRY];
	uint32_t total = occupied(counts), bucket = 0, first = 0;
	int error;

	do {
		uint8_t *to = put_u32(block + BLOCK_HEADER, cpu);
		uint32_t n = 0;

		to = put_u32(to, side);
		to = put_u32(to, total);
		to = put_u32(to, first);
		for (; bucket < XLAT_BUCKETS && n < HISTOGRAM_CHUNK; bucket++) {
			if (!counts[bucket])
				continue;
			to = put_u32(to, bucket);
			to = put_u64(to, counts[bucket]);
			n++;
		}
		error = put_block(w, BLOCK_HISTOGRAM, block,
				  HISTOGRAM_HEADER + n * HISTOGRAM_ENTRY);
		first += n;
	} while (!error && first < total);
	return error;
}

int file_put_histogram(struct file_writer *w, uint32_t cpu,
		       const uint64_t *late, const uint64_t *early)
{
	int error = put_side(w, cpu, 0, late);

	return error ? error : put_side(w, cpu, 1, early);
}

int file_put_final(struct file_writer *w, const struct xlat_map *map,
		   uint64_t received, uint64_t lost)
{
	uint8_t block[BLOCK_HEADER + FINAL_HEADER + sizeof(*map)];
	uint8_t *to = put_u64(block + BLOCK_HEADER, received);

	format_put_map(put_u64(to, lost), map);
	return put_block(w, BLOCK_FINAL, block,
			 FINAL_HEADER + format_map_bytes());
}

int file_put_end(struct file_writer *w)
{
	uint8_t block[BLOCK_HEADER];

	return put_block(w, BLOCK_END, block, 0);
}

int file_close(struct file_writer *w)
{
	int fd = w->fd;

	w->fd = -1;
	return close(fd) ? -errno : 0;
}
