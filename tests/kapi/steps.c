// SPDX-License-Identifier: GPL-2.0
/*
 * The time of day jumps by an hour, forwards and backwards, while sessions run.
 * No clock of a session jumps: every account adds up, and no sample is late, or
 * early, by more than the recording took.
 */
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum { STEPS = 20, HOUR = 3600 };

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

/* The greatest lateness or earliness of the samples in the ring, ns. */
static int64_t extreme_ns(const struct xlat_map *map)
{
	struct account a = account_take(map);
	int64_t most = 0, ns;
	uint64_t i;

	for (i = 0; i < a.received; i++) {
		ns = (int64_t)((double)llabs(account_lateness(&a.samples[i])) *
			       1e9 / (double)map->tick_hz);
		most = ns > most ? ns : most;
	}
	free((void *)a.samples);
	return most;
}

static void check(uint32_t source)
{
	int64_t begin = now_ns(), took, most = 0;
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
		error = account_check_map(s.map[cpu]);
		if (extreme_ns(s.map[cpu]) > most)
			most = extreme_ns(s.map[cpu]);
	}
	ktap_ok(!error, "every account adds up%s%s", error ? ": " : "",
		error ? error : "");
	ktap_ok(most <= took, "no lateness exceeds the recording");
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
