// SPDX-License-Identifier: MIT
#include <string.h>

#include "core/encode.h"
#include "lines.h"
#include "recording.h"

/* A histogram block is the largest one. */
static uint8_t block[BLOCK_HEADER + HISTOGRAM_HEADER +
		     HISTOGRAM_CHUNK * HISTOGRAM_ENTRY];
static uint8_t *const payload = block + BLOCK_HEADER;
static uint32_t sequence;

/* @end: the end of the payload */
static void send_block(enum block_kind kind, const uint8_t *end)
{
	lines_put(block, encode_block(block, kind, (size_t)(end - payload),
				      sequence++, lines_crc));
}

/* The document fits into one block: environment.c limits its size. */
static void send_environment(const char *json)
{
	size_t length = strlen(json);

	send_block(BLOCK_ENVIRONMENT,
		   encode_environment(payload, length, 0, json, length));
}

static void send_samples(const struct measurement *m)
{
	uint64_t first, n;

	for (first = 0; first < m->map.head; first += n) {
		n = m->map.head - first;
		n = n > ENCODE_SAMPLES_MAX ? ENCODE_SAMPLES_MAX : n;
		send_block(BLOCK_SAMPLES,
			   encode_samples(payload, m->map.cpu, first, first,
					  m->samples + first, (uint32_t)n));
	}
}

static void send_histogram(const struct measurement *m, uint32_t side,
			   const uint64_t *counts)
{
	struct encode_histogram h;

	encode_histogram_begin(&h, m->map.cpu, side, counts);
	do {
		send_block(BLOCK_HISTOGRAM, encode_histogram(payload, &h));
	} while (h.first < h.total);
}

/* Two runs with different samples almost certainly get different tags. */
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
	send_block(BLOCK_FORMAT, encode_format(payload));
	send_environment(environment);
	send_block(BLOCK_SETUP, format_put_map(payload, &m->map));
	send_samples(m);
	send_histogram(m, 0, m->late);
	send_histogram(m, 1, m->early);
	send_block(BLOCK_FINAL, encode_final(payload, &m->map, m->map.head, 0));
	send_block(BLOCK_END, payload);
	lines_end();
}
