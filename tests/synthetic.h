/* SPDX-License-Identifier: MIT */
/*
 * Runs made up in memory, by the same arithmetic as the engine's: the grid,
 * the counters and the buckets come from kmod's pure headers. What is wrong
 * with a run on purpose is done to it afterwards, by the test.
 */
#ifndef XLAT_SYNTHETIC_H
#define XLAT_SYNTHETIC_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/run.h"

/**
 * struct synthetic - what to make up
 * @lateness: of sample @i on @cpu, ticks; NULL: synthetic_lateness()
 * @first_cpu: measured are this one and the next
 * @cpu_count: so many
 * @lost_from: the reader slept: samples from this one on ...
 * @lost: ... so many of them were overwritten
 * @environment: JSON; NULL: synthetic_environment()
 * @loop_ticks: of the probe loop, 100,000 instructions; 0: unknown
 */
struct synthetic {
	int64_t (*lateness)(uint32_t cpu, uint64_t i);
	uint32_t first_cpu;
	uint32_t cpu_count;
	uint64_t count;
	uint64_t tick_hz;
	uint64_t period_ticks;
	uint64_t dither_ticks;
	uint32_t source;
	uint32_t stage;
	uint32_t warmup;
	uint64_t lost_from;
	uint64_t lost;
	uint64_t loop_ticks;
	const char *environment;
};

/** synthetic_defaults() - 2 CPUs, 2,000 samples, 1009 us, phys, 1 GHz */
struct synthetic synthetic_defaults(void);

/** synthetic_lateness() - cold first samples, a tight body, rare outliers */
int64_t synthetic_lateness(uint32_t cpu, uint64_t i);

/** synthetic_run() - make @run; a test's helper: aborts without memory */
void synthetic_run(const struct synthetic *s, struct run *run);

/** synthetic_write() - write @run as a recorder would; 0 or -errno */
int synthetic_write(const struct run *run, const char *path);

/** synthetic_write_count() - the default run, of @count samples; as above */
int synthetic_write_count(uint64_t count, const char *path);

#endif /* XLAT_SYNTHETIC_H */
