// SPDX-License-Identifier: GPL-2.0
/*
 * NTP may run CLOCK_MONOTONIC up to 500 ppm fast or slow. The deadline and the
 * entry of an hrtimer are both times of that clock, so no error builds up. One
 * effect remains: Linux programs the event device at the nominal rate, so an
 * interrupt that is one period away comes late (or early) by 500 ppm of the
 * period. The median must move by exactly that: 10 ns at a period of 20 us.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/timex.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum { COUNT = 4000, PPM = 500 };

static int set_ppm(long ppm)
{
	struct timex t = { .modes = ADJ_FREQUENCY, .freq = ppm * 65536 };

	return adjtimex(&t) < 0;
}

static int64_t median(uint64_t period_ns, long ppm)
{
	unsigned int cpu = cpu_last();
	struct account a;
	struct session s;
	int64_t value;

	session_init(&s, XLAT_SOURCE_HRTIMER, 1ULL << cpu, period_ns);
	s.setup.limit = COUNT;
	if (session_begin(&s) || session_start(&s) || set_ppm(ppm) ||
	    session_wait(&s, 5000) || session_stop(&s)) {
		ktap_timed(false, "recording at %ld ppm", ppm);
		return 0;
	}
	a = account_take(s.map[cpu]);
	ktap_ok(!account_check(&a), "recording at %+ld ppm", ppm);
	value = account_median(&a);
	free((void *)a.samples);
	session_close(&s);
	set_ppm(0);
	return value;
}

static void check_shift(uint64_t period_ns, long ppm, int64_t base)
{
	int64_t share = (int64_t)period_ns * ppm / 1000000;
	int64_t moved = median(period_ns, ppm) - base;
	int64_t slack = base / 200 > 2 ? base / 200 : 2;

	ktap_timed(llabs(moved - share) <= slack,
		"period %" PRIu64 " ns, %+ld ppm: median %" PRId64
		" moved by %" PRId64 ", the event device's share is %" PRId64,
		period_ns, ppm, base, moved, share);
}

static void check_period(uint64_t period_ns)
{
	int64_t base = median(period_ns, 0);

	check_shift(period_ns, PPM, base);
	check_shift(period_ns, -PPM, base);
}

int main(void)
{
	pin_to(0);
	check_period(20000);
	check_period(101000);
	return ktap_end();
}
