/* SPDX-License-Identifier: MIT */
/* One measurement: the grid, the handler, the samples and the histograms. */
#ifndef GUEST_MEASURE_H
#define GUEST_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include <uapi/xlat.h>

#include "gic.h"
#include "timer.h"

/**
 * struct measurement - set-up and result; nothing is sent before the end
 * @map: set-up, probes and account, as in the map of the module
 * @samples: room for @map.limit samples
 * @late: buckets of the histogram of non-negative lateness
 * @early: buckets of the histogram of negative lateness
 * @strangers: number of interrupts other than the timer's
 * @gic: the interrupt controller
 * @timer: the measured timer
 * @intid: INTID of its interrupt
 * @busy: wait in a busy loop instead of wfi
 * @delay_ticks: minimum time before the first deadline
 * @phase_ticks: offset of the grid from multiples of the period, in ticks
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

/**
 * measure_try_interrupt() - does the timer's interrupt arrive?
 * @tried: its @gic, @timer and @intid are used
 * @ticks: how long to wait, in ticks of the counter
 *
 * Call it with CPU interrupts masked, before measure(). It leaves the timer
 * masked.
 *
 * Return: false if @intid did not arrive.
 */
bool measure_try_interrupt(const struct measurement *tried, uint64_t ticks);

/** measure() - arm the timer; return after @map.limit samples */
void measure(struct measurement *measurement);

/**
 * measure_interrupt() - the handler; the IRQ vector calls it
 * @entry: the counter at the entry of the exception, in ticks
 *
 * Return: true if this was the last interrupt.
 */
bool measure_interrupt(uint64_t entry);

#endif /* GUEST_MEASURE_H */
