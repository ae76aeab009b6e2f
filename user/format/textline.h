/* SPDX-License-Identifier: MIT */
/*
 * A file's bytes as checksummed text lines, for a target that has only a
 * console. docs/format.md specifies them. A bare-metal program can write them;
 * it needs only crc32 and base64.
 *
 *	#xlat TAG begin NAME CRC		(deflated: begin NAME deflate CRC)
 *	#xlat TAG 0 BASE64 CRC
 *	#xlat TAG 1 BASE64 CRC
 *	#xlat TAG end LINES BYTES FILECRC CRC
 *
 * This code allocates memory, but does no input or output. textline_inflate.h
 * inflates a deflated run.
 */
#ifndef XLAT_TEXTLINE_H
#define XLAT_TEXTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/encode.h"
#include "guest_stop.h"

/** TEXTLINE_BYTES: most bytes that one line carries */
#define TEXTLINE_BYTES	ENCODE_LINE_BYTES

/** TEXTLINE_MAX: greatest size of a line, NUL included */
#define TEXTLINE_MAX	ENCODE_LINE_MAX

/**
 * enum textline_coding - the coding of the lines, which the begin line states
 * @TEXTLINE_PLAIN: the file; a lost line loses only the bytes that it carried
 * @TEXTLINE_DEFLATE: a zlib stream of the file; a lost line also loses all that
 *	follow
 */
enum textline_coding {
	TEXTLINE_PLAIN,
	TEXTLINE_DEFLATE,
};

/** TEXTLINE_NAME: size of a run's name, NUL included: A-Z a-z 0-9 . _ - */
#define TEXTLINE_NAME	ENCODE_NAME_MAX

/** textline_name_is_good() - is @name valid in a begin line and for a file? */
bool textline_name_is_good(const char *name);

/*
 * These three functions write one line to @line, without a newline, and return
 * its length.
 */

/** textline_begin() - the first line; all lines of a run have the same @tag */
int textline_begin(char line[TEXTLINE_MAX], uint16_t tag, const char *name,
		   enum textline_coding coding);

/** textline_data() - the coded bytes from @number * %TEXTLINE_BYTES on */
int textline_data(char line[TEXTLINE_MAX], uint16_t tag, uint32_t number,
		  const uint8_t *bytes, size_t count);

/**
 * textline_end() - the last line
 * @line: the result
 * @tag: tag of the run
 * @lines: number of data lines
 * @bytes: length of the file before coding
 * @crc: crc32 of the whole file before coding
 */
int textline_end(char line[TEXTLINE_MAX], uint16_t tag, uint32_t lines,
		 uint64_t bytes, uint32_t crc);

/**
 * struct textline_run - one run found in a log
 * @name: its name; empty: its begin line is missing
 * @tag: tag of its lines
 * @coding: coding of the lines; without a begin line, guessed from their first
 *	bytes
 * @bytes: the bytes of the file that arrived, in order. Lost bytes are left
 *	out, and the file format skips the blocks that they damage. For a
 *	deflated run: the stream; textline_inflate() replaces it with the file
 *	up to the first hole
 * @length: of @bytes
 * @solid: bytes of @bytes before the first hole
 * @room: allocated size of @bytes
 * @next: number of the next data line
 * @lines: data lines that arrived
 * @missing: lines that did not arrive, including the begin line; computed from
 *	the line numbers
 * @sent_lines: number of data lines, from the end line
 * @sent_bytes: length of the file, from the end line
 * @crc: crc32 of the file, from the end line
 * @ended: the end line arrived, so @missing is exact
 * @whole: the end line proves that @bytes are the file
 * @intact: @whole, and every line arrived
 * @wrong: the stream is not valid, or bytes follow its end
 * @refused: the stream would inflate to too many bytes; nothing is kept of it
 * @superseded: another run in the log replaces this one: see
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
	uint32_t sent_lines;
	uint64_t sent_bytes;
	uint32_t crc;
	bool ended;
	bool whole;
	bool intact;
	bool wrong;
	bool refused;
	bool superseded;
};

/**
 * struct textline_log - a console log being read; all zero at first
 * @runs: the runs, in the order of the log
 * @count: of @runs
 * @room: allocated number of @runs
 * @newest: for each tag, 1 + index of its newest run; 0 if it has none
 * @damaged: lines with the mark, but with a wrong checksum or invalid content
 * @stop: if this is the log of a bare-metal guest: why the guest stopped
 */
struct textline_log {
	struct textline_run *runs;
	size_t count;
	size_t room;
	size_t *newest;
	uint64_t damaged;
	struct guest_stop stop;
};

/**
 * textline_feed() - read one line of the log
 * @log: the log
 * @line: the line, with any text before and after its xlat line
 * @length: of @line
 *
 * Return: 0 or -ENOMEM.
 */
int textline_feed(struct textline_log *log, const char *line, size_t length);

/** textline_prove() - set @whole and @intact; compare @run with its end line */
void textline_prove(struct textline_run *run);

/**
 * textline_supersede() - mark the runs that are not needed
 *
 * These are: a cut or damaged run, if the log also has an intact run with its
 * tag and its name; and all but the first of several intact copies. Call this
 * after the whole log was read and inflated.
 *
 * Return: 0 or -ENOMEM.
 */
int textline_supersede(struct textline_log *log);

/** textline_free() - free everything that @log owns */
void textline_free(struct textline_log *log);

#endif /* XLAT_TEXTLINE_H */
