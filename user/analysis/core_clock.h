/* SPDX-License-Identifier: MIT */
/*
 * How fast the measured CPUs ran, by the probe loop. Each CPU has a clock of
 * its own: on a machine with two kinds of cores there is no common one. Pure.
 */
#ifndef XLAT_CORE_CLOCK_H
#define XLAT_CORE_CLOCK_H

#include <stdbool.h>

#include "user/data/report.h"
#include <uapi/xlat.h>

/** CORE_CLOCK_ALIKE: clocks further apart than this share are different. */
#define CORE_CLOCK_ALIKE	0.02

/**
 * core_clock_read() - one CPU's clock before and after the run
 * @tick_hz: ticks a second; 0: unknown, and so is the core clock
 */
void core_clock_read(const struct xlat_map *map, uint64_t tick_hz,
		     struct report_summary *s);

/** core_clock_describe() - @r's core_hz and core_clocks, from its CPUs */
void core_clock_describe(struct report *r);

/** core_clock_is_known() - of at least one CPU */
bool core_clock_is_known(const struct report *r);

/**
 * core_clock_same() - did two runs' CPUs run alike?
 *
 * Where a run's CPUs differ from each other: CPU by CPU, in the order of their
 * numbers.
 */
bool core_clock_same(const struct report *a, const struct report *b);

#endif /* XLAT_CORE_CLOCK_H */
