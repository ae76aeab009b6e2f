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

/** CAPTURE_BATCH: most samples copied from a ring at once */
#define CAPTURE_BATCH	1024

/**
 * struct capture_part - one CPU
 * @cpu: its number
 * @map: its mapped recording
 * @position: the reader's position in the ring
 * @received: samples written to the file
 * @lost: samples overwritten before they were read
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
 * struct capture_options - when to stop, and what to do during the run
 * @duration_ns: stop after this time, ns; 0: never, the limit in SETUP ends it
 * @interval_ns: time between two blocks of scalars, ns; 0: no such blocks
 * @patience_ns: stop if no CPU has taken a sample by this time after the start,
 *	ns; 0: never
 * @threshold_ticks: stop when a lateness exceeds it; negative: never
 * @interrupted: becomes nonzero when a signal requests the stop
 * @wait_mask: signal mask while waiting; NULL: unchanged
 * @started: called after START; a nonzero result stops the recording at once,
 *	and capture_run() returns it; may be NULL
 * @progress: called at every interval; may be NULL
 * @context: argument of @started and @progress
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
 * @device: the open device; not owned
 * @writer: the file; not owned
 * @parts: one for each CPU; owned
 * @count: of @parts
 * @doing: the current or failed step, for messages
 * @exceeded: the threshold was exceeded
 * @announced: the headers were written again after START
 * @begin_ns: CLOCK_MONOTONIC at the start
 * @batch: buffer for samples from a ring
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
 * @c: the session; capture_close() it in every case
 * @device: an open device
 * @setup: the request; its CPU mask is made from @cpus. Returns the effective
 *	values
 * @cpus: CPUs to measure
 * @count: of @cpus
 *
 * Return: 0 or -errno.
 */
int capture_open(struct capture *c, struct device *device,
		 struct xlat_setup *setup, const uint32_t *cpus, size_t count);

/**
 * capture_run() - START, record, STOP, final account
 * @c: the session
 * @writer: the file, which already contains the environment
 * @options: see struct capture_options
 *
 * On return the session is stopped. Everything written so far stays valid.
 * Return: 0 or -errno, or the result of @options->started.
 */
int capture_run(struct capture *c, struct file_writer *writer,
		const struct capture_options *options);

/** capture_close() - unmap and free; the device stays open */
void capture_close(struct capture *c);

/** capture_monotonic_ns() - CLOCK_MONOTONIC, ns */
uint64_t capture_monotonic_ns(void);

#endif /* XLAT_CAPTURE_H */
