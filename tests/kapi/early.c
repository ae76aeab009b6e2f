// SPDX-License-Identifier: GPL-2.0
/*
 * Early interrupts. Real timers are never early, so a kprobe of the test-only
 * module makes each entry earlier before the engine gets it. The real engine,
 * in the kernel, must count these samples as early and keep their sign.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "account.h"
#include "ktap.h"
#include "session.h"
#include "truth_device.h"

enum { COUNT = 200 };

#define PERIOD_NS 1009000ULL

static int record(struct session *s, uint32_t source)
{
	session_init(s, source, 1ULL << cpu_last(), PERIOD_NS);
	s->setup.limit = COUNT;
	return session_record(s, 60000);
}

static uint64_t negative(const struct account *a)
{
	uint64_t n = 0, i;

	for (i = 0; i < a->received; i++)
		n += account_lateness(&a->samples[i]) < 0;
	return n;
}

/* @all: @shift exceeds the highest lateness, so that all samples are early. */
static void check_shift(uint32_t source, uint64_t shift, bool all)
{
	unsigned int cpu = cpu_last();
	const struct xlat_counters *c;
	const char *error;
	struct account a;
	struct session s;
	int failed = truth_bend(shift, 0);

	if (!failed)
		failed = record(&s, source);
	truth_bend(0, 0);
	if (!ktap_ok(!failed, "%s: recording, entries %" PRIu64 " earlier",
		     source_name(source), shift))
		return;
	a = account_take(s.map[cpu]);
	c = &s.map[cpu]->counters;
	error = account_check(&a);
	ktap_ok(!error, "account: %s", error ? error : "adds up");
	ktap_is((long long)c->early, (long long)negative(&a), "early counted");
	ktap_ok(c->early > (all ? COUNT * 9 / 10 : 0),
		"%llu of %d samples are early", c->early, COUNT);
	ktap_ok(c->min_ticks < 0 && c->min_ticks >= -(int64_t)shift,
		"minimum %lld", c->min_ticks);
	ktap_ok(!all || account_median(&a) < 0, "median %" PRId64,
		account_median(&a));
	free((void *)a.samples);
	session_close(&s);
}

static void check_source(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct account a;
	struct session s;
	int64_t path, most;

	if (!ktap_ok(!record(&s, source), "%s: recording", source_name(source)))
		return;
	a = account_take(s.map[cpu]);
	path = account_median(&a);
	most = s.map[cpu]->counters.max_ticks;
	free((void *)a.samples);
	ktap_ok(!s.map[cpu]->counters.early, "nothing is early by itself");
	session_close(&s);
	check_shift(source, 2 * (uint64_t)most, true);
	check_shift(source, (uint64_t)path * 9 / 8, false);
}

int main(void)
{
	uint32_t source;
	int error;

	pin_to(0);
	if (!ktap_ok(!truth_open(), "test-only module"))
		return ktap_end();
	error = truth_bend(1, 0);
	truth_bend(0, 0);
	if (error) {
		ktap_skip("no kprobes (%d)", error);
		return ktap_end();
	}
	for (source = 0; source < SOURCES; source++) {
		if (source_free(source))
			check_source(source);
		else
			ktap_skip("%s is not free", source_name(source));
	}
	return ktap_end();
}
