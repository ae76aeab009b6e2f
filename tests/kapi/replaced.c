// SPDX-License-Identifier: GPL-2.0
/*
 * One session and two reader processes, which have its descriptor from the
 * process that began it. (A mapping is not inherited: each reader maps the ring
 * itself.) The first reader is stopped and continued, and then killed. The second
 * one takes over at the ring's head. The session goes on meanwhile, and the
 * account is exact: count = what both received + what both lost + what came
 * between them.
 *
 * The module ends a session with a period that the machine is too slow for. Then
 * the next longer period is tried.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account.h"
#include "guard_replay.h"
#include "ktap.h"
#include "ring_reader.h"
#include "session.h"

/* A reader that is away for three rounds of the ring must lose samples. */
enum {
	SLOTS = 16,
	AWAY = 3 * SLOTS,
	LEAST_LOST = AWAY - (SLOTS - 1),
	SOME = 20,
};

#define PATIENCE_NS	300000000000ULL

static const uint64_t periods_ns[] = { 5000000, 20000000, 80000000, 320000000 };

struct record {
	uint64_t position, received, lost, wrong, unexplained, next;
};

/*
 * What a reader says. It may be killed at any moment: it writes the record that
 * is not current, and then makes it the current one.
 */
struct report {
	struct record record[2];
	uint32_t current;
	uint64_t first_position;
	uint64_t first_deadline;
};

static struct report *reports;

static struct record current(const struct report *report)
{
	return report->record[__atomic_load_n(&report->current,
					      __ATOMIC_ACQUIRE)];
}

static void publish(struct report *report, const struct ring_reader *r)
{
	uint32_t other = !report->current;

	report->record[other] = (struct record) {
		.position = r->position, .received = r->received,
		.lost = r->lost, .wrong = r->wrong,
		.unexplained = r->unexplained, .next = r->next,
	};
	__atomic_store_n(&report->current, other, __ATOMIC_RELEASE);
}

static void read_ring(struct ring_reader *r, struct report *report)
{
	uint64_t n;
	bool ended;

	do {
		ended = __atomic_load_n(&r->map->state, __ATOMIC_ACQUIRE) ==
			XLAT_STATE_STOPPED;
		while ((n = ring_reader_drain(r))) {
			if (r->received == n)
				report->first_deadline = r->batch[0].deadline;
			publish(report, r);
		}
		publish(report, r);
		if (!ended)
			sleep_ms(1);
	} while (!ended);
}

static pid_t start_reader(struct session *s, struct report *report,
			  bool from_head)
{
	static struct ring_reader r;
	unsigned int cpu = cpu_last();
	const struct xlat_map *m;
	pid_t pid = fork();

	if (pid)
		return pid;
	if (session_map(s))
		_exit(1);
	m = s->map[cpu];
	report->first_position = from_head ?
		__atomic_load_n(&m->head, __ATOMIC_ACQUIRE) : 0;
	ring_reader_begin(&r, m, report->first_position);
	read_ring(&r, report);
	_exit(0);
}

static bool has_ended(const struct xlat_map *m)
{
	return __atomic_load_n(&m->state, __ATOMIC_ACQUIRE) ==
	       XLAT_STATE_STOPPED;
}

/* False: the session has ended before. */
static bool wait_away(const struct xlat_map *m)
{
	uint64_t until = clock_ns() + PATIENCE_NS;
	uint64_t head = __atomic_load_n(&m->head, __ATOMIC_ACQUIRE);

	while (__atomic_load_n(&m->head, __ATOMIC_ACQUIRE) < head + AWAY) {
		if (has_ended(m) || clock_ns() > until)
			return false;
		sleep_ms(5);
	}
	return !has_ended(m);
}

static bool wait_received(const struct xlat_map *m, const struct report *report,
			  uint64_t received)
{
	uint64_t until = clock_ns() + PATIENCE_NS;

	while (current(report).received < received) {
		if (has_ended(m) || clock_ns() > until)
			return false;
		sleep_ms(5);
	}
	return !has_ended(m);
}

