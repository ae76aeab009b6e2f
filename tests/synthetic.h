/* SPDX-License-Identifier: MIT */
/*
 * Makes up runs in memory with the arithmetic of the engine: grid, counters and
 * buckets come from the headers in core/. Tests that need a wrong run damage it
 * afterwards.
 */
#ifndef XLAT_SYNTHETIC_H
#define XLAT_SYNTHETIC_H

#include <stddef.h>
#include <stdint.h>

#include "user/data/run.h"

/**
 * struct synthetic - what to make up
 * @lateness: of sample @i on @cpu, in ticks; NULL: synthetic_lateness()
 * @first_cpu: the first measured CPU
 * @cpu_count: number of measured CPUs
 * @lost_from: the first lost sample
 * @lost: number of lost samples: the reader slept, and they were overwritten
 * @environment: JSON; NULL: synthetic_environment()
 * @loop_ticks: ticks of the probe loop of 100,000 instructions; 0: not timed
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

/** synthetic_run() - make @run; aborts if there is no memory */
void synthetic_run(const struct synthetic *s, struct run *run);

/** synthetic_write() - write @run like a recorder; returns 0 or -errno */
int synthetic_write(const struct run *run, const char *path);

/** synthetic_write_count() - write the default run with @count samples */
int synthetic_write_count(uint64_t count, const char *path);

#endif /* XLAT_SYNTHETIC_H */
