/* SPDX-License-Identifier: MIT */
/*
 * The only encoder of the format in docs/format.md: the recorder and the
 * bare-metal guest write their blocks and text lines with it. It does no I/O:
 * the caller owns each buffer, brings its own crc32, and sends the bytes.
 *
 * A block is built in place. The caller's buffer begins with room for the
 * header (%BLOCK_HEADER bytes). An encode_*() function writes the payload
 * behind it; encode_block() then fills in the header.
 */
#ifndef XLAT_ENCODE_H
#define XLAT_ENCODE_H

#include <stddef.h>
#include <stdint.h>

#include "file_format.h"

/** ENCODE_SAMPLES_MAX: most samples in a block; limits what damage destroys */
#define ENCODE_SAMPLES_MAX	256u

/** typedef encode_crc - zlib's crc32 of @length bytes, continued from @crc */
typedef uint32_t (*encode_crc)(uint32_t crc, const void *bytes, size_t length);

/**
 * encode_block() - fill in the header of a block
 * @block: room for the header, then @length bytes of payload
 * @length: of the payload, at most 2^32 - 1
 * @sequence: number of the block in its file, from 0
 *
 * Return: length of the whole block.
 */
size_t encode_block(uint8_t *block, enum block_kind kind, size_t length,
		    uint32_t sequence, encode_crc crc);

/* The payloads. Each function returns a pointer to the byte after it. */

/** encode_format() - the format's name and version */
uint8_t *encode_format(uint8_t *to);

/**
 * encode_environment() - one piece of the environment document
 * @total: length of the document in bytes
 * @offset: where the piece begins in the document
 * @text: the piece, @length bytes, at most %ENVIRONMENT_CHUNK
 */
uint8_t *encode_environment(uint8_t *to, size_t total, size_t offset,
			    const char *text, size_t length);

/**
 * encode_samples() - consecutive samples of one CPU
 * @first: number of @samples[0] among all samples of this CPU, from 0
 * @received: samples of this CPU in earlier blocks
 * @count: number of @samples, at most %ENCODE_SAMPLES_MAX
 */
uint8_t *encode_samples(uint8_t *to, uint32_t cpu, uint64_t first,
			uint64_t received, const struct xlat_sample *samples,
			uint32_t count);

/**
 * struct encode_histogram - one array of counts on its way into blocks
 * @cpu: CPU number
 * @side: 0 late, 1 early
 * @counts: %XLAT_BUCKETS counts
 * @total: buckets that are not empty; set by encode_histogram_begin()
 * @first: how many of these are in earlier blocks
 * @bucket: index of the next bucket to look at
 */
struct encode_histogram {
	uint32_t cpu;
	uint32_t side;
	const uint64_t *counts;
	uint32_t total;
	uint32_t first;
	uint32_t bucket;
};

/** encode_histogram_begin() - start with @counts of one side of @cpu */
void encode_histogram_begin(struct encode_histogram *h, uint32_t cpu,
			    uint32_t side, const uint64_t *counts);

/**
 * encode_histogram() - the next block; the array is done once first == total
 *
 * An array whose counts are all 0 becomes one block without entries. So the
 * reader knows that they are 0, and not missing.
 */
uint8_t *encode_histogram(uint8_t *to, struct encode_histogram *h);

/** encode_final() - the final account of one CPU */
uint8_t *encode_final(uint8_t *to, const struct xlat_map *map,
		      uint64_t received, uint64_t lost);

/*
 * Text lines: the bytes of a file, or of its zlib stream, for a serial
 * console. Each function writes one line with its NUL, but no newline, and
 * returns its length.
 */

/** ENCODE_LINE_MARK: what each line begins with */
#define ENCODE_LINE_MARK	"#xlat "

/** ENCODE_LINE_BYTES: a line carries at most this many bytes of the file */
#define ENCODE_LINE_BYTES	48

/** ENCODE_LINE_MAX: length of a line, NUL included */
#define ENCODE_LINE_MAX		128

/** ENCODE_NAME_MAX: length of a recording's name, NUL included */
#define ENCODE_NAME_MAX		41

/** ENCODE_CODING_MAX: length of the word that follows the name, blank included */
#define ENCODE_CODING_MAX	16

/** encode_base64_digits - the 64 digits, in order of their values */
extern const char encode_base64_digits[65];

/**
 * encode_line_begin() - the first line of a recording
 * @tag: number in every line, which tells the lines of two recordings apart
 * @name: a longer one is cut to %ENCODE_NAME_MAX - 1 bytes
 * @coding: the text after the name: "" or " deflate"; at most
 *	%ENCODE_CODING_MAX bytes
 */
size_t encode_line_begin(char line[ENCODE_LINE_MAX], uint16_t tag,
			 const char *name, const char *coding, encode_crc crc);

/** encode_line_data() - data line @number; @count <= %ENCODE_LINE_BYTES */
size_t encode_line_data(char line[ENCODE_LINE_MAX], uint16_t tag,
			uint32_t number, const uint8_t *bytes, size_t count,
			encode_crc crc);

/**
 * encode_line_end() - the last line of a recording
 * @lines: data lines sent
 * @bytes: length of the file
 * @file_crc: crc32 of the file
 */
size_t encode_line_end(char line[ENCODE_LINE_MAX], uint16_t tag,
		       uint32_t lines, uint64_t bytes, uint32_t file_crc,
		       encode_crc crc);

#endif /* XLAT_ENCODE_H */
