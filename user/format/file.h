/* SPDX-License-Identifier: MIT */
/*
 * The .xlat format: self-synchronising, checksummed, append-only blocks. It is
 * specified in docs/format.md; this is the reference reader and writer.
 */
#ifndef XLAT_FILE_H
#define XLAT_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "core/encode.h"
#include "user/data/run.h"

/** FILE_VERSION: version of the format; file_read() refuses a greater one. */
#define FILE_VERSION		FORMAT_VERSION

/** FILE_SAMPLES_MAX: most samples in a block; limits what damage destroys */
#define FILE_SAMPLES_MAX	ENCODE_SAMPLES_MAX

/** FILE_CPU_MAX: a block with this CPU number, or a greater one, is damaged. */
#define FILE_CPU_MAX		8192u

/**
 * file_read() - read a recording, even if it is damaged
 * @path: the file; "-": the standard input
 * @run: filled with everything that is intact; run_free() it in every case
 *
 * Damage is not an error: see &run.damaged_blocks and so on.
 *
 * Return: 0; -EBADMSG if no block is intact, so this is not a recording;
 * -EPROTONOSUPPORT if the format's version is newer; -EFBIG if @path is not a
 * regular file and has more than FILE_STREAM_MAX bytes; -ENOMEM; else -errno of
 * open() or read().
 */
int file_read(const char *path, struct run *run);

/**
 * file_decode() - as file_read(), from memory
 * @bytes: the content
 * @length: of @bytes
 * @name: for &run.name
 */
int file_decode(const void *bytes, size_t length, const char *name,
		struct run *run);

/**
 * struct file_writer - a recording being written
 * @fd: the file; its position is @end
 * @sequence: sequence number of the next block
 * @end: length of the file up to the last complete block
 */
struct file_writer {
	int fd;
	uint32_t sequence;
	uint64_t end;
};

/**
 * struct file_interval - one CPU's scalars at one moment of a running session
 * @cpu: CPU number
 * @time_ns: CLOCK_MONOTONIC of the recorder, ns
 * @head: samples published so far
 * @received: samples taken from the ring so far
 * @lost: samples lost so far
 * @counters: read under the seqcount
 */
struct file_interval {
	uint32_t cpu;
	uint64_t time_ns;
	uint64_t head;
	uint64_t received;
	uint64_t lost;
	struct xlat_counters counters;
};

/*
 * All writers return 0 or -errno. A function that succeeds has passed its block
 * to the kernel. A function that fails cuts the file back to the end of the
 * previous block, so that the file stays valid. Order: create, environment,
 * setup of each CPU, samples and intervals, histogram and final of each CPU,
 * (environment again: the last one counts), end, close.
 */

/**
 * file_create() - create or truncate @path and write the FORMAT block
 *
 * On an error the file is closed, and removed if it is a regular file.
 */
int file_create(struct file_writer *w, const char *path);

/**
 * file_append() - append blocks to a finished file
 *
 * This adds later facts, such as the host's environment. An incomplete block at
 * the end of the file is removed first.
 * Return: 0, or an error of file_read() or open().
 */
int file_append(struct file_writer *w, const char *path);

/** file_put_environment() - the environment document, JSON text */
int file_put_environment(struct file_writer *w, const char *json);

/** file_put_setup() - one CPU's map header */
int file_put_setup(struct file_writer *w, const struct xlat_map *map);

/**
 * file_put_samples() - samples from one CPU's ring
 * @cpu: CPU number
 * @first: number of @samples[0] among all samples of this CPU, from 0
 * @received: samples of this CPU written before
 * @samples: consecutive samples, in order
 * @count: number of @samples; any number, split into blocks as needed
 */
int file_put_samples(struct file_writer *w, uint32_t cpu, uint64_t first,
		     uint64_t received, const struct xlat_sample *samples,
		     size_t count);

/** file_put_interval() - one CPU's scalars during the run */
int file_put_interval(struct file_writer *w, const struct file_interval *i);

/** file_put_histogram() - both arrays, %XLAT_BUCKETS counts each */
int file_put_histogram(struct file_writer *w, uint32_t cpu,
		       const uint64_t *late, const uint64_t *early);

/** file_put_final() - a stopped CPU's map header, and the recorder's counts */
int file_put_final(struct file_writer *w, const struct xlat_map *map,
		   uint64_t received, uint64_t lost);

/** file_put_end() - mark the file as complete */
int file_put_end(struct file_writer *w);

/** file_close() - close the file; 0 or -errno */
int file_close(struct file_writer *w);

#endif /* XLAT_FILE_H */
