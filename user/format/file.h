/* SPDX-License-Identifier: MIT */
/*
 * The .xlat format: self-synchronising, checksummed, append-only blocks. The
 * specification is docs/format.md; this is its reference reader and writer.
 */
#ifndef XLAT_FILE_H
#define XLAT_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "core/encode.h"
#include "user/data/run.h"

/** FILE_VERSION: of the format; a reader refuses a greater one. */
#define FILE_VERSION		FORMAT_VERSION

/** FILE_PAYLOAD_MAX: no block carries more bytes. */
#define FILE_PAYLOAD_MAX	65536u

/** FILE_SAMPLES_MAX: samples in one block; damage costs at most that many. */
#define FILE_SAMPLES_MAX	ENCODE_SAMPLES_MAX

/** FILE_CPU_MAX: CPU numbers below this are believed. */
#define FILE_CPU_MAX		8192u

/**
 * file_read() - read a recording, however damaged
 * @path: the file; "-": the standard input
 * @run: filled with everything that is intact; run_free() it in every case
 *
 * Return: 0; -EBADMSG no intact block: not a recording; -EPROTONOSUPPORT
 * written in a newer version of the format; -EFBIG more than FILE_STREAM_MAX
 * bytes that are no regular file; else -errno of open() or read(), -ENOMEM. Damage is no error: see &run.damaged_blocks and so on.
 */
int file_read(const char *path, struct run *run);

/**
 * file_decode() - the same from memory
 * @bytes: the content
 * @length: of @bytes
 * @name: for &run.name
 */
int file_decode(const void *bytes, size_t length, const char *name,
		struct run *run);

/**
 * struct file_writer - a recording being written
 * @fd: append position of the file
 * @sequence: number of the next block
 * @end: length of the file up to the last complete block
 */
struct file_writer {
	int fd;
	uint32_t sequence;
	uint64_t end;
};

/**
 * struct file_interval - scalars at one moment of a running session
 * @cpu: CPU number
 * @time_ns: CLOCK_MONOTONIC of the recorder
 * @head: samples published
 * @received: samples taken from the ring
 * @lost: samples known to be lost
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
 * All writers return 0 or -errno. A block is on its way to the disk when its
 * function returns; when it fails the file is cut back to the block before,
 * so that what has been written stays valid. Order: create, environment,
 * setup of each CPU, samples and intervals, histogram and final of each CPU,
 * (environment again: the last one counts), end, close.
 */

/**
 * file_create() - make or empty @path and write the format's header
 *
 * On an error the file is closed, and removed unless it is a device.
 */
int file_create(struct file_writer *w, const char *path);

/**
 * file_append() - go on writing a file that has ended
 *
 * For what is learnt later, such as the host's environment. A block that the
 * file's end cuts off is taken away first.
 * Return: 0, or as file_read() and open().
 */
int file_append(struct file_writer *w, const char *path);

/** file_put_environment() - the environment document, JSON text */
int file_put_environment(struct file_writer *w, const char *json);

/** file_put_setup() - one CPU's header, before the start */
int file_put_setup(struct file_writer *w, const struct xlat_map *map);

/**
 * file_put_samples() - what came out of one CPU's ring
 * @cpu: CPU number
 * @first: number of the first sample in the ring's counting (from 0)
 * @received: samples of this CPU put before
 * @samples: in order and consecutive
 * @count: of @samples; any number, split into blocks as needed
 */
int file_put_samples(struct file_writer *w, uint32_t cpu, uint64_t first,
		     uint64_t received, const struct xlat_sample *samples,
		     size_t count);

/** file_put_interval() - scalars while running */
int file_put_interval(struct file_writer *w, const struct file_interval *i);

/** file_put_histogram() - both arrays, %XLAT_BUCKETS counts each */
int file_put_histogram(struct file_writer *w, uint32_t cpu,
		       const uint64_t *late, const uint64_t *early);

/** file_put_final() - one CPU's header once stopped, and the reader's count */
int file_put_final(struct file_writer *w, const struct xlat_map *map,
		   uint64_t received, uint64_t lost);

/** file_put_end() - the recorder ends the file itself */
int file_put_end(struct file_writer *w);

/** file_close() - close; 0 or -errno, like the last write */
int file_close(struct file_writer *w);

#endif /* XLAT_FILE_H */
