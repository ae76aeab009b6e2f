/* SPDX-License-Identifier: MIT */
/*
 * A file's bytes as checksummed text lines, for a target that has nothing but
 * a console. docs/format.md specifies them; a bare-metal program can write
 * them with crc32 and base64 alone.
 *
 *	#xlat TAG begin NAME CRC		(deflated: begin NAME deflate CRC)
 *	#xlat TAG 0 BASE64 CRC
 *	#xlat TAG 1 BASE64 CRC
 *	#xlat TAG end LINES BYTES FILECRC CRC
 *
 * Pure but for memory: nothing is read or written here. textline_inflate.h
 * makes the file of a deflated run.
 */
#ifndef XLAT_TEXTLINE_H
#define XLAT_TEXTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/encode.h"

/** TEXTLINE_BYTES: of the file in one line */
#define TEXTLINE_BYTES	ENCODE_LINE_BYTES

/** TEXTLINE_MAX: length of a line, NUL included */
#define TEXTLINE_MAX	ENCODE_LINE_MAX

/**
 * enum textline_coding - what the lines carry, said by the begin line
 * @TEXTLINE_PLAIN: the file; a lost line costs what it carried
 * @TEXTLINE_DEFLATE: a zlib stream of it; a lost line costs all that follows
 */
enum textline_coding {
	TEXTLINE_PLAIN,
	TEXTLINE_DEFLATE,
};

/** TEXTLINE_NAME: length of a run's name, NUL included: A-Z a-z 0-9 . _ - */
#define TEXTLINE_NAME	ENCODE_NAME_MAX

/** textline_name_is_good() - can @name go over the line, and be a file's? */
bool textline_name_is_good(const char *name);

/* All three write one line without its end into @line; return its length. */

/** textline_begin() - @tag tells the lines of two runs apart */
int textline_begin(char line[TEXTLINE_MAX], uint16_t tag, const char *name,
		   enum textline_coding coding);

/** textline_data() - bytes @number * %TEXTLINE_BYTES and on, as coded */
int textline_data(char line[TEXTLINE_MAX], uint16_t tag, uint32_t number,
		  const uint8_t *bytes, size_t count);

/**
 * textline_end() - how much there was
 * @lines: sent
 * @bytes: of the file, however coded
 * @crc: crc32 of the whole file, however coded
 */
int textline_end(char line[TEXTLINE_MAX], uint16_t tag, uint32_t lines,
		 uint64_t bytes, uint32_t crc);

/**
 * struct textline_run - one run found in a log
 * @name: its name; empty: its begin line is missing
 * @tag: of its lines
 * @coding: of the lines; without a begin line: told from their first bytes
 * @bytes: what arrived of the file, in order; damage has left holes that the
 *	file format steps over. Of a deflated run: the stream, until
 *	textline_inflate() makes it the file up to the first hole
 * @length: of @bytes
 * @solid: of them before the first hole
 * @lines: that arrived
 * @missing: lines that did not, the begin among them, as far as the numbers
 *	tell
 * @told_lines: as the end line says
 * @told_bytes: of the file, as the end line says
 * @crc: of the file, as the end line says
 * @ended: the end line arrived, so @missing is exact
 * @whole: and @bytes are the file
 * @intact: and every line has arrived
 * @wrong: the stream is none, or goes on after its end
 * @refused: the stream would inflate to too much; nothing is kept of it
 * @superseded: another run of the log carries the same file, intact: see
 *	textline_supersede()
 */
struct textline_run {
	char name[TEXTLINE_NAME];
	uint16_t tag;
	enum textline_coding coding;
	uint8_t *bytes;
	size_t length;
	size_t solid;
	size_t room;
	uint32_t next;
	uint64_t lines;
	uint64_t missing;
	uint32_t told_lines;
	uint64_t told_bytes;
	uint32_t crc;
	bool ended;
	bool whole;
	bool intact;
	bool wrong;
	bool refused;
	bool superseded;
};

/**
 * struct textline_log - a console log being read; starts all zero
 * @runs: @count of them, in the order of the log
 * @room: of @runs
 * @newest: for each tag, 1 + index of its newest run; 0: it has none
 * @damaged: lines that bear the mark but fail their checksum
 */
struct textline_log {
	struct textline_run *runs;
	size_t count;
	size_t room;
	size_t *newest;
	uint64_t damaged;
};

/**
 * textline_feed() - one line of the log, with whatever stands around it
 *
 * Return: 0 or -ENOMEM.
 */
int textline_feed(struct textline_log *log, const char *line, size_t length);

/** textline_prove() - set @whole and @intact by what the end line told */
void textline_prove(struct textline_run *run);

/**
 * textline_supersede() - once all is read and inflated: mark the runs that are
 * not needed
 *
 * A run that was cut off or damaged and then sent again intact, and all but
 * the first of several intact copies.
 *
 * Return: 0 or -ENOMEM.
 */
int textline_supersede(struct textline_log *log);

/** textline_free() - free all that @log owns */
void textline_free(struct textline_log *log);

#endif /* XLAT_TEXTLINE_H */
