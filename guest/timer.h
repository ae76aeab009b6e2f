/* SPDX-License-Identifier: MIT */
/* The virtual and the physical EL1 timer of the Arm generic timer. */
#ifndef GUEST_TIMER_H
#define GUEST_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#define TIMER_ENABLE	(1u << 0)
#define TIMER_IMASK	(1u << 1)
#define TIMER_ISTATUS	(1u << 2)

/**
 * struct timer - one timer; the accessors contain the isb that they need
 * @name: its value of xlat.timer=
 * @source: enum xlat_source_id
 * @dt_name: its name in "interrupt-names" of the timer node
 * @dt_index: index of its interrupt if the node has no "interrupt-names"
 * @vectors: the vector table whose IRQ vector reads the counter of this timer
 * @now: read the counter
 * @control: read CTL
 * @write_control: write CTL
 * @write_deadline: write CVAL
 */
struct timer {
	const char *name;
	uint32_t source;
	const char *dt_name;
	unsigned int dt_index;
	const char *vectors;
	uint64_t (*now)(void);
	uint64_t (*control)(void);
	void (*write_control)(uint64_t value);
	void (*write_deadline)(uint64_t ticks);
};

extern const struct timer timer_virt, timer_phys;

/**
 * struct timer_facts - rate and interrupt of a timer
 * @cntfrq_hz: CNTFRQ_EL0
 * @dt_hz: "clock-frequency" of the timer node; 0: the node has none
 * @intid: INTID of the interrupt
 */
struct timer_facts {
	uint64_t cntfrq_hz;
	uint64_t dt_hz;
	uint32_t intid;
};

/**
 * timer_learn() - fill in @facts of @timer
 * @gic: node of the interrupt controller
 *
 * Return: false if the rate or the interrupt is unknown.
 */
bool timer_learn(const struct timer *timer, int gic, struct timer_facts *facts);

/** timer_hz() - the rate; like Linux, it prefers the device tree to CNTFRQ */
uint64_t timer_hz(const struct timer_facts *facts);

#endif /* GUEST_TIMER_H */
