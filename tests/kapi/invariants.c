// SPDX-License-Identifier: GPL-2.0
/*
 * The account of every recording adds up, for each usable source, phase mode,
 * dither, period and end reason.
 */
#include <stdlib.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

#define US 1000ULL

static const uint64_t periods[] = { 10 * US, 100 * US, 333333, 1009 * US };

static const char *const phase_names[] = { "staggered", "aligned", "random" };

static const char *check_all(const struct session *s)
{
	const char *error = NULL;
	int cpu;

	for (cpu = 0; !error && cpu < CPUS_MAX; cpu++)
		if (s->map[cpu])
			error = account_check_map(s->map[cpu]);
	return error;
}

static const char *check_phase(const struct session *s, uint32_t mode)
{
	unsigned int n = (unsigned int)__builtin_popcountll(s->cpus), nth = 0;
	uint64_t first = 0, offset;
	int cpu;

	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		if (!s->map[cpu])
			continue;
		if (!nth)
			first = s->map[cpu]->start_ticks;
		offset = s->map[cpu]->start_ticks - first;
		if (mode == XLAT_PHASE_STAGGERED &&
		    offset != s->setup.period_ticks * nth / n)
			return "not staggered";
		if (mode == XLAT_PHASE_ALIGNED && offset)
			return "not aligned";
		if (mode == XLAT_PHASE_RANDOM &&
		    (int64_t)offset >= (int64_t)s->setup.period_ticks)
			return "more than a period apart";
		nth++;
	}
	return NULL;
}

static void record(uint32_t source, uint64_t cpus, uint64_t period,
		   uint32_t mode, bool dither, uint64_t limit)
{
	const char *error;
	struct session s;
	int failed, ms;

	session_init(&s, source, cpus, period);
	s.setup.phase_mode = mode;
	s.setup.dither_ns = dither ? period / 2 : 0;
	s.setup.seed = period + mode;
	s.setup.limit = limit;
	s.setup.warmup = 30;
	ms = limit ? 60000 : (int)(10 + 80 * period / 1000000);
	failed = session_record(&s, ms);
	if (failed) {
		ktap_ok(false, "%s %llu ns: recording: %d", source_name(source),
			(unsigned long long)period, failed);
		return;
	}
	error = check_all(&s);
	if (!error)
		error = check_phase(&s, mode);
	ktap_ok(!error, "%s, %llu ns, %s%s, %s, %d CPUs%s%s",
		source_name(source), (unsigned long long)period,
		phase_names[mode], dither ? ", dither" : "",
		limit ? "limit" : "STOP", __builtin_popcountll(cpus),
		error ? ": " : "", error ? error : "");
	session_close(&s);
}

static void check_source(uint32_t source)
{
	uint64_t last = 1ULL << cpu_last(), all = cpus_online();
	uint32_t mode, dither;
	size_t i;

	for (i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		/* One shared clock: the shortest period fits one CPU only. */
		uint64_t cpus = periods[i] < 50 * US ? last : all;

		for (mode = 0; mode < 3; mode++)
			for (dither = 0; dither < 2; dither++) {
				record(source, cpus, periods[i], mode, dither, 80);
				record(source, cpus, periods[i], mode, dither, 0);
			}
	}
	record(source, last, 200 * US, XLAT_PHASE_STAGGERED, true, 3000);
}

/* The same seed gives the same phases and dither; another seed does not. */
static void check_seed(void)
{
	uint64_t offset[3], dither[3];
	struct session s;
	bool apart = true;
	int i;

	for (i = 0; i < 3; i++) {
		session_init(&s, XLAT_SOURCE_HRTIMER, 3, 1009 * US);
		s.setup.phase_mode = XLAT_PHASE_RANDOM;
		s.setup.dither_ns = 100 * US;
		s.setup.seed = i < 2 ? 42 : 43;
		s.setup.limit = 5;
		if (session_record(&s, 10000)) {
			ktap_ok(false, "seed: recording");
			return;
		}
		offset[i] = s.map[1]->start_ticks - s.map[0]->start_ticks;
		dither[i] = s.map[1]->seed;
		apart = apart && s.map[0]->seed != s.map[1]->seed;
		session_close(&s);
	}
	ktap_ok(offset[0] == offset[1] && dither[0] == dither[1],
		"the same seed, the same phases");
	ktap_ok(offset[0] != offset[2] && dither[0] != dither[2],
		"another seed, other phases");
	ktap_ok(apart, "every CPU has another dither");
}

/* One sample fewer than the ring has slots, as many, and one more. */
static void check_ring_edges(uint32_t source)
{
	uint64_t limit;

	for (limit = 63; limit <= 66; limit++) {
		struct session s;
		const char *error;

		session_init(&s, source, 1ULL << cpu_last(), 100 * US);
		s.setup.slots = 64;
		s.setup.limit = limit;
		if (session_record(&s, 10000)) {
			ktap_ok(false, "ring: recording");
			return;
		}
		error = check_all(&s);
		ktap_ok(!error && s.map[cpu_last()]->head == limit,
			"%s: %llu samples through 64 slots%s%s",
			source_name(source), (unsigned long long)limit,
			error ? ": " : "", error ? error : "");
		session_close(&s);
	}
}

int main(void)
{
	uint32_t source;

	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_source(source);
		check_ring_edges(source);
	}
	check_seed();
	return ktap_end();
}
