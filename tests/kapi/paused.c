// SPDX-License-Identifier: GPL-2.0
/*
 * The host pauses this virtual machine while sessions run. Time goes on in a
 * pause. On each CPU the sample whose interrupt was due in it is late by its
 * length, and no other sample is; the next sample counts the points in between
 * as missed. A thread on each CPU, which uses no xlat, sees how long it stood
 * still: no lateness exceeds that by much.
 *
 *	paused SECONDS		for each source, wait at most that long for a
 *				pause; the host makes each PAUSE_MS long or more
 */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

#define MS 1000000LL

enum {
	PERIOD_MS = 1, PAUSE_MS = 2000, ASLEEP_MS = 5, AFTERWARDS_MS = 300,
	/* a busy host may raise the interrupts of two timers at two times */
	APART_MS = 500,
};

/* struct watch - how long the thread of a CPU stood still at most */
struct watch {
	pthread_t thread;
	unsigned int cpu;
	int64_t gap_ns;		/* atomic */
};

static struct watch watches[CPUS_MAX];
static bool over;		/* atomic */

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void *watch(void *of)
{
	struct watch *w = of;
	int64_t before, now;

	pin_to(w->cpu);
	before = now_ns();
	while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
		sleep_ms(ASLEEP_MS);
		now = now_ns();
		if (now - before > w->gap_ns)
			__atomic_store_n(&w->gap_ns, now - before,
					 __ATOMIC_RELAXED);
		before = now;
	}
	return NULL;
}

static bool all_paused(uint64_t cpus)
{
	unsigned int cpu;

	for (cpu = 0; cpu < CPUS_MAX; cpu++)
		if (cpus >> cpu & 1 &&
		    __atomic_load_n(&watches[cpu].gap_ns, __ATOMIC_RELAXED) <
		    PAUSE_MS * MS)
			return false;
	return true;
}

/* Record until each CPU has stood still for as long as a pause. */
static bool record(struct session *s, unsigned int seconds)
{
	int64_t end = now_ns() + seconds * 1000LL * MS;
	unsigned int cpu;
	bool paused;

	over = false;
	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		watches[cpu] = (struct watch){ .cpu = cpu };
		if (s->cpus >> cpu & 1)
			pthread_create(&watches[cpu].thread, NULL, watch,
				       &watches[cpu]);
	}
	do
		sleep_ms(AFTERWARDS_MS);
	while (!(paused = all_paused(s->cpus)) && now_ns() < end);
	sleep_ms(AFTERWARDS_MS);
	__atomic_store_n(&over, true, __ATOMIC_RELAXED);
	for (cpu = 0; cpu < CPUS_MAX; cpu++)
		if (s->cpus >> cpu & 1)
			pthread_join(watches[cpu].thread, NULL);
	return paused;
}

static int64_t ns_of(const struct xlat_map *map, uint64_t ticks)
{
	return (int64_t)((double)ticks * 1e9 / (double)map->tick_hz);
}

static int64_t lateness_ns(const struct account *a, uint64_t i)
{
	int64_t ticks = account_lateness(&a->samples[i]);

	return ticks < 0 ? 0 : ns_of(a->map, (uint64_t)ticks);
}

/* A deadline came at most a period after the pause began. */
static bool is_pause(const struct account *a, uint64_t i)
{
	return lateness_ns(a, i) >= (PAUSE_MS - 2 * PERIOD_MS) * MS;
}

static void check_pause(const struct account *a, uint64_t i, unsigned int cpu)
{
	int64_t late = lateness_ns(a, i), gap = watches[cpu].gap_ns, missed;
	int64_t busy = ns_of(a->map, a->map->counters.busy_max_ticks);

	ktap_ok(late <= gap + APART_MS * MS,
		"CPU %u: late by %lld ms; the CPU stood still for %lld ms", cpu,
		(long long)(late / MS), (long long)(gap / MS));
	if (!ktap_ok(i + 1 < a->received, "CPU %u: samples follow", cpu))
		return;
	missed = a->samples[i + 1].missed * (int64_t)PERIOD_MS * MS;
	ktap_ok(missed <= late + busy && missed + PERIOD_MS * MS >= late,
		"CPU %u: the next sample counts %u points missed", cpu,
		a->samples[i + 1].missed);
}

static void check_cpu(const struct xlat_map *map, unsigned int cpu)
{
	const char *error = account_check_map(map);
	struct account a;
	uint64_t i, at = 0;
	int pauses = 0;

	ktap_ok(!error, "CPU %u: the account adds up%s%s", cpu,
		error ? ": " : "", error ? error : "");
	ktap_is(map->end_reason, XLAT_END_STOP, "ended: stop");
	a = account_take(map);
	for (i = 0; i < a.received; i++)
		if (is_pause(&a, i)) {
			pauses++;
			at = i;
		}
	ktap_ok(pauses == 1 && !a.lost,
		"CPU %u: %d of %llu samples are late by a pause", cpu, pauses,
		(unsigned long long)a.received);
	if (pauses == 1)
		check_pause(&a, at, cpu);
	free((void *)a.samples);
}

static void check(uint32_t source, unsigned int seconds)
{
	struct session s;
	unsigned int cpu;

	session_init(&s, source, cpus_online(), PERIOD_MS * MS);
	s.setup.slots = 1 << 16;
	if (!ktap_ok(!session_begin(&s) && !session_start(&s), "%s: started",
		     source_name(source)))
		return;
	ktap_ok(record(&s, seconds), "%s: the machine was paused",
		source_name(source));
	ktap_is(session_stop(&s), 0, "STOP");
	for (cpu = 0; cpu < CPUS_MAX; cpu++)
		if (s.map[cpu])
			check_cpu(s.map[cpu], cpu);
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
