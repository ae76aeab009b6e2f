// SPDX-License-Identifier: MIT
/* Converts a file's bytes to text lines and back. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "textline.h"

#define MARK		ENCODE_LINE_MARK
#define MARK_LENGTH	6
#define CRC_DIGITS	8
#define TAGS		(UINT16_MAX + 1)

static const char *const coding_words[] = {
	[TEXTLINE_PLAIN]	= "",
	[TEXTLINE_DEFLATE]	= " deflate",
};

static uint32_t crc_of(const char *text, size_t length)
{
	return (uint32_t)crc32(0, (const Bytef *)text, (uInt)length);
}

static uint32_t crc_from(uint32_t crc, const void *bytes, size_t length)
{
	return (uint32_t)crc32(crc, bytes, (uInt)length);
}

bool textline_name_is_good(const char *name)
{
	size_t length = strlen(name);

	if (!length || length >= TEXTLINE_NAME || *name == '.' || *name == '-')
		return false;
	for (; *name; name++) {
		if (!isalnum((unsigned char)*name) && !strchr("._-", *name))
			return false;
	}
	return true;
}

int textline_begin(char line[TEXTLINE_MAX], uint16_t tag, const char *name,
		   enum textline_coding coding)
{
	return (int)encode_line_begin(line, tag, name, coding_words[coding],
				      crc_from);
}

int textline_end(char line[TEXTLINE_MAX], uint16_t tag, uint32_t lines,
		 uint64_t bytes, uint32_t crc)
{
	return (int)encode_line_end(line, tag, lines, bytes, crc, crc_from);
}

int textline_data(char line[TEXTLINE_MAX], uint16_t tag, uint32_t number,
		  const uint8_t *bytes, size_t count)
{
	return (int)encode_line_data(line, tag, number, bytes, count, crc_from);
}

static int digit64(char c)
{
	const char *at = c ? strchr(encode_base64_digits, c) : NULL;

	return at ? (int)(at - encode_base64_digits) : -1;
}

/* Returns the number of bytes, or -1. The caller has checked the checksum. */
static int decode64(const char *text, size_t length, uint8_t *bytes)
{
	int count = 0;

	if (length % 4 || length / 4 * 3 > TEXTLINE_BYTES)
		return -1;
	for (size_t i = 0; i < length; i += 4) {
		bool last = i + 4 == length;
		int pad = last ? (text[i + 3] == '=') + (text[i + 2] == '=') : 0;
		int a = digit64(text[i]), b = digit64(text[i + 1]);
		int c = pad > 1 ? 0 : digit64(text[i + 2]);
		int d = pad > 0 ? 0 : digit64(text[i + 3]);

		if (a < 0 || b < 0 || c < 0 || d < 0)
			return -1;
		bytes[count++] = (uint8_t)(a << 2 | b >> 4);
		if (pad < 2)
			bytes[count++] = (uint8_t)(b << 4 | c >> 2);
		if (pad < 1)
			bytes[count++] = (uint8_t)(c << 6 | d);
	}
	return count;
}

static int make_room(struct textline_log *log)
{
	size_t room = log->room ? 2 * log->room : 16;
	struct textline_run *runs = realloc(log->runs, room * sizeof(*runs));

	if (!runs)
		return -ENOMEM;
	log->runs = runs;
	log->room = room;
	return 0;
}

static struct textline_run *add_run(struct textline_log *log, uint16_t tag)
{
	struct textline_run *run;

	if (!log->newest)
		log->newest = calloc(TAGS, sizeof(*log->newest));
	if (!log->newest || (log->count == log->room && make_room(log)))
		return NULL;
	run = &log->runs[log->count++];
	memset(run, 0, sizeof(*run));
	run->tag = tag;
	log->newest[tag] = log->count;
	return run;
}

/* Returns the newest run of a tag: a run that was sent twice is two runs. */
static struct textline_run *find_run(struct textline_log *log, uint16_t tag)
{
	size_t newest = log->newest ? log->newest[tag] : 0;

	return newest ? &log->runs[newest - 1] : NULL;
}

/* A line with the word of an unknown coding is counted as damaged. */
static int take_begin(struct textline_log *log, uint16_t tag, const char *rest)
{
	int length = (int)strcspn(rest, " ");
	enum textline_coding coding = rest[length] ? TEXTLINE_DEFLATE :
						     TEXTLINE_PLAIN;
	struct textline_run *run;
	char name[TEXTLINE_NAME];

	if (length >= TEXTLINE_NAME || strcmp(rest + length, coding_words[coding]))
		return -EBADMSG;
	snprintf(name, sizeof(name), "%.*s", length, rest);
	if (!textline_name_is_good(name))
		return -EBADMSG;
	run = add_run(log, tag);
	if (!run)
		return -ENOMEM;
	memcpy(run->name, name, sizeof(name));
	run->coding = coding;
	return 0;
}

