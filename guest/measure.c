// SPDX-License-Identifier: MIT
/*
 * The same engine as in the module (kmod/engine.c, kmod/source_arm.c), but
 * without a ring, without a reader and without the overload protection.
 */
#include "core/grid.h"
#include "core/histogram.h"
#include "measure.h"
#include "probe.h"
#include "registers.h"

void wait_wfi(void);
void wait_busy(void);

static struct measurement *m;
static struct xlat_grid grid;
static uint64_t point, deadline, missed;

static void account(int64_t lateness)
{
	uint64_t *buckets = lateness < 0 ? m->early : m->late;

	buckets[xlat_bucket(xlat_magnitude(lateness))]++;
	xlat_counters_add(&m->map.counters, lateness, m->map.warmup);
}

static void keep(uint64_t entry)
{
	m->samples[m->map.head++] = (struct xlat_sample) {
		.deadline = deadline,
		.entry = entry,
		.missed = missed > UINT32_MAX ? UINT32_MAX : (uint32_t)missed,
		.flags = missed > UINT32_MAX ? XLAT_SAMPLE_SATURATED : 0,
	};
}

/* Choose the first point at or after @from that is not yet due at @now. */
static void choose(uint64_t from, uint64_t now)
{
	point = xlat_grid_next(&grid, from, now);
	missed = point - from;
	m->map.counters.missed += missed;
	deadline = xlat_grid_deadline(&grid, point);
}

static void account_busy(uint64_t busy)
{
	struct xlat_counters *c = &m->map.counters;

	c->busy_ticks += busy;
	if (busy > c->busy_max_ticks)
		c->busy_max_ticks = busy;
}

static bool take_sample(uint64_t entry)
{
	uint64_t now;

	account((int64_t)(entry - deadline));
	keep(entry);
	now = m->timer->now();
	account_busy(now - entry);
	if (m->map.counters.count == m->map.limit) {
		m->map.stop_ticks = grid.start + point * grid.period;
		m->map.end_reason = XLAT_END_LIMIT;
		m->map.state = XLAT_STATE_STOPPED;
		return true;
	}
	choose(point + 1, now);
	return false;
}

/*
 * Re-arming writes CVAL, which also lowers the interrupt line. CTL is written
 * only if IMASK is set: Xen sets it when it injects the virtual timer's
 * interrupt, to lower the line (vtimer_interrupt() in xen/arch/arm/time.c).
 */
static bool fire(uint64_t entry)
{
	uint64_t control = m->timer->control();

	if (m->map.state != XLAT_STATE_RUNNING)
		return true;
	if (!(control & TIMER_ISTATUS)) {
		m->map.counters.spurious++;
		if (control & TIMER_IMASK)
			m->timer->write_control(TIMER_ENABLE);
		return false;
	}
	if (take_sample(entry)) {
		m->timer->write_control(TIMER_IMASK);
		return true;
	}
	m->timer->write_deadline(deadline);
	if (control & TIMER_IMASK)
		m->timer->write_control(TIMER_ENABLE);
	return false;
}

bool measure_interrupt(uint64_t entry)
{
	uint32_t acknowledged = m->gic->acknowledge();
	uint32_t intid = acknowledged & 0x3ff;
	bool last = false;

	if (intid == m->intid)
		last = fire(entry);
	else
		m->strangers++;
	if (intid < GIC_SPECIAL)
		m->gic->end(acknowledged);
	return last;
}

/*
 * The grid points are the counter's multiples of the period, plus the phase.
 * So the position of the grid does not depend on when the guest was started.
 */
static void begin(void)
{
	uint64_t period = m->map.period_ticks;
	uint64_t now = m->timer->now();
	uint64_t after = now + m->delay_ticks;

	grid = (struct xlat_grid) {
		.start = (after / period + 1) * period + m->phase_ticks,
		.period = period,
		.dither = m->map.dither_ticks,
		.seed = m->map.seed,
	};
	m->map.start_ticks = grid.start;
	choose(0, now);
	m->map.state = XLAT_STATE_RUNNING;
}

/* Plain instructions are cheap to emulate; reads of the GIC are not. */
static void pause_polling(void)
{
	uint64_t left = 1000;

	asm volatile("1:	subs	%0, %0, #1\n"
		     "	b.ne	1b\n"
		     : "+r" (left) : : "cc");
}

/*
 * CPU interrupts are masked, so this polls the GIC. It runs before the
 * measurement, so that it does not change the measured times. It asks the GIC
 * after each look at the counter, so it is asked at least once after the limit,
 * even if a hypervisor stops this CPU for long.
 */
bool measure_try_interrupt(const struct measurement *tried, uint64_t ticks)
{
	const struct timer *timer = tried->timer;
	uint64_t begin = timer->now(), now;
	uint32_t acknowledged;
	bool arrived;

	timer->write_control(TIMER_IMASK);
	timer->write_deadline(begin);
	tried->gic->enable(tried->intid);
	timer->write_control(TIMER_ENABLE);
	do {
		pause_polling();
		now = timer->now();
		acknowledged = tried->gic->acknowledge();
		/* Something else may assert a wrong INTID. */
		arrived = (acknowledged & 0x3ff) == tried->intid &&
			  timer->control() & TIMER_ISTATUS;
		if ((acknowledged & 0x3ff) < GIC_SPECIAL && !arrived)
			tried->gic->end(acknowledged);
	} while (!arrived && now - begin < ticks);
	timer->write_control(TIMER_IMASK);
	if (arrived)
		tried->gic->end(acknowledged);
	return arrived;
}

void measure(struct measurement *measurement)
{
	m = measurement;
	xlat_counters_init(&m->map.counters);
	write_register(m->timer->vectors, vbar_el1);
	isb();
	probe(m->timer, &m->map.before);
	begin();
	m->timer->write_control(TIMER_IMASK);
	m->timer->write_deadline(deadline);
	m->gic->enable(m->intid);
	m->timer->write_control(TIMER_ENABLE);
	if (m->busy)
		wait_busy();
	else
		wait_wfi();
	probe(m->timer, &m->map.after);
}
