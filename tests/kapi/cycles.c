// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod and insmod, many times, with a session in every state. The module must
 * refuse to go while a session exists, must go when it does not, and must leave
 * nothing behind: the kernel's memory is counted. Each account that can be read
 * must add up.
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
#include "memory.h"
#include "session.h"

enum { LIMIT = 20, SLOTS = 1 << 14 };

/*
 * The first cycles fill the kernel's caches: on PREEMPT_RT memory grows by 200 KB
 * up to cycle 300. Afterwards it moves by less than 64 KB, which the limits
 * allow for. An engine that leaks in each cycle takes 512 bytes.
 */
enum { WARM_UP = 60, CYCLES_MIN = 400, KERNEL_MAX = 256, USED_MAX = 1024 };

/* With it, freed memory stays in use for long (KASAN); remains looks for leaks. */
#define KMEMLEAK "/sys/kernel/debug/kmemleak"

static const char *module;
static unsigned int cycles, done, refused, accounts, faults, last;
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

/*
 * Stop the session, and check the account of each CPU that is mapped. A session
 * without a descriptor cannot be stopped and still be read.
 */
static void check_accounts(const char *state, struct session *s)
{
	const struct xlat_map *map;
	unsigned int cpu;
	const char *why;

	if (s->fd >= 0)
		session_stop(s);	/* refused if it was not started */
	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		map = s->map[cpu];
		if (!map || map->state != XLAT_STATE_STOPPED)
			continue;
		why = account_check_map(map);
		if (why)
			fault(state, why, (int)cpu);
		accounts++;
	}
}

static void cycle(unsigned int n)
{
	size_t i = n % (sizeof(states) / sizeof(states[0]));
	const char *state = states[i].name;
	struct session s;
	int error;

	session_init(&s, source_of(n), cpus_online(), 1000000);
	s.setup.slots = SLOTS;
	error = states[i].reach(&s);
	if (error)
		fault(state, "not reached", error);
	if (states[i].holds_module)
		check_refused(state);
	check_accounts(state, &s);
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

/* Cycles from @from to @to, up to the first fault. */
static void run_cycles(unsigned int from, unsigned int to)
{
	for (; from < to && !faults; from++, done++) {
		cycle(from);
		if (from % 100 == 99)
			ktap_note("%u cycles", from + 1);
	}
}

enum { PARTS = 4 };

/*
 * What each cycle leaves behind: a leak goes on to the end, but caches grow less
 * and less. So the growth over all cycles counts, or that of their second half,
 * if it is less.
 */
static void check_growth(const char *what, const int64_t at[PARTS + 1],
			 int64_t max)
{
	int64_t counted = cycles - WARM_UP;
	int64_t all = (at[PARTS] - at[0]) / counted;
	int64_t half = (at[PARTS] - at[PARTS / 2]) * 2 / counted;
	int64_t each = half < all ? half : all;
	int i;

	for (i = 1; i <= PARTS; i++)
		ktap_note("%s, part %d of %d: %lld bytes more", what, i, PARTS,
			  (long long)(at[i] - at[i - 1]));
	ktap_ok(each <= max, "%s: %lld bytes more after each cycle, at most %lld",
		what, (long long)each, (long long)max);
}

static void run_counted(void)
{
	int64_t kernel[PARTS + 1], used[PARTS + 1];
	unsigned int next, n = 0;
	struct memory now;
	int i;

	for (i = 0; i <= PARTS; i++, n = next) {
		next = WARM_UP + (cycles - WARM_UP) * (unsigned int)i / PARTS;
		run_cycles(n, next);
		now = memory_read();
		kernel[i] = now.kernel;
		used[i] = now.used;
	}
	check_growth("memory of the kernel", kernel, KERNEL_MAX);
	check_growth("all memory", used, USED_MAX);
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
	if (cycles < CYCLES_MIN || !access(KMEMLEAK, F_OK)) {
		run_cycles(0, cycles);
		ktap_skip("memory is counted in %d cycles or more, and where kmemleak does not search",
			  CYCLES_MIN);
	} else {
		run_counted();
	}
	ktap_ok(!faults, "%u cycles of rmmod and insmod, a session in each of %zu states%s%s",
		done, sizeof(states) / sizeof(states[0]), faults ? ": " : "",
		first_fault);
	ktap_ok(refused, "rmmod was refused %u times", refused);
	ktap_ok(accounts, "%u accounts add up", accounts);
	return ktap_end();
}
