/* SPDX-License-Identifier: MIT */
/* The bytes of a file in memory, and checksums of parts of them. */
#ifndef XLAT_FILE_BYTES_H
#define XLAT_FILE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct file_sums - checksums of parts of a file
 * @bytes: all of it, @length of them
 * @at: internal; start with NULL
 */
struct file_sums {
	const uint8_t *bytes;
	size_t length;
	uint32_t *at;
};

/** file_sums_of() - crc32 of @length bytes at @from; they are in the file */
uint32_t file_sums_of(struct file_sums *sums, size_t from, uint32_t length);

/** file_sums_free() - free what file_sums_of() has kept */
void file_sums_free(struct file_sums *sums);

/** FILE_STREAM_MAX: bytes read from what is no regular file: it may be endless */
#define FILE_STREAM_MAX		((size_t)256 << 20)

/** file_bound() - bytes that may be read of @fd: its size, or FILE_STREAM_MAX */
size_t file_bound(int fd);

/**
 * file_read_bytes() - all of @fd
 * @bytes: free it in every case
 *
 * Return: 0; -EFBIG where @fd holds more than file_bound(); else -errno.
 */
int file_read_bytes(int fd, uint8_t **bytes, size_t *length);

#endif /* XLAT_FILE_BYTES_H */
