// SPDX-License-Identifier: MIT
#include <string.h>
#include <zlib.h>

#include "core/file_format.h"
#include "file_block.h"

bool file_block_at(struct file_sums *sums, size_t at, struct block *block)
{
	const uint8_t *bytes = sums->bytes + at;
	size_t left = sums->length - at;

	if (left < BLOCK_HEADER || get_u32(bytes) != BLOCK_MAGIC)
		return false;
	block->length = get_u32(bytes + BLOCK_LENGTH);
	if (block->length > FILE_PAYLOAD_MAX ||
	    block->length > left - BLOCK_HEADER)
		return false;
	if (crc32(0, bytes, BLOCK_HEADER_CRC) !=
	    get_u32(bytes + BLOCK_HEADER_CRC))
		return false;
	block->payload = bytes + BLOCK_HEADER;
	if (file_sums_of(sums, at + BLOCK_HEADER, block->length) !=
	    get_u32(bytes + BLOCK_PAYLOAD_CRC))
		return false;
	block->kind = get_u32(bytes + BLOCK_KIND);
	block->sequence = get_u32(bytes + BLOCK_SEQUENCE);
	return true;
}

bool file_block_cut(const uint8_t *bytes, size_t left)
{
	static const uint8_t magic[] = {
		BLOCK_MAGIC & 0xff, BLOCK_MAGIC >> 8 & 0xff,
		BLOCK_MAGIC >> 16 & 0xff, BLOCK_MAGIC >> 24 & 0xff,
	};
	uint32_t length;

	if (memcmp(bytes, magic, left < sizeof(magic) ? left : sizeof(magic)))
		return false;
	if (left < BLOCK_HEADER)
		return true;
	length = get_u32(bytes + BLOCK_LENGTH);
	return length <= FILE_PAYLOAD_MAX && length > left - BLOCK_HEADER &&
	       crc32(0, bytes, BLOCK_HEADER_CRC) ==
	       get_u32(bytes + BLOCK_HEADER_CRC);
}
