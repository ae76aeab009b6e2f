/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes the file of a trace. After the first error it says so, in one line on
 * standard error, and writes nothing more: what is measured goes on.
 */
#ifndef LAB_TRACE_WRITER_H
#define LAB_TRACE_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "file.h"

/** struct bytes - a buffer that grows; @failed: there was no memory */
struct bytes {
	uint8_t *data;
	size_t size, room;
	bool failed;
};

/** bytes_add() - append; after a failure nothing more is appended */
void bytes_add(struct bytes *bytes, const void *more, size_t size);

/**
 * struct writer - the file
 *
 * @path: its name; the caller's
 * @file: NULL after an error
 * @sequence: of the next chunk
 */
struct writer {
	const char *path;
	FILE *file;
	uint32_t sequence;
};

/** writer_begin() - make the file; false: said why not */
bool writer_begin(struct writer *writer, const char *path);

/** writer_header() - the first bytes; false: they could not be written */
bool writer_header(struct writer *writer, uint32_t abi, uint32_t icount_shift);

/** writer_add() - one chunk; false: it is not written, and none will be */
bool writer_add(struct writer *writer, enum trace_tag tag, const void *content,
		size_t bytes);

/** writer_fail() - say errno, and write nothing more; returns false */
bool writer_fail(struct writer *writer);

/** writer_end() - close the file; false: not all of it could be written */
bool writer_end(struct writer *writer);

#endif
