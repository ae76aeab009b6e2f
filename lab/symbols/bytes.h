/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers out of a file that may be cut or hostile. Little endian, as on arm64. */
#ifndef LAB_SYMBOLS_BYTES_H
#define LAB_SYMBOLS_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** struct bytes - the content of a file; it belongs to somebody else */
struct bytes {
	const unsigned char *at;
	size_t size;
};

/** bytes_hold() - are there @count bytes at @offset? */
static inline bool bytes_hold(const struct bytes *b, uint64_t offset,
			      uint64_t count)
{
	return offset <= b->size && count <= b->size - offset;
}

/** bytes_u16() - the number at @offset; 0 beyond the end, as for the others */
static inline uint16_t bytes_u16(const struct bytes *b, uint64_t offset)
{
	const unsigned char *p = b->at + offset;

	return bytes_hold(b, offset, 2) ? (uint16_t)(p[0] | p[1] << 8) : 0;
}

/** bytes_u32() - the number at @offset */
static inline uint32_t bytes_u32(const struct bytes *b, uint64_t offset)
{
	const unsigned char *p = b->at + offset;

	if (!bytes_hold(b, offset, 4))
		return 0;
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

/** bytes_u64() - the number at @offset */
static inline uint64_t bytes_u64(const struct bytes *b, uint64_t offset)
{
	return bytes_hold(b, offset, 8) ?
	       bytes_u32(b, offset) | (uint64_t)bytes_u32(b, offset + 4) << 32 :
	       0;
}

/** bytes_round_up() - to a multiple of @to, a power of two */
static inline uint64_t bytes_round_up(uint64_t value, uint64_t to)
{
	return (value + to - 1) & ~(to - 1);
}

#endif
