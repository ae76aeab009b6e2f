// SPDX-License-Identifier: GPL-2.0
/*
 * The time of day jumps by an hour, forwards and backwards, while sessions run.
 * No clock of a session jumps: every account adds up, no sample is early, and
 * none is late by more than the recording took. A busy host can make a sample
 * late by nearly that, but none early.
 */
#include <sys/time.h>
#include <time.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum { STEPS = 20, HOUR = 3600, EARLY_MAX_NS = 1000 /* rounding of clocks */ };

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static bool step(int seconds)
{
	struct timeval t;

	gettimeofday(&t, NULL);
	t.tv_sec += seconds;
	return !settimeofday(&t, NULL);
}

static int64_t ns_of(const struct xlat_map *map, int64_t ticks)
{
	return (int64_t)((double)ticks * 1e9 / (double)map->tick_hz);
}

static void check(uint32_t source)
{
	int64_t begin = now_ns(), took, most = 0, least = 0, ns;
	const char *error = NULL;
	struct session s;
	unsigned int cpu;
	int i, done = 0;

	session_init(&s, source, cpus_online(), 1000000);
	if (!ktap_ok(!session_begin(&s) && !session_start(&s), "%s: started",
		     source_name(source)))
		return;
	for (i = 0; i < STEPS; i++) {
		done += step(i % 2 ? -HOUR : HOUR);
		sleep_ms(20);
	}
	ktap_is(done, STEPS, "steps of the clock");
	ktap_is(session_stop(&s), 0, "STOP");
	took = now_ns() - begin;
	for (cpu = 0; cpu < CPUS_MAX && !error; cpu++) {
		if (!s.map[cpu])
			continue;
		if (!s.map[cpu]->counters.count)
			error = "no sample";
		else
			error = account_check_map(s.map[cpu]);
		ns = ns_of(s.map[cpu], s.map[cpu]->counters.max_ticks);
		most = ns > most ? ns : most;
		ns = ns_of(s.map[cpu], s.map[cpu]->counters.min_ticks);
		least = ns < least ? ns : least;
	}
	ktap_ok(!error, "every account adds up%s%s", error ? ": " : "",
		error ? error : "");
	ktap_ok(most <= took, "no lateness exceeds the recording: %lld us",
		(long long)(most / 1000));
	ktap_ok(-least <= EARLY_MAX_NS, "no sample is early: %lld ns",
		(long long)-least);
	session_close(&s);
}

int main(void)
{
	uint32_t source;

	/* Linux refuses a time before its boot; some machines begin in 1970. */
	step(2 * HOUR);
	for (source = 0; source < SOURCES; source++)
		if (source_free(source))
			check(source);
		else
			ktap_skip("%s is not free", source_name(source));
	return ktap_end();
}
