/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The frame of a trace file: header and chunks, as bytes in memory.
 */
#ifndef LAB_TRACE_FILE_H
#define LAB_TRACE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "format.h"

/** trace_crc() - zlib's crc32 of @length bytes, continued from @crc (first 0) */
uint32_t trace_crc(uint32_t crc, const void *bytes, size_t length);

/** trace_header_make() - the first bytes of a file */
struct trace_header trace_header_make(uint32_t abi, uint32_t icount_shift);

/** trace_chunk_make() - what the chunk with this content begins with */
struct trace_chunk trace_chunk_make(enum trace_tag tag, uint32_t sequence,
				    const void *content, uint32_t bytes);

/**
 * struct trace_reader - reads a file that is in memory
 *
 * @bytes, @size: the file; the caller owns it. 8-byte aligned
 * @at: where the next chunk begins
 * @sequence: the number that it should have
 */
struct trace_reader {
	const uint8_t *bytes;
	size_t size, at;
	uint32_t sequence;
};

/**
 * enum trace_state - what trace_next() found
 *
 * @TRACE_GOOD: a chunk
 * @TRACE_END: the end of the file, behind the last chunk
 * @TRACE_CUT: a chunk that is not whole
 * @TRACE_DAMAGED: a chunk that is not as it was written, or none
 *
 * After the last two, the file is good up to reader->at, and the rest is lost.
 */
enum trace_state { TRACE_GOOD, TRACE_END, TRACE_CUT, TRACE_DAMAGED };

/**
 * trace_open() - check the header
 *
 * Returns NULL, or why it is not a trace that can be read.
 */
const char *trace_open(struct trace_reader *reader, const void *bytes,
		       size_t size, struct trace_header *header);

/**
 * trace_next() - the next chunk
 * @chunk: TRACE_GOOD: its tag and size
 * @content: TRACE_GOOD: what is in it, in @reader's bytes
 *
 * For a tag that holds one struct, or an array of them, the size of a good chunk
 * fits it; for a TRACE_RUNS, the entries are as many as each run says.
 */
enum trace_state trace_next(struct trace_reader *reader,
			    struct trace_chunk *chunk, const void **content);

#endif
