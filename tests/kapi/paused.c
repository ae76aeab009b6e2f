// SPDX-License-Identifier: GPL-2.0
/*
 * The host pauses this virtual machine while sessions run. Time goes on in a
 * pause: one interrupt of each CPU is late by up to its length, the grid points
 * in it are missed, and all of them are counted.
 *
 *	paused SECONDS		for each source; the host pauses it each time
 *				for at least a second
 */
#include <stdlib.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum { PERIOD_NS = 1000000, MISSED = 900 /* in a pause of a second */ };

static void check(uint32_t source, unsigned int seconds)
{
	uint64_t limit = 2ULL * seconds * 1000, cpus = cpus_online();
	struct session s;
	unsigned int cpu;

	session_init(&s, source, cpus, PERIOD_NS);
	s.setup.slots = 1 << 16;
	if (!ktap_ok(!session_begin(&s) && !session_start(&s), "%s: started",
		     source_name(source)))
		return;
	sleep_ms(seconds * 1000);
	ktap_is(session_stop(&s), 0, "STOP");
	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		const struct xlat_map *map = s.map[cpu];
		const char *error = map ? account_check_map(map) : NULL;

		if (!map)
			continue;
		ktap_ok(!error, "CPU %u: the account adds up%s%s", cpu,
			error ? ": " : "", error ? error : "");
		ktap_ok(map->counters.missed >= MISSED && map->counters.missed <= limit,
			"CPU %u: the pause is counted: %llu points missed",
			cpu, (unsigned long long)map->counters.missed);
		ktap_ok(map->counters.max_ticks <=
			(int64_t)(map->stop_ticks - map->start_ticks),
			"CPU %u: no lateness exceeds the session", cpu);
		ktap_is(map->end_reason, XLAT_END_STOP, "ended: stop");
	}
	session_close(&s);
}

int main(int argc, char *argv[])
{
	unsigned int seconds = argc == 2 ? (unsigned int)atoi(argv[1]) : 0;
	uint32_t source;

	if (!seconds)
		return 2;
	for (source = 0; source < SOURCES; source++)
		if (source_free(source))
			check(source, seconds);
		else
			ktap_skip("%s is not free", source_name(source));
	return ktap_end();
}
