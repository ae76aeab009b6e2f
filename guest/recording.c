// SPDX-License-Identifier: MIT
#include <string.h>

#include "core/file_format.h"
#include "lines.h"
#include "recording.h"

enum { FILE_VERSION = 1, SAMPLES_A_BLOCK = 256 };

/* The largest block is one of the histogram. */
static uint8_t block[BLOCK_HEADER + HISTOGRAM_HEADER +
		     HISTOGRAM_CHUNK * HISTOGRAM_ENTRY];
static uint8_t *const payload = block + BLOCK_HEADER;
static uint32_t sequence;

/* @end: behind the payload */
static void send_block(enum block_kind kind, const uint8_t *end)
{
	uint32_t length = (uint32_t)(end - payload);

	put_u32(block, BLOCK_MAGIC);
	put_u32(block + BLOCK_KIND, kind);
	put_u32(block + BLOCK_LENGTH, length);
	put_u32(block + BLOCK_SEQUENCE, sequence++);
	put_u32(block + BLOCK_HEADER_CRC, lines_crc(0, block, BLOCK_HEADER_CRC));
	put_u32(block + BLOCK_PAYLOAD_CRC, lines_crc(0, payload, length));
	lines_put(block, BLOCK_HEADER + length);
}

static void send_format(void)
{
	memcpy(payload, FORMAT_NAME, strlen(FORMAT_NAME));
	put_u32(payload + 8, FILE_VERSION);
	put_u32(payload + 12, 0);
	send_block(BLOCK_FORMAT, payload + FORMAT_BYTES);
}

/* Shorter than a block: environment.c sees to it. */
static void send_environment(const char *json)
{
	size_t length = strlen(json);
	uint8_t *to = put_u32(payload, (uint32_t)length);

	to = put_u32(to, 0);
	memcpy(to, json, length);
	send_block(BLOCK_ENVIRONMENT, to + length);
}

static void send_samples(const struct measurement *m)
{
	uint64_t first, n;

	for (first = 0; first < m->map.head; first += n) {
		uint8_t *to = put_u32(payload, m->map.cpu);
		uint64_t i;

		n = m->map.head - first;
		n = n > SAMPLES_A_BLOCK ? SAMPLES_A_BLOCK : n;
		to = put_u32(to, (uint32_t)n);
		to = put_u64(to, first);
		to = put_u64(to, first);
		for (i = first; i < first + n; i++) {
			to = put_u64(to, m->samples[i].deadline);
			to = put_u64(to, m->samples[i].entry);
			to = put_u32(to, m->samples[i].missed);
			to = put_u32(to, m->samples[i].flags);
		}
		send_block(BLOCK_SAMPLES, to);
	}
}

/* An empty array is one block without entries: zero is known, not missing. */
static void send_histogram(const struct measurement *m, uint32_t side,
			   const uint64_t *counts)
{
	uint32_t total = 0, first = 0, bucket = 0, n;

	for (n = 0; n < XLAT_BUCKETS; n++)
		total += counts[n] != 0;
	do {
		uint8_t *to = put_u32(payload, m->map.cpu);

		to = put_u32(to, side);
		to = put_u32(to, total);
		to = put_u32(to, first);
		for (n = 0; bucket < XLAT_BUCKETS && n < HISTOGRAM_CHUNK;
		     bucket++) {
			if (!counts[bucket])
				continue;
			to = put_u32(to, bucket);
			to = put_u64(to, counts[bucket]);
			n++;
		}
		send_block(BLOCK_HISTOGRAM, to);
		first += n;
	} while (first < total);
}

static void send_final(const struct measurement *m)
{
	uint8_t *to = put_u64(payload, m->map.head);

	to = put_u64(to, 0);
	send_block(BLOCK_FINAL, format_put_map(to, &m->map));
}

/* Runs of different samples get different tags, most likely. */
static uint16_t tag_of(const struct measurement *m, const char *environment)
{
	uint32_t crc = lines_crc(0, environment, strlen(environment));

	return (uint16_t)lines_crc(crc, m->samples,
				   m->map.head * sizeof(*m->samples));
}

void recording_send(const struct measurement *m, const char *environment,
		    const char *name)
{
	lines_begin(tag_of(m, environment), name);
	send_format();
	send_environment(environment);
	send_block(BLOCK_SETUP, format_put_map(payload, &m->map));
	send_samples(m);
	send_histogram(m, 0, m->late);
	send_histogram(m, 1, m->early);
	send_final(m);
	send_block(BLOCK_END, payload);
	lines_end();
}
