/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes what the ring holds, and a sample, to the file.
 */
#ifndef LAB_TRACE_LOG_H
#define LAB_TRACE_LOG_H

#include "ring.h"
#include "runs.h"
#include "writer.h"

/**
 * struct log - the file, and what has been written to it
 *
 * @writer: the file
 * @runs: those that it holds
 * @last_block: the last id given to a block
 * @samples: written
 */
struct log {
	struct writer writer;
	struct runs runs;
	uint32_t last_block;
	uint64_t samples;
	struct bytes blocks, entries, steps, lost;
};

/** log_begin() - make the file; false: said why not. End with log_end(). */
bool log_begin(struct log *log, const char *path);

/**
 * log_sample() - write what passed since the last sample, and a sample
 * @ring: what passed; the caller clears it
 * @sample: all but its serial and gap
 *
 * Returns false if it could not be written; the file ends before it then.
 */
bool log_sample(struct log *log, const struct ring *ring,
		struct trace_sample sample);

/** log_end() - write the account, and close the file */
void log_end(struct log *log, struct trace_done done);

#endif
