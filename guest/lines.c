// SPDX-License-Identifier: MIT
#include <string.h>

#include "console.h"
#include "lines.h"
#include "text.h"
#include "user/format/textline.h"

#define MARK	"#xlat "

static uint8_t pending[TEXTLINE_BYTES];
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

/* The checksum covers everything between the mark and the blank before it. */
static void seal(struct text *line)
{
	size_t skip = strlen(MARK);

	text_add(line, " %08x",
		 lines_crc(0, line->bytes + skip, line->length - skip));
	console_line(line->bytes);
}

/* Three bytes make four digits; what is missing at the end is shown by '='. */
static void encode(struct text *line)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n;

	for (n = 0; n < pending_length; n += 3) {
		size_t left = pending_length - n;
		uint32_t word = (uint32_t)pending[n] << 16;

		if (left > 1)
			word |= (uint32_t)pending[n + 1] << 8;
		if (left > 2)
			word |= pending[n + 2];
		text_put(line, digits[word >> 18]);
		text_put(line, digits[word >> 12 & 63]);
		text_put(line, left > 1 ? digits[word >> 6 & 63] : '=');
		text_put(line, left > 2 ? digits[word & 63] : '=');
	}
}

static void put_pending(void)
{
	char bytes[TEXTLINE_MAX] = "";
	struct text line = { .bytes = bytes, .size = sizeof(bytes) };

	text_add(&line, MARK "%04x %u ", tag, lines++);
	encode(&line);
	seal(&line);
	pending_length = 0;
}

void lines_begin(uint16_t of_run, const char *name)
{
	char bytes[TEXTLINE_MAX] = "";
	struct text line = { .bytes = bytes, .size = sizeof(bytes) };

	tag = of_run;
	text_add(&line, MARK "%04x begin %s", tag, name);
	seal(&line);
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
	char bytes[TEXTLINE_MAX] = "";
	struct text line = { .bytes = bytes, .size = sizeof(bytes) };

	if (pending_length)
		put_pending();
	text_add(&line, MARK "%04x end %u %lu %08x", tag, lines, total,
		 file_crc);
	seal(&line);
}
