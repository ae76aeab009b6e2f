// SPDX-License-Identifier: GPL-2.0
/*
 * Several threads ask all the time whether a session has ended, and take its
 * events, while its CPUs end one by one. Every thread must see the end, and
 * afterwards each account is final. Run it in real time on several host threads.
 *
 *	pollers SESSIONS
 */
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

/*
 * One poll() asks many times: KCSAN watches few of the accesses, so they must be
 * dense.
 */
enum { THREADS = 3, QUESTIONS = 64, PATIENCE_S = 60 };

struct poller {
	const struct session *session;
	pthread_t thread;
	bool saw_end;
	char error[128];	/* of an account, after the end; "": none */
};

static uint64_t now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec;
}

/* POLLHUP promises that the account of every CPU is complete. */
static const char *check_accounts(const struct session *s)
{
	const char *error = NULL;
	unsigned int cpu;

	for (cpu = 0; cpu < CPUS_MAX && !error; cpu++)
		if (s->map[cpu])
			error = account_check_map(s->map[cpu]);
	return error;
}

static void *ask(void *arg)
{
	struct poller *p = arg;
	struct pollfd fds[QUESTIONS];
	uint64_t end = now_s() + PATIENCE_S, events;
	const char *error;
	int i;

	for (i = 0; i < QUESTIONS; i++)
		fds[i] = (struct pollfd){ p->session->fd, POLLIN, 0 };
	do {
		p->saw_end = poll(fds, QUESTIONS, 0) > 0 &&
			     fds[0].revents & POLLHUP;
		if (!p->saw_end && fds[0].revents & POLLIN)
			(void)!read(fds[0].fd, &events, sizeof(events));
	} while (!p->saw_end && now_s() < end);
	error = check_accounts(p->session);
	if (error)
		snprintf(p->error, sizeof(p->error), "%s", error);
	return NULL;
}

/* NULL, or what is wrong; valid until the next call. */
static const char *run_session(uint64_t limit)
{
	static struct poller pollers[THREADS];
	const char *error = NULL;
	struct session s;
	int i;

	session_init(&s, XLAT_SOURCE_HRTIMER, cpus_online(), 200000);
	s.setup.limit = limit;
	s.setup.watermark = 1;
	if (session_begin(&s))
		return "SETUP failed";
	for (i = 0; i < THREADS; i++) {
		pollers[i] = (struct poller){ .session = &s };
		if (pthread_create(&pollers[i].thread, NULL, ask, &pollers[i]))
			abort();
	}
	if (session_start(&s))
		error = "START failed";
	for (i = 0; i < THREADS; i++) {
		pthread_join(pollers[i].thread, NULL);
		if (!error && !pollers[i].saw_end)
			error = "a poller did not see the end";
		if (!error && pollers[i].error[0])
			error = pollers[i].error;
	}
	session_close(&s);
	return error;
}

int main(int argc, char *argv[])
{
	const char *error = NULL;
	unsigned long sessions, i;

	if (argc != 2)
		return 2;
	sessions = strtoul(argv[1], NULL, 10);
	for (i = 0; i < sessions && !error; i++)
		error = run_session(1 + i % 20);
	ktap_ok(!error, "%lu of %lu sessions: every poller sees the end and the final account%s%s",
		i, sessions, error ? ": " : "", error ? error : "");
	return ktap_end();
}
