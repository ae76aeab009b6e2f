// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod and insmod, many times, with a session in every state. The module must
 * refuse to go while a session exists, must go when it does not, and must leave
 * nothing behind.
 *
 *	cycles CYCLES XLAT.KO
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

enum { LIMIT = 20 };

static const char *module;
static unsigned int cycles, refused, faults, last;
static bool is_free[SOURCES];
static char first_fault[160];

static void fault(const char *state, const char *what, int error)
{
	if (!faults++)
		snprintf(first_fault, sizeof(first_fault), "%s: %s (%d)", state,
			 what, error);
}

static int begin(struct session *s)
{
	s->setup.limit = LIMIT;
	return session_begin(s);
}

static int start(struct session *s)
{
	int error = session_begin(s);

	return error ? error : session_start(s);
}

static int end_by_limit(struct session *s)
{
	int error = begin(s);

	if (!error)
		error = session_start(s);
	return error ? error : session_wait(s, 10000);
}

static int stop(struct session *s)
{
	int error = start(s);

	return error ? error : session_stop(s);
}

/* A mapping keeps the session, and so the module. */
static int close_descriptor(struct session *s)
{
	int error = start(s);

	if (!error && close(s->fd))
		error = -errno;
	s->fd = -1;
	return error;
}

static int unmap(struct session *s)
{
	int error = start(s);

	return error ? error : session_unmap(s);
}

/* A CPU goes offline during the session, and comes back after it. */
static int lose_cpu(struct session *s)
{
	int error = start(s);

	return error ? error : cpu_set_online(last, false);
}

/* A session whose process is killed. Nothing is left of it. */
static int kill_owner(struct session *s)
{
	int ready[2], status;
	char byte;
	pid_t pid;

	if (pipe(ready))
		return -errno;
	pid = fork();
	if (!pid) {
		if (!start(s))
			(void)!write(ready[1], "", 1);
		close(ready[1]);
		pause();
	}
	close(ready[1]);
	status = pid > 0 && read(ready[0], &byte, 1) == 1 ? 0 : -EIO;
	close(ready[0]);
	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	return status;
}

static int nothing(struct session *s)
{
	(void)s;
	return 0;
}

static const struct {
	const char *name;
	int (*reach)(struct session *s);
	bool holds_module;
} states[] = {
	{ "no session", nothing, false },
	{ "opened", session_open, true },
	{ "set up and mapped", begin, true },
	{ "running", start, true },
	{ "running without mappings", unmap, true },
	{ "running without a descriptor", close_descriptor, true },
	{ "ended by its limit", end_by_limit, true },
	{ "stopped", stop, true },
	{ "a CPU is offline", lose_cpu, true },
	{ "its process was killed", kill_owner, false },
};

static void check_refused(const char *state)
{
	int error = module_unload("xlat");

	if (error == -EWOULDBLOCK || error == -EBUSY)
		refused++;
	else
		fault(state, "rmmod of a module in use", error);
	if (!error)
		module_load(module, "");
}

/* All states with one source, then with the next one that is free. */
static uint32_t source_of(unsigned int n)
{
	uint32_t source = n / (sizeof(states) / sizeof(states[0])) % SOURCES;

	return is_free[source] ? source : XLAT_SOURCE_HRTIMER;
}

static void cycle(unsigned int n)
{
	size_t i = n % (sizeof(states) / sizeof(states[0]));
	const char *state = states[i].name;
	struct session s;
	int error;

	session_init(&s, source_of(n), cpus_online(), 1000000);
	error = states[i].reach(&s);
	if (error)
		fault(state, "not reached", error);
	if (states[i].holds_module)
		check_refused(state);
	error = session_close(&s);
	if (error)
		fault(state, "close", error);
	cpu_set_online(last, true);
	error = module_unload("xlat");
	if (error)
		fault(state, "rmmod", error);
	error = module_load(module, "");
	if (error)
		fault(state, "insmod", error);
}

int main(int argc, char *argv[])
{
	unsigned int n;

	if (argc != 3)
		return 2;
	cycles = (unsigned int)strtoul(argv[1], NULL, 10);
	module = argv[2];
	last = cpu_last();
	for (n = 0; n < SOURCES; n++)
		is_free[n] = source_free(n);
	for (n = 0; n < cycles && !faults; n++) {
		cycle(n);
		if (n % 100 == 99)
			ktap_note("%u cycles", n + 1);
	}
	ktap_ok(!faults, "%u cycles of rmmod and insmod, a session in each of %zu states%s%s",
		n, sizeof(states) / sizeof(states[0]), faults ? ": " : "",
		first_fault);
	ktap_ok(refused, "rmmod was refused %u times", refused);
	return ktap_end();
}
