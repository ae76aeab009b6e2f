// SPDX-License-Identifier: GPL-2.0
/*
 * The session stops itself to protect the machine, keeps its samples and logs
 * one line.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"
#include "truth_device.h"

#define US 1000ULL

static int log_fd;

static void log_mark(void)
{
	lseek(log_fd, 0, SEEK_END);
}

static int log_count(const char *text)
{
	char record[1024];
	int n = 0;
	ssize_t got;

	for (;;) {
		got = read(log_fd, record, sizeof(record) - 1);
		if (got < 0 && errno == EPIPE)
			continue;
		if (got <= 0)
			return n;
		record[got] = '\0';
		n += strstr(record, text) != NULL;
	}
}

static bool is_protection(uint32_t reason)
{
	return reason == XLAT_END_MISSED || reason == XLAT_END_SHARE;
}

/* The busy CPU ended for @reason; the other one was stopped with it. */
static void check_outcome(struct session *s, unsigned int cpu, uint32_t reason)
{
	const struct xlat_map *map = s->map[cpu];
	const char *error;
	int i;

	if (!ktap_timed_is(session_wait(s, 5000), 0,
			   "the session has ended by itself"))
		session_stop(s);
	sleep_ms(20);
	ktap_timed_is(map->end_reason, reason, "end reason");
	ktap_ok(map->counters.count, "%llu samples are kept, %llu missed",
		map->counters.count, map->counters.missed);
	for (i = 0; i < CPUS_MAX; i++) {
		if (!s->map[i])
			continue;
		error = account_check_map(s->map[i]);
		ktap_ok(!error, "CPU %d: account: %s", i,
			error ? error : "adds up");
		if (i == (int)cpu)
			continue;
		ktap_ok(s->map[i]->end_reason == XLAT_END_STOP ||
			is_protection(s->map[i]->end_reason),
			"the other CPU was stopped, or protected itself");
		ktap_timed_is(s->map[i]->end_reason, XLAT_END_STOP,
			      "the other CPU was stopped");
	}
	ktap_timed_is(log_count("session stopped"), 1, "one line in the log");
	ktap_is(session_stop(s), 0, "STOP is not an error");
	session_close(s);
	session_init(s, s->setup.source, 1, 1000 * US);
	s->setup.limit = 5;
	ktap_is(session_record(s, 5000), 0, "the next session works");
	session_close(s);
}

/* Interrupts are kept off again and again, each time for two points. */
static void check_missed(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct truth_mask mask;
	struct session s;
	int i;

	session_init(&s, source, 1 | 1ULL << cpu, 200 * US);
	log_mark();
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	pin_to(cpu);
	sleep_ms(30);
	for (i = 0; i < 400 && s.map[cpu]->state == XLAT_STATE_RUNNING; i++)
		truth_mask(source, s.setup.period_ticks * 5 / 2, &mask);
	pin_to(0);
	ktap_timed(i > 40 && i < 400, "%s: ended after %d windows",
		source_name(source), i);
	check_outcome(&s, cpu, XLAT_END_MISSED);
}

/* Our own handler takes three quarters of the CPU. */
static void check_share(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct session s;

	session_init(&s, source, 1ULL << cpu, 400 * US);
	log_mark();
	if (truth_bend(0, 300 * US)) {
		ktap_skip("%s: share: no kprobes", source_name(source));
		return;
	}
	if (session_begin(&s) || session_start(&s)) {
		ktap_ok(false, "%s: start", source_name(source));
		return;
	}
	/* Three windows of 0.1 s; the first one begins at START. */
	sleep_ms(500);
	truth_bend(0, 0);
	check_outcome(&s, cpu, XLAT_END_SHARE);
}

/* A handler that takes a tenth of the CPU is no reason to stop. */
static void check_tolerated(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct session s;

	session_init(&s, source, 1ULL << cpu, 400 * US);
	log_mark();
	if (truth_bend(0, 40 * US)) {
		ktap_skip("%s: share: no kprobes", source_name(source));
		return;
	}
	s.setup.limit = 700;
	ktap_is(session_record(&s, 5000), 0, "a tenth of the CPU is tolerated");
	truth_bend(0, 0);
	ktap_timed_is(s.map[cpu]->end_reason, XLAT_END_LIMIT, "end reason");
	ktap_timed_is(log_count("session stopped"), 0, "nothing in the log");
	session_close(&s);
}

int main(void)
{
	uint32_t source;

	log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (!ktap_ok(!truth_open() && log_fd >= 0, "test-only module, log"))
		return ktap_end();
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_missed(source);
		check_share(source);
		check_tolerated(source);
	}
	return ktap_end();
}
