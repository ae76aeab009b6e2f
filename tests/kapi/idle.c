// SPDX-License-Identifier: GPL-2.0
/*
 * The idle policy on a machine with an idle state that stops the local timer.
 * "keep" is refused for a raw timer; for hrtimer it does not change the idle
 * states. "shallow" keeps measured CPUs in WFI, only from START to STOP.
 *
 *	idle XLAT_IDLE.KO
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "ktap.h"
#include "session.h"

#define DEEP_STATE	"1"
#define PERIOD_NS	20000000
#define WHILE_MS	500

static uint32_t raw;		/* a free raw timer; SOURCES: there is none */

/* How often a CPU left the state that stops the timer; -1: no such state. */
static long deep_entries(unsigned int cpu)
{
	char path[96];
	long n = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/cpuidle/state"
		 DEEP_STATE "/usage", cpu);
	f = fopen(path, "re");
	if (f && fscanf(f, "%ld", &n) != 1)
		n = -1;
	if (f)
		fclose(f);
	return n;
}

static int setup(struct session *s, uint32_t source, uint32_t policy)
{
	session_init(s, source, 1ULL << cpu_last(), PERIOD_NS);
	s->setup.idle_policy = policy;
	return session_begin(s);
}

static long entries_while(unsigned int ms)
{
	long before = deep_entries(cpu_last());

	sleep_ms(ms);
	return deep_entries(cpu_last()) - before;
}

/* Wakes the CPU, since a state is counted only when the CPU leaves it. */
static long entries_when_woken(void)
{
	long before = deep_entries(cpu_last());

	pin_to(cpu_last());
	for (int i = 0; i < 10; i++)
		sleep_ms(WHILE_MS / 10);
	pin_to(0);
	return deep_entries(cpu_last()) - before;
}

/* Measures on a CPU that does nothing else. */
static void check_policy(uint32_t source, uint32_t policy)
{
	struct session s;
	long n;

	if (!ktap_ok(!setup(&s, source, policy) && !session_start(&s), "%s, %s",
		     source_name(source),
		     policy == XLAT_IDLE_KEEP ? "keep" : "shallow")) {
		session_close(&s);
		return;
	}
	n = entries_while(WHILE_MS);
	if (policy == XLAT_IDLE_KEEP)
		ktap_ok(n > 10, "its deep state was entered, %ld times", n);
	else
		ktap_is(n, 0, "its deep state was not entered");
	session_stop(&s);
	ktap_ok(s.map[cpu_last()]->counters.count > 20, "%llu samples",
		(unsigned long long)s.map[cpu_last()]->counters.count);
	ktap_ok(entries_when_woken() > 0, "stopped: it is entered again");
	session_close(&s);
}

/* Returns the reader's exit code; @said: its output, and that of @more. */
static int record(const char *source, const char *more, char said[4096])
{
	char command[256];
	size_t n;
	FILE *p;
	int status;

	snprintf(command, sizeof(command),
		 "/xlat-read record -q -o /tmp/idle.xlat --source %s --idle keep -a %u -l 20 2>&1%s",
		 source, cpu_last(), more);
	p = popen(command, "r");
	n = p ? fread(said, 1, 4095, p) : 0;
	said[n] = '\0';
	status = p ? pclose(p) : -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_reader(void)
{
	char said[4096], want[160];

	ktap_is(record("hrtimer", " && /xlat-read report /tmp/idle.xlat", said),
		0, "the reader, hrtimer, keep: exit code");
	ktap_ok(!!strstr(said, "idle keep"), "its report says so");
	if (raw == SOURCES)
		return;
	snprintf(want, sizeof(want),
		 "--idle keep: an idle state here stops the timer of source %s, its interrupts would be lost: use --idle shallow\n",
		 source_name(raw));
	ktap_is(record(source_name(raw), "", said), 1,
		"the reader, a raw timer, keep: exit code");
	if (!ktap_ok(!!strstr(said, want), "it says why and what to do"))
		ktap_note("%s", said);
}

static void check_refused(void)
{
	struct session s;

	ktap_is(setup(&s, raw, XLAT_IDLE_KEEP), -EPERM,
		"keep is refused for a raw timer");
	session_close(&s);
	check_policy(raw, XLAT_IDLE_SHALLOW);
}

int main(int argc, char *argv[])
{
	struct session s;

	if (argc != 2)
		return 2;
	for (raw = XLAT_SOURCE_HRTIMER + 1; raw < SOURCES; raw++) {
		if (source_free(raw))
			break;
	}
	if (raw < SOURCES) {
		ktap_is(setup(&s, raw, XLAT_IDLE_KEEP), 0,
			"no state stops the timer: keep is granted");
		session_close(&s);
	} else {
		ktap_skip("no raw timer is free");
	}
	ktap_is(module_load(argv[1], ""), 0, "a state that stops the timer");
	ktap_ok(deep_entries(cpu_last()) >= 0, "the kernel has it");
	check_policy(XLAT_SOURCE_HRTIMER, XLAT_IDLE_KEEP);
	check_policy(XLAT_SOURCE_HRTIMER, XLAT_IDLE_SHALLOW);
	if (raw < SOURCES)
		check_refused();
	check_reader();
	ktap_is(module_unload("xlat_idle"), 0, "the state goes");
	return ktap_end();
}
