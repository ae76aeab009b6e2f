// SPDX-License-Identifier: MIT
#include "console.h"
#include "core/encode.h"
#include "lines.h"

static uint8_t pending[ENCODE_LINE_BYTES];
static size_t pending_length;
static uint16_t tag;
static uint32_t lines, file_crc;
static uint64_t total;

uint32_t lines_crc(uint32_t crc, const void *bytes, size_t length)
{
	static uint32_t table[256];
	const uint8_t *at = bytes;
	uint32_t n, bit;

	for (n = 0; !table[255] && n < 256; n++) {
		table[n] = n;
		for (bit = 0; bit < 8; bit++)
			table[n] = table[n] >> 1 ^
				   (table[n] & 1 ? 0xedb88320 : 0);
	}
	crc = ~crc;
	while (length--)
		crc = crc >> 8 ^ table[(crc ^ *at++) & 255];
	return ~crc;
}

static void put_pending(void)
{
	char line[ENCODE_LINE_MAX];

	encode_line_data(line, tag, lines++, pending, pending_length, lines_crc);
	console_line(line);
	pending_length = 0;
}

void lines_begin(uint16_t of_run, const char *name)
{
	char line[ENCODE_LINE_MAX];

	tag = of_run;
	encode_line_begin(line, tag, name, "", lines_crc);
	console_line(line);
}

void lines_put(const uint8_t *bytes, size_t length)
{
	file_crc = lines_crc(file_crc, bytes, length);
	total += length;
	while (length--) {
		pending[pending_length++] = *bytes++;
		if (pending_length == sizeof(pending))
			put_pending();
	}
}

void lines_end(void)
{
	char line[ENCODE_LINE_MAX];

	if (pending_length)
		put_pending();
	encode_line_end(line, tag, lines, total, file_crc, lines_crc);
	console_line(line);
}
