/* SPDX-License-Identifier: MIT */
/* Reads a whole file into memory, and computes checksums of parts of it. */
#ifndef XLAT_FILE_BYTES_H
#define XLAT_FILE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct file_sums - checksums of parts of a file
 * @bytes: the whole file
 * @length: of @bytes
 * @at: internal; NULL at first
 */
struct file_sums {
	const uint8_t *bytes;
	size_t length;
	uint32_t *at;
};

/** file_sums_of() - crc32 of @length bytes at @from; all must be in the file */
uint32_t file_sums_of(struct file_sums *sums, size_t from, uint32_t length);

/** file_sums_free() - free the memory that file_sums_of() allocated */
void file_sums_free(struct file_sums *sums);

/** FILE_STREAM_MAX: most bytes read from a pipe or device: it may be endless */
#define FILE_STREAM_MAX		((size_t)256 << 20)

/**
 * file_bound() - most bytes to read from @fd
 *
 * Return: the size of a regular file that is larger than FILE_STREAM_MAX; else
 * FILE_STREAM_MAX.
 */
size_t file_bound(int fd);

/**
 * file_read_bytes() - read all bytes of @fd
 * @fd: the descriptor
 * @bytes: the content; free() it in every case
 * @length: of @bytes
 *
 * Return: 0; -EFBIG if @fd has more than file_bound() bytes; else -errno.
 */
int file_read_bytes(int fd, uint8_t **bytes, size_t *length);

#endif /* XLAT_FILE_BYTES_H */
