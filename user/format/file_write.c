// SPDX-License-Identifier: MIT
/* Writes the .xlat format: each block with one write(), without buffering. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/encode.h"
#include "file.h"

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

static uint32_t crc_of(uint32_t crc, const void *bytes, size_t length)
{
	return (uint32_t)crc32(crc, bytes, (uInt)length);
}

/*
 * @block has room for the header before its @length bytes of payload. If a
 * write fails, the partial block is removed if the file can be truncated.
 */
static int put_block(struct file_writer *w, enum block_kind kind,
		     uint8_t *block, size_t length)
{
	int error;

	length = encode_block(block, kind, length, w->sequence, crc_of);
	error = write_all(w->fd, block, length);
	if (error) {
		if (ftruncate(w->fd, (off_t)w->end) == 0)
			lseek(w->fd, (off_t)w->end, SEEK_SET);
		return error;
	}
	w->sequence++;
	w->end += length;
	return 0;
}

/* The FORMAT block could not be written: removes the file, but not a device. */
static void give_up(struct file_writer *w, const char *path)
{
	struct stat st;
	bool file = !fstat(w->fd, &st) && S_ISREG(st.st_mode);

	file_close(w);
	if (file)
		unlink(path);
}

int file_create(struct file_writer *w, const char *path)
{
	uint8_t block[BLOCK_HEADER + FORMAT_BYTES];
	int error;

	memset(w, 0, sizeof(*w));
	w->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (w->fd < 0)
		return -errno;
	encode_format(block + BLOCK_HEADER);
	error = put_block(w, BLOCK_FORMAT, block, FORMAT_BYTES);
	if (error)
		give_up(w, path);
	return error;
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
		int error;

		if (length > ENVIRONMENT_CHUNK)
			length = ENVIRONMENT_CHUNK;
		encode_environment(block + BLOCK_HEADER, total, offset,
				   json + offset, length);
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

int file_put_samples(struct file_writer *w, uint32_t cpu, uint64_t first,
		     uint64_t received, const struct xlat_sample *samples,
		     size_t count)
{
	uint8_t block[BLOCK_HEADER + SAMPLES_HEADER +
		      FILE_SAMPLES_MAX * SAMPLE_BYTES];

	while (count) {
		uint32_t n = count < FILE_SAMPLES_MAX ? (uint32_t)count :
						       FILE_SAMPLES_MAX;
		int error;

		encode_samples(block + BLOCK_HEADER, cpu, first, received,
			       samples, n);
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

static int put_side(struct file_writer *w, uint32_t cpu, uint32_t side,
		    const uint64_t *counts)
{
	uint8_t block[BLOCK_HEADER + HISTOGRAM_HEADER +
		      HISTOGRAM_CHUNK * HISTOGRAM_ENTRY];
	struct encode_histogram h;
	int error;

	encode_histogram_begin(&h, cpu, side, counts);
	do {
		uint8_t *end = encode_histogram(block + BLOCK_HEADER, &h);

		error = put_block(w, BLOCK_HISTOGRAM, block,
				  (size_t)(end - block) - BLOCK_HEADER);
	} while (!error && h.first < h.total);
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

	encode_final(block + BLOCK_HEADER, map, received, lost);
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
