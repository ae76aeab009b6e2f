/* SPDX-License-Identifier: MIT */
/* Finds one block of the .xlat format, and checks its two checksums. No I/O. */
#ifndef XLAT_FILE_BLOCK_H
#define XLAT_FILE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file_bytes.h"

/** FILE_PAYLOAD_MAX: most bytes in the payload of one block. */
#define FILE_PAYLOAD_MAX	65536u

/**
 * struct block - a block whose checksums are right
 * @kind: one of the BLOCK_ kinds, or one that this reader does not know
 * @length: bytes of @payload
 * @sequence: number of the block in its file
 * @payload: points into the bytes of the file
 */
struct block {
	uint32_t kind;
	uint32_t length;
	uint32_t sequence;
	const uint8_t *payload;
};

/**
 * file_block_at() - read the block at @at of the file
 *
 * Return: false if no block with right checksums begins there.
 */
bool file_block_at(struct file_sums *sums, size_t at, struct block *block);

/**
 * file_block_cut() - is a block at @bytes cut off by the end of the file?
 * @left: bytes from @bytes to the end of the file
 */
bool file_block_cut(const uint8_t *bytes, size_t left);

#endif /* XLAT_FILE_BLOCK_H */
