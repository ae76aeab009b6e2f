/* SPDX-License-Identifier: MIT */
/*
 * How fast the measured CPUs ran, measured with the probe loop. Each CPU has
 * its own clock: a machine with two kinds of cores has no common one. No I/O.
 */
#ifndef XLAT_CORE_CLOCK_H
#define XLAT_CORE_CLOCK_H

#include <stdbool.h>

#include "user/data/report.h"
#include <uapi/xlat.h>

/** CORE_CLOCK_ALIKE: clocks that differ by at most this share are the same. */
#define CORE_CLOCK_ALIKE	0.02

/**
 * core_clock_read() - one CPU's clock before and after the run
 * @tick_hz: ticks per second; 0 if unknown, then the core clock is unknown too
 */
void core_clock_read(const struct xlat_map *map, uint64_t tick_hz,
		     struct report_summary *s);

/** core_clock_describe() - set core_hz and core_clocks of @r from its CPUs */
void core_clock_describe(struct report *r);

/** core_clock_is_known() - true if the clock of at least one CPU is known */
bool core_clock_is_known(const struct report *r);

/**
 * core_clock_same() - did the CPUs of two runs have the same clock?
 *
 * If the CPUs of one run differ from each other, the runs are compared CPU by
 * CPU, in the order of the CPU numbers.
 */
bool core_clock_same(const struct report *a, const struct report *b);

#endif /* XLAT_CORE_CLOCK_H */
