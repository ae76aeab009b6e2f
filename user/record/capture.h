/* SPDX-License-Identifier: MIT */
/*
 * The record loop: one session from SETUP to the final account in the file.
 */
#ifndef XLAT_CAPTURE_H
#define XLAT_CAPTURE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device.h"
#include "user/format/file.h"

/** CAPTURE_BATCH: samples copied out of a ring at once */
#define CAPTURE_BATCH	1024

/**
 * struct capture_part - one CPU
 * @cpu: its number
 * @map: its recording
 * @position: of the reader in the ring
 * @received: samples written to the file
 * @lost: overwritten before they could be read
 */
struct capture_part {
	uint32_t cpu;
	const struct xlat_map *map;
	__u64 position;
	uint64_t received;
	__u64 lost;
};

struct capture;

/**
 * struct capture_options - when to stop, and what to do meanwhile
 * @duration_ns: 0: until the limit of the set-up is reached
 * @interval_ns: between two blocks of scalars; 0: none, sleep till the end
 * @patience_ns: stop when no CPU has taken a sample after so long; 0: never
 * @threshold_ticks: stop when a lateness exceeds it; negative: never
 * @interrupted: becomes non-zero when a signal asks to stop
 * @wait_mask: signal mask while waiting; NULL: unchanged
 * @started: called once armed; not 0 ends the recording at once with it
 * @progress: called at every interval; may be NULL
 * @context: for both
 */
struct capture_options {
	uint64_t duration_ns;
	uint64_t interval_ns;
	uint64_t patience_ns;
	int64_t threshold_ticks;
	const volatile sig_atomic_t *interrupted;
	const sigset_t *wait_mask;
	int (*started)(const struct capture *c, void *context);
	void (*progress)(const struct capture *c, void *context);
	void *context;
};

/**
 * struct capture - a session
 * @doing: for messages: the step that is under way or has failed
 * @exceeded: the threshold was exceeded
 * @begin_ns: CLOCK_MONOTONIC at the start
 */
struct capture {
	struct device *device;
	struct file_writer *writer;
	struct capture_part *parts;
	size_t count;
	const char *doing;
	bool exceeded;
	bool announced;
	uint64_t begin_ns;
	struct xlat_sample batch[CAPTURE_BATCH];
};

/**
 * capture_open() - SETUP and mmap()
 * @setup: the CPU mask is filled in from @cpus; the rest as asked for;
 *	returns what is effective
 *
 * Return: 0 or -errno; capture_close() in both cases.
 */
int capture_open(struct capture *c, struct device *device,
		 struct xlat_setup *setup, const uint32_t *cpus, size_t count);

/**
 * capture_run() - START, record, STOP, final account
 * @writer: already holds the environment
 *
 * On return nothing is armed. Whatever was written stays valid.
 * Return: 0 or -errno, or what @started returned.
 */
int capture_run(struct capture *c, struct file_writer *writer,
		const struct capture_options *options);

/** capture_close() - unmap and free; the device stays open */
void capture_close(struct capture *c);

/** capture_monotonic_ns() - CLOCK_MONOTONIC */
uint64_t capture_monotonic_ns(void);

#endif /* XLAT_CAPTURE_H */
