/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A source is a kind of timer. It knows its hardware and calls xlat_fire(); it
 * knows nothing about rings or files.
 */
#ifndef XLAT_SOURCE_H
#define XLAT_SOURCE_H

#include <linux/types.h>
#include <uapi/xlat.h>

/**
 * struct xlat_source - one kind of timer
 * @name: as users write it
 * @id: enum xlat_source_id
 * @stage: enum xlat_stage: where its handler reads the clock
 * @usable: fill state, INTID and owner of @info. Return: 0 if it is free,
 *	-EBUSY if it is owned, -EOPNOTSUPP if it is absent. Process context.
 * @tick_hz: rate of @now, Hz; 0: unknown, and then @usable says absent.
 *	Process context.
 * @now: its clock. Any context.
 * @control: read its control register; NULL: it has none
 * @swallowed_by_idle: cpuidle does not know about it, so an idle state that
 *	stops local timers would swallow its interrupt
 * @claim: take the timer on all CPUs. Process context. 0 or -errno.
 * @release: undo @claim, after @cpu_stop on every CPU. When it returns, xlat's
 *	handler cannot run any more
 * @cpu_start: arm @deadline on this CPU, interrupts off; a deadline that has
 *	passed fires at once
 * @cpu_stop: undo @cpu_start on the same CPU, interrupts off: when it returns,
 *	nothing is armed there. A pending interrupt may still come; xlat_fire()
 *	then returns false
 */
struct xlat_source {
	const char *name;
	u32 id;
	u32 stage;
	int (*usable)(const struct xlat_source *source,
		      struct xlat_source_info *info);
	u64 (*tick_hz)(void);
	u64 (*now)(void);
	u64 (*control)(void);
	bool swallowed_by_idle;
	int (*claim)(const struct xlat_source *source);
	void (*release)(const struct xlat_source *source);
	void (*cpu_start)(const struct xlat_source *source, u64 deadline);
	void (*cpu_stop)(const struct xlat_source *source);
};

extern const struct xlat_source xlat_source_hrtimer;

/** xlat_arch_sources - what this architecture adds to hrtimer; ends with NULL */
extern const struct xlat_source * const xlat_arch_sources[];

/*
 * Implemented in engine.c. A source's handler calls these, on the CPU that was
 * armed, in hard interrupt context.
 */

/**
 * xlat_fire() - the interrupt that was due has been entered
 * @entry: the source's clock, read first thing in the handler
 * @next: receives the next deadline
 *
 * Return: true: arm @next; false: arm nothing, no session measures on this CPU.
 */
bool xlat_fire(u64 entry, u64 *next);

/**
 * xlat_fire_spurious() - an interrupt came although the timer has not expired
 *
 * Return: true: leave it armed; false: no session measures on this CPU.
 */
bool xlat_fire_spurious(void);

#endif /* XLAT_SOURCE_H */
