// SPDX-License-Identifier: MIT
/* Text lines that carry a recording. No printf: the guest has none. */
#include <string.h>

#include "encode.h"

const char encode_base64_digits[65] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char *put_text(char *to, const char *text, size_t most)
{
	while (*text && most--)
		*to++ = *text++;
	return to;
}

static char *put_hex(char *to, uint32_t value, int digits)
{
	while (digits--)
		*to++ = "0123456789abcdef"[value >> (4 * digits) & 15];
	return to;
}

static char *put_decimal(char *to, uint64_t value)
{
	char digits[20];
	int n = 0;

	do {
		digits[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	while (n)
		*to++ = digits[--n];
	return to;
}

/* Three bytes make four digits; '=' stands for what is missing at the end. */
static char *put_base64(char *to, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i += 3) {
		size_t left = count - i;
		uint32_t word = (uint32_t)bytes[i] << 16;

		if (left > 1)
			word |= (uint32_t)bytes[i + 1] << 8;
		if (left > 2)
			word |= bytes[i + 2];
		*to++ = encode_base64_digits[word >> 18];
		*to++ = encode_base64_digits[word >> 12 & 63];
		*to++ = left > 1 ? encode_base64_digits[word >> 6 & 63] : '=';
		*to++ = left > 2 ? encode_base64_digits[word & 63] : '=';
	}
	return to;
}

static char *put_head(char *line, uint16_t tag)
{
	line = put_text(line, ENCODE_LINE_MARK, ENCODE_LINE_MAX);
	line = put_hex(line, tag, 4);
	*line++ = ' ';
	return line;
}

/* The checksum covers everything between the mark and the blank before it. */
static size_t put_checksum(char *line, char *to, encode_crc crc)
{
	size_t mark = strlen(ENCODE_LINE_MARK);
	uint32_t sum = crc(0, line + mark, (size_t)(to - line) - mark);

	*to++ = ' ';
	to = put_hex(to, sum, 8);
	*to = '\0';
	return (size_t)(to - line);
}

size_t encode_line_begin(char line[ENCODE_LINE_MAX], uint16_t tag,
			 const char *name, const char *coding, encode_crc crc)
{
	char *to = put_text(put_head(line, tag), "begin ", 6);

	to = put_text(to, name, ENCODE_NAME_MAX - 1);
	to = put_text(to, coding, ENCODE_CODING_MAX);
	return put_checksum(line, to, crc);
}

size_t encode_line_data(char line[ENCODE_LINE_MAX], uint16_t tag,
			uint32_t number, const uint8_t *bytes, size_t count,
			encode_crc crc)
{
	char *to = put_decimal(put_head(line, tag), number);

	*to++ = ' ';
	to = put_base64(to, bytes, count < ENCODE_LINE_BYTES ? count :
							      ENCODE_LINE_BYTES);
	return put_checksum(line, to, crc);
}

size_t encode_line_end(char line[ENCODE_LINE_MAX], uint16_t tag,
		       uint32_t lines, uint64_t bytes, uint32_t file_crc,
		       encode_crc crc)
{
	char *to = put_text(put_head(line, tag), "end ", 4);

	to = put_decimal(to, lines);
	*to++ = ' ';
	to = put_decimal(to, bytes);
	*to++ = ' ';
	to = put_hex(to, file_crc, 8);
	return put_checksum(line, to, crc);
}