static int append(struct textline_run *run, const uint8_t *bytes, size_t count)
{
	if (run->length + count > run->room) {
		size_t room = run->room ? 2 * run->room : 4096;
		uint8_t *grown = realloc(run->bytes, room);

		if (!grown)
			return -ENOMEM;
		run->bytes = grown;
		run->room = room;
	}
	memcpy(run->bytes + run->length, bytes, count);
	run->length += count;
	return 0;
}

/*
 * The begin line is lost. Every deflated run starts with these two bytes; no
 * recording does.
 */
static void take_nameless(struct textline_run *run, unsigned long number,
			  const uint8_t *bytes, int count)
{
	run->missing = 1;
	if (!number && count > 1 && bytes[0] == 0x78 && bytes[1] == 0xda)
		run->coding = TEXTLINE_DEFLATE;
}

static int take_data(struct textline_log *log, uint16_t tag, const char *rest)
{
	struct textline_run *run = find_run(log, tag);
	uint8_t bytes[TEXTLINE_BYTES];
	unsigned long number;
	int count, error;
	bool solid;
	char *text;

	number = strtoul(rest, &text, 10);
	if (text == rest || *text++ != ' ' || number >= UINT32_MAX)
		return -EBADMSG;
	count = decode64(text, strlen(text), bytes);
	if (count <= 0)
		return -EBADMSG;
	if (!run || run->ended || number < run->next)
		run = add_run(log, tag);
	if (!run)
		return -ENOMEM;
	if (!run->lines && !run->name[0])
		take_nameless(run, number, bytes, count);
	run->missing += number - run->next;
	solid = run->solid == run->length && number == run->next;
	run->next = (uint32_t)number + 1;
	run->lines++;
	error = append(run, bytes, (size_t)count);
	if (solid && !error)
		run->solid = run->length;
	return error;
}

void textline_prove(struct textline_run *run)
{
	run->whole = run->ended && run->lines == run->sent_lines &&
		     run->length == run->sent_bytes &&
		     run->crc == (uint32_t)crc32_z(0, run->bytes, run->length);
	run->intact = run->whole && !run->missing;
}

static int take_end(struct textline_log *log, uint16_t tag, const char *rest)
{
	struct textline_run *run = find_run(log, tag);
	uint32_t lines, crc;
	uint64_t bytes;

	if (sscanf(rest, "%" SCNu32 " %" SCNu64 " %" SCNx32, &lines, &bytes,
		   &crc) != 3)
		return -EBADMSG;
	if (!run || run->ended)
		run = add_run(log, tag);
	if (!run)
		return -ENOMEM;
	run->ended = true;
	run->sent_lines = lines;
	run->sent_bytes = bytes;
	run->crc = crc;
	run->missing = !run->name[0];
	if (lines > run->lines)
		run->missing += lines - run->lines;
	if (run->coding == TEXTLINE_PLAIN)
		textline_prove(run);
	return 0;
}

/* @text: the text between the mark and the checksum, which was right. */
static int take_line(struct textline_log *log, const char *text)
{
	unsigned int tag;
	int used = 0;

	if (sscanf(text, "%4x %n", &tag, &used) != 1 || !used)
		return -EBADMSG;
	text += used;
	if (!strncmp(text, "begin ", 6))
		return take_begin(log, (uint16_t)tag, text + 6);
	if (!strncmp(text, "end ", 4))
		return take_end(log, (uint16_t)tag, text + 4);
	return take_data(log, (uint16_t)tag, text);
}

static bool is_hex(const char *text, size_t count)
{
	while (count && memchr("0123456789abcdef", text[count - 1], 16))
		count--;
	return !count;
}

/*
 * Copies the text between the mark and a correct checksum. It ignores the text
 * after the checksum, such as CR or a kernel message on the same line.
 */
static bool open_line(const char *text, size_t length, char *out)
{
	if (length > TEXTLINE_MAX - 1)
		length = TEXTLINE_MAX - 1;
	for (size_t at = 0; at + 1 + CRC_DIGITS <= length; at++) {
		char crc[CRC_DIGITS + 1] = "";

		if (text[at] != ' ' || !is_hex(text + at + 1, CRC_DIGITS))
			continue;
		memcpy(crc, text + at + 1, CRC_DIGITS);
		if (strtoul(crc, NULL, 16) != crc_of(text, at))
			continue;
		memcpy(out, text, at);
		out[at] = '\0';
		return strlen(out) == at;
	}
	return false;
}

int textline_feed(struct textline_log *log, const char *line, size_t length)
{
	const char *end = line + length;
	char text[TEXTLINE_MAX];
	int error;

	guest_stop_feed(&log->stop, line, length);
	while ((line = memmem(line, (size_t)(end - line), MARK, MARK_LENGTH))) {
		line += MARK_LENGTH;
		error = open_line(line, (size_t)(end - line), text) ?
			take_line(log, text) : -EBADMSG;
		if (error == -EBADMSG)
			log->damaged++;
		else if (error)
			return error;
	}
	return 0;
}

void textline_free(struct textline_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		free(log->runs[i].bytes);
	free(log->runs);
	free(log->newest);
	memset(log, 0, sizeof(*log));
}
