/* SPDX-License-Identifier: MIT */
/*
 * The layout of docs/format.md in numbers. This code does no I/O. All integers
 * in a file are little-endian on every machine.
 */
#ifndef XLAT_FILE_FORMAT_H
#define XLAT_FILE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include <uapi/xlat.h>

/* Block header, 24 bytes, then the payload. */
#define BLOCK_MAGIC		0x424c58d8u	/* d8 58 4c 42 */
#define BLOCK_KIND		4		/* u32, enum block_kind */
#define BLOCK_LENGTH		8		/* u32, of the payload */
#define BLOCK_SEQUENCE		12		/* u32 */
#define BLOCK_HEADER_CRC	16		/* u32, of bytes 0 to 15 */
#define BLOCK_PAYLOAD_CRC	20		/* u32 */
#define BLOCK_HEADER		24

enum block_kind {
	BLOCK_FORMAT		= 1,
	BLOCK_ENVIRONMENT	= 2,
	BLOCK_SETUP		= 3,
	BLOCK_SAMPLES		= 4,
	BLOCK_INTERVAL		= 5,
	BLOCK_HISTOGRAM		= 6,
	BLOCK_FINAL		= 7,
	BLOCK_END		= 8,
};

/* FORMAT: the name, u32 version, u32 zero. */
#define FORMAT_NAME		"xlat-run"
#define FORMAT_VERSION		1
#define FORMAT_BYTES		16

/* ENVIRONMENT: u32 length of the document, u32 offset, then text. */
#define ENVIRONMENT_HEADER	8
#define ENVIRONMENT_CHUNK	32768u
#define ENVIRONMENT_MAX		(4u << 20)

/* SAMPLES: u32 cpu, u32 count, u64 first, u64 received, then samples. */
#define SAMPLES_HEADER		24
#define SAMPLE_BYTES		24

/* INTERVAL: u32 cpu, u32 zero, u64 time, head, received, lost, counters. */
#define INTERVAL_HEADER		40

/* HISTOGRAM: u32 cpu, u32 side, u32 entries in all, u32 first, then entries. */
#define HISTOGRAM_HEADER	16
#define HISTOGRAM_ENTRY		12
#define HISTOGRAM_CHUNK		1024u

/* FINAL: u64 received, u64 lost, then the map. */
#define FINAL_HEADER		16

/** format_map_bytes() - length of an encoded struct xlat_map */
size_t format_map_bytes(void);

/** format_put_map() - encode @map; returns a pointer to the byte after it */
uint8_t *format_put_map(uint8_t *to, const struct xlat_map *map);

/** format_get_map() - decode format_map_bytes() bytes */
void format_get_map(const uint8_t *from, struct xlat_map *map);

/** FORMAT_COUNTERS_BYTES: length of an encoded struct xlat_counters */
#define FORMAT_COUNTERS_BYTES	sizeof(struct xlat_counters)

/** format_put_counters() - encode; returns a pointer to the byte after them */
uint8_t *format_put_counters(uint8_t *to, const struct xlat_counters *counters);

/** format_get_counters() - decode %FORMAT_COUNTERS_BYTES bytes */
void format_get_counters(const uint8_t *from, struct xlat_counters *counters);

static inline uint32_t get_u32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static inline uint64_t get_u64(const uint8_t *p)
{
	return get_u32(p) | (uint64_t)get_u32(p + 4) << 32;
}

static inline uint8_t *put_u32(uint8_t *p, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		*p++ = (uint8_t)(value >> (8 * i));
	return p;
}

static inline uint8_t *put_u64(uint8_t *p, uint64_t value)
{
	return put_u32(put_u32(p, (uint32_t)value), (uint32_t)(value >> 32));
}

#endif /* XLAT_FILE_FORMAT_H */
