/* SPDX-License-Identifier: MIT */
/*
 * One recording in memory: what file.c and textline.c read, and what stats.c
 * analyses. Data only. Nothing here is converted: ticks stay ticks.
 */
#ifndef XLAT_RUN_H
#define XLAT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uapi/xlat.h>

/** RUN_UNKNOWN: the number of a sample that the recording does not tell */
#define RUN_UNKNOWN	UINT64_MAX

/**
 * struct run_span - samples that were taken one after the other
 * @at: index of the first among those that survived; the last one is before
 *	the next span
 * @first: its number on its CPU, from 0, or %RUN_UNKNOWN
 */
struct run_span {
	size_t at;
	uint64_t first;
};

/**
 * struct run_cpu - one CPU's part of a run
 * @map: its header as the kernel last wrote it: set-up, start, probes and
 *	(when @final) counters, stop and end reason. The magic is not checked
 *	again here
 * @started: @map is valid (the file held this CPU's set-up)
 * @final: the final account arrived: @map.counters, @late and @early are exact
 * @samples: in order, as they survived
 * @sample_count: of @samples
 * @spans: which numbers @samples have, see run_sample_number(); owned
 * @span_count: of @spans
 * @passed: samples lost in the ring before the last of @samples, as the
 *	numbers tell
 * @received: samples that the recorder took from the ring (from the final
 *	account); 0 while not @final
 * @lost: samples overwritten before the recorder took them (final account)
 * @gone: samples that the recorder had written and that damage to the file
 *	took away
 * @late: %XLAT_BUCKETS counts, or NULL where the file has none
 * @early: the same for early samples
 */
struct run_cpu {
	struct xlat_map map;
	bool started;
	bool final;
	struct xlat_sample *samples;
	size_t sample_count;
	struct run_span *spans;
	size_t span_count;
	uint64_t passed;
	uint64_t received;
	uint64_t lost;
	uint64_t gone;
	uint64_t *late;
	uint64_t *early;
};

/**
 * struct run - one recording
 * @name: where it came from, for messages; owned
 * @environment: the environment document, JSON text, owned; NULL if lost
 * @cpus: owned
 * @cpu_count: of @cpus
 * @complete: the recorder ended the file itself
 * @damaged_blocks: blocks (or text lines) that failed their checksum
 * @damaged_bytes: bytes that belonged to no intact block (or line)
 * @cut_bytes: of a block that the file's end cuts off; not damage: the
 *	recorder was killed or the power went while it was written
 * @unknown_blocks: intact blocks of a kind this reader does not know
 * @bytes: length of the file; 0: it was not read from one
 * @checksum: crc32 of all of it; with @bytes, it identifies the recording
 * @following_bytes: of a second recording in the same file, which is not read
 * @doubt: why the numbers may mean something else than this reader takes them
 *	for, in words, static; NULL: they do not
 */
struct run {
	char *name;
	char *environment;
	struct run_cpu *cpus;
	size_t cpu_count;
	bool complete;
	uint64_t damaged_blocks;
	uint64_t damaged_bytes;
	uint64_t cut_bytes;
	uint64_t unknown_blocks;
	uint64_t bytes;
	uint32_t checksum;
	uint64_t following_bytes;
	const char *doubt;
};

/** run_free() - free all that @run owns and make it empty */
void run_free(struct run *run);

/**
 * run_no_counts - a histogram array without entries, shared by all CPUs
 *
 * &run_cpu.late and &run_cpu.early may lead here; nobody writes to it.
 */
extern uint64_t run_no_counts[XLAT_BUCKETS + 1];

/** run_drop_counts() - free one of a CPU's histogram arrays */
void run_drop_counts(uint64_t **counts);

/** run_cpu_find() - the part of CPU @cpu, made if absent; NULL: no memory */
struct run_cpu *run_cpu_find(struct run *run, uint32_t cpu);

/**
 * run_number_from() - samples that will be appended have numbers from @first on
 * @first: or %RUN_UNKNOWN
 *
 * Return: 0 or -ENOMEM.
 */
int run_number_from(struct run_cpu *cpu, uint64_t first);

/** run_sample_number() - of @cpu->samples[@i], or %RUN_UNKNOWN */
uint64_t run_sample_number(const struct run_cpu *cpu, size_t i);

#endif /* XLAT_RUN_H */
