/* SPDX-License-Identifier: MIT */
/*
 * One recording in memory: file.c reads it, and the analysis evaluates it. Data
 * only. All times are in ticks of the source's clock.
 */
#ifndef XLAT_RUN_H
#define XLAT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uapi/xlat.h>

/** RUN_UNKNOWN: the recording does not contain the number of the sample */
#define RUN_UNKNOWN	UINT64_MAX

/**
 * struct run_span - consecutive samples; ends where the next span begins
 * @at: index of the first sample in &run_cpu.samples
 * @first: number of that sample on its CPU, from 0, or %RUN_UNKNOWN
 */
struct run_span {
	size_t at;
	uint64_t first;
};

/**
 * struct run_cpu - what a run holds of one CPU
 * @map: this CPU's header as the kernel last wrote it: set-up, start, probes
 *	and (if @final) counters, stop and end reason. Its magic is not checked
 * @started: @map is valid: the file contains this CPU's set-up
 * @final: the file contains the final account: @map.counters, @late and @early
 *	are exact
 * @samples: the surviving samples, in order; owned
 * @sample_count: of @samples
 * @spans: the numbers of @samples, see run_sample_number(); owned
 * @span_count: of @spans
 * @passed: samples lost in the ring before the last of @samples, computed from
 *	their numbers
 * @received: samples that the recorder took from the ring (from the final
 *	account); 0 unless @final
 * @lost: samples overwritten before the recorder took them (from the final
 *	account)
 * @gone: samples that the recorder wrote, but damage to the file destroyed them
 * @late: %XLAT_BUCKETS counts, or NULL if the file has none
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
 * @name: name of the file, for messages; owned
 * @environment: the environment document, JSON text, owned; NULL if lost
 * @cpus: owned
 * @cpu_count: of @cpus
 * @complete: the recorder wrote the end of the file
 * @damaged_blocks: blocks (or text lines) that failed their checksum
 * @damaged_bytes: bytes that belong to no intact block (or line)
 * @cut_bytes: bytes of an incomplete block at the end of the file. This is not
 *	damage: the recorder was killed, or lost power, while writing it
 * @unknown_blocks: intact blocks of a kind that this reader does not know
 * @bytes: length of the file; 0 if the run was not read from a file
 * @checksum: crc32 of the whole file; @checksum and @bytes identify a recording
 * @following_bytes: bytes of a second recording in the same file, which is not
 *	read
 * @tick_unknown: why this reader may misinterpret the numbers, in words,
 *	static; NULL if there is no such reason
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
	const char *tick_unknown;
};

/** run_free() - free everything that @run owns and make it empty */
void run_free(struct run *run);

/**
 * run_no_counts - a histogram array without entries, shared by all CPUs
 *
 * &run_cpu.late and &run_cpu.early may point here. It is never written to.
 */
extern uint64_t run_no_counts[XLAT_BUCKETS + 1];

/** run_drop_counts() - free one of a CPU's histogram arrays */
void run_drop_counts(uint64_t **counts);

/** run_cpu_find() - find or create the part of CPU @cpu; NULL: no memory */
struct run_cpu *run_cpu_find(struct run *run, uint32_t cpu);

/**
 * run_number_from() - the samples appended next are numbered from @first on
 * @cpu: its samples
 * @first: number of the next sample, or %RUN_UNKNOWN
 *
 * Return: 0 or -ENOMEM.
 */
int run_number_from(struct run_cpu *cpu, uint64_t first);

/** run_sample_number() - number of @cpu->samples[@i], or %RUN_UNKNOWN */
uint64_t run_sample_number(const struct run_cpu *cpu, size_t i);

#endif /* XLAT_RUN_H */
