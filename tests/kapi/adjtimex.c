// SPDX-License-Identifier: GPL-2.0
/*
 * NTP may run CLOCK_MONOTONIC up to 500 ppm fast or slow. Deadline and entry
 * of an hrtimer are of that one clock, so no error builds up. What remains:
 * Linux programs the event device at the nominal rate, so an interrupt that is
 * one period away comes 500 ppm of a period late.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/timex.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum { COUNT = 1000 };

#define PERIOD_NS 101000ULL

static int set_ppm(long ppm)
{
	struct timex t = { .modes = ADJ_FREQUENCY, .freq = ppm * 65536 };

	return adjtimex(&t) < 0;
}

static int64_t median(uint32_t source, long ppm)
{
	unsigned int cpu = cpu_last();
	struct account a;
	struct session s;
	int64_t value;

	session_init(&s, source, 1ULL << cpu, PERIOD_NS);
	s.setup.limit = COUNT;
	if (session_begin(&s) || session_start(&s) || set_ppm(ppm) ||
	    session_wait(&s, 5000) || session_stop(&s)) {
		ktap_ok(false, "recording at %ld ppm", ppm);
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

int main(void)
{
	int64_t base, fast, slow, slack;

	pin_to(0);
	base = median(XLAT_SOURCE_HRTIMER, 0);
	fast = median(XLAT_SOURCE_HRTIMER, 500);
	slow = median(XLAT_SOURCE_HRTIMER, -500);
	/* The event device's share, and 2 %. */
	slack = (int64_t)PERIOD_NS * 500 / 1000000 + base / 50;
	ktap_ok(llabs(fast - base) <= slack,
		"median %" PRId64 ", at +500 ppm %" PRId64, base, fast);
	ktap_ok(llabs(slow - base) <= slack,
		"median %" PRId64 ", at -500 ppm %" PRId64, base, slow);
	return ktap_end();
}
