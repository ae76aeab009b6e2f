/* SPDX-License-Identifier: MIT */
/* One measurement: the grid, the handler, and the two records of a sample. */
#ifndef GUEST_MEASURE_H
#define GUEST_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/xlat.h>

#include "gic.h"
#include "timer.h"

/**
 * struct measurement - all of it; nothing of it leaves before the end
 * @map: as the module would show it: set-up, probes, account
 * @samples: @map.limit of them
 * @late: buckets of the histogram
 * @early: likewise
 * @strangers: interrupts that were none of the timer's
 * @gic: where the interrupt comes from
 * @timer: what fires
 * @intid: of its interrupt
 * @busy: spin instead of wfi
 * @delay_ticks: at least so long until the first deadline
 * @phase_ticks: of the grid against the counter's multiples of the period
 */
struct measurement {
	struct xlat_map map;
	struct xlat_sample *samples;
	uint64_t late[XLAT_BUCKETS];
	uint64_t early[XLAT_BUCKETS];
	uint64_t strangers;
	const struct gic *gic;
	const struct timer *timer;
	uint32_t intid;
	bool busy;
	uint64_t delay_ticks;
	uint64_t phase_ticks;
};

/** measure() - arm, and return when @map.limit samples are taken */
void measure(struct measurement *measurement);

/** measure_interrupt() - called by the vector; true: it was the last */
bool measure_interrupt(uint64_t entry);

#endif /* GUEST_MEASURE_H */