static void end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool stop_and_go(pid_t pid, const struct xlat_map *m)
{
	struct record before, after;
	int status;

	if (!wait_received(m, &reports[0], SOME))
		return false;
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	ktap_ok(WIFSTOPPED(status), "the reader is stopped");
	before = current(&reports[0]);
	if (!wait_away(m))
		return false;
	kill(pid, SIGCONT);
	if (!wait_received(m, &reports[0], before.received + SOME))
		return false;
	after = current(&reports[0]);
	ktap_ok(after.lost - before.lost >= LEAST_LOST,
		"continued: %llu lost, %llu received since",
		(unsigned long long)(after.lost - before.lost),
		(unsigned long long)(after.received - before.received));
	return true;
}

static void check_account(const struct xlat_map *m)
{
	struct record dead = current(&reports[0]), heir = current(&reports[1]);
	uint64_t between = reports[1].first_position - dead.position;
	uint64_t first = (reports[1].first_deadline - m->start_ticks) /
			 m->period_ticks;
	struct account a = {
		.map = m, .received = dead.received + heir.received,
		.lost = dead.lost + between + heir.lost,
	};
	const char *error = account_check(&a);

	ktap_ok(!error, "%llu + %llu received, %llu + %llu lost, %llu between: %s",
		(unsigned long long)dead.received,
		(unsigned long long)heir.received,
		(unsigned long long)dead.lost, (unsigned long long)heir.lost,
		(unsigned long long)between, error ? error : "the account adds up");
	ktap_ok(between >= AWAY, "samples were lost between the readers");
	ktap_ok(first >= dead.next + between,
		"each of them had a point between those of the readers");
	ktap_is((long long)(dead.wrong + heir.wrong), 0,
		"samples that are not the next one");
	ktap_is((long long)(dead.unexplained + heir.unexplained), 0,
		"samples lost although their reader was not away for long");
}

/* False: the session ended before its time. */
static bool act(struct session *s, const struct xlat_map *m)
{
	pid_t pid = start_reader(s, &reports[0], false);
	bool good = stop_and_go(pid, m);
	int status;

	end_child(pid);
	if (!good || !wait_away(m))
		return false;
	ktap_ok(true, "the session goes on without a reader");
	pid = start_reader(s, &reports[1], true);
	if (!wait_received(m, &reports[1], SOME)) {
		end_child(pid);
		return false;
	}
	ktap_is(session_stop(s), 0, "STOP");
	waitpid(pid, &status, 0);
	ktap_is(status, 0, "the second reader has read all");
	check_account(m);
	return true;
}

/* Returns false if the machine was too slow. */
static bool check(uint32_t source, uint64_t period_ns)
{
	unsigned int cpu = cpu_last();
	struct session s;
	bool slow = false;

	session_init(&s, source, 1ULL << cpu, period_ns);
	s.setup.slots = SLOTS;
	s.setup.dither_ns = period_ns / 4;
	if (session_begin(&s) || session_start(&s)) {
		session_close(&s);
		ktap_ok(false, "%s: start", source_name(source));
		return true;
	}
	reports[0] = (struct report) { 0 };
	reports[1] = (struct report) { 0 };
	if (!act(&s, s.map[cpu])) {
		session_stop(&s);
		slow = guard_ended(s.map[cpu]);
		ktap_ok(slow, "%s, %llu us: ended early, by the guard: end %u",
			source_name(source),
			(unsigned long long)period_ns / 1000,
			s.map[cpu]->end_reason);
	}
	session_close(&s);
	return !slow;
}

static void check_source(uint32_t source)
{
	size_t i;

	for (i = 0; i < sizeof(periods_ns) / sizeof(*periods_ns); i++)
		if (check(source, periods_ns[i]))
			return;
	ktap_ok(false, "%s: the machine is too slow for every period",
		source_name(source));
}

int main(void)
{
	uint32_t source;

	pin_to(0);
	reports = mmap(NULL, 2 * sizeof(*reports), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (reports == MAP_FAILED)
		return 1;
	for (source = 0; source < SOURCES; source++) {
		if (source_free(source))
			check_source(source);
		else
			ktap_skip("%s is not free", source_name(source));
	}
	return ktap_end();
}
