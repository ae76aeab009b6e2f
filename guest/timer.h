/* SPDX-License-Identifier: MIT */
/* The EL1 timers of the Arm generic timer, as two tables. */
#ifndef GUEST_TIMER_H
#define GUEST_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#define TIMER_ENABLE	(1u << 0)
#define TIMER_IMASK	(1u << 1)
#define TIMER_ISTATUS	(1u << 2)

/**
 * struct timer - one of them; accessors hold the isb that they need
 * @name: xlat.timer=
 * @source: enum xlat_source_id
 * @dt_name: in the timer node's interrupt-names
 * @dt_index: of its interrupt where the node has no names
 * @vectors: the table whose IRQ vector reads its counter
 * @now: the counter
 * @control: CTL
 * @write_control: CTL
 * @write_deadline: CVAL
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
 * struct timer_facts - what is known of the machine's timers
 * @cntfrq_hz: CNTFRQ_EL0
 * @dt_hz: the timer node's clock-frequency; 0: it has none
 * @intid: of the timer's interrupt
 */
struct timer_facts {
	uint64_t cntfrq_hz;
	uint64_t dt_hz;
	uint32_t intid;
};

/**
 * timer_learn() - fill @facts of @timer
 * @gic: node of the interrupt controller
 */
bool timer_learn(const struct timer *timer, int gic, struct timer_facts *facts);

/** timer_hz() - as Linux decides it: the device tree's word counts first */
uint64_t timer_hz(const struct timer_facts *facts);

#endif /* GUEST_TIMER_H */
