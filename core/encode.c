// SPDX-License-Identifier: MIT
/* Blocks of a recording. The text lines are in encode_line.c. */
#include <string.h>

#include "encode.h"

size_t encode_block(uint8_t *block, enum block_kind kind, size_t length,
		    uint32_t sequence, encode_crc crc)
{
	put_u32(block, BLOCK_MAGIC);
	put_u32(block + BLOCK_KIND, kind);
	put_u32(block + BLOCK_LENGTH, (uint32_t)length);
	put_u32(block + BLOCK_SEQUENCE, sequence);
	put_u32(block + BLOCK_HEADER_CRC, crc(0, block, BLOCK_HEADER_CRC));
	put_u32(block + BLOCK_PAYLOAD_CRC, crc(0, block + BLOCK_HEADER, length));
	return BLOCK_HEADER + length;
}

uint8_t *encode_format(uint8_t *to)
{
	memcpy(to, FORMAT_NAME, strlen(FORMAT_NAME));
	to = put_u32(to + strlen(FORMAT_NAME), FORMAT_VERSION);
	return put_u32(to, 0);
}

uint8_t *encode_environment(uint8_t *to, size_t total, size_t offset,
			    const char *text, size_t length)
{
	to = put_u32(to, (uint32_t)total);
	to = put_u32(to, (uint32_t)offset);
	memcpy(to, text, length);
	return to + length;
}

static uint8_t *put_sample(uint8_t *to, const struct xlat_sample *sample)
{
	to = put_u64(to, sample->deadline);
	to = put_u64(to, sample->entry);
	to = put_u32(to, sample->missed);
	return put_u32(to, sample->flags);
}

uint8_t *encode_samples(uint8_t *to, uint32_t cpu, uint64_t first,
			uint64_t received, const struct xlat_sample *samples,
			uint32_t count)
{
	to = put_u32(to, cpu);
	to = put_u32(to, count);
	to = put_u64(to, first);
	to = put_u64(to, received);
	while (count--)
		to = put_sample(to, samples++);
	return to;
}

void encode_histogram_begin(struct encode_histogram *h, uint32_t cpu,
			    uint32_t side, const uint64_t *counts)
{
	*h = (struct encode_histogram) {
		.cpu = cpu, .side = side, .counts = counts,
	};
	for (uint32_t i = 0; i < XLAT_BUCKETS; i++)
		h->total += counts[i] != 0;
}

uint8_t *encode_histogram(uint8_t *to, struct encode_histogram *h)
{
	uint32_t n = 0;

	to = put_u32(to, h->cpu);
	to = put_u32(to, h->side);
	to = put_u32(to, h->total);
	to = put_u32(to, h->first);
	for (; h->bucket < XLAT_BUCKETS && n < HISTOGRAM_CHUNK; h->bucket++) {
		if (!h->counts[h->bucket])
			continue;
		to = put_u32(to, h->bucket);
		to = put_u64(to, h->counts[h->bucket]);
		n++;
	}
	h->first += n;
	return to;
}

uint8_t *encode_final(uint8_t *to, const struct xlat_map *map,
		      uint64_t received, uint64_t lost)
{
	to = put_u64(to, received);
	to = put_u64(to, lost);
	return format_put_map(to, map);
}
