// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's tests of suspend and hibernation (Linux:
 * Documentation/power/basic-pm-debugging.rst), at the levels that the machine
 * has, while a session runs. The session ends before the machine sleeps, its
 * account adds up, no lateness exceeds the session, and the next session works.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

#define MS 1000000ULL

/*
 * Suspend to idle has fewer levels. For hibernation the lowest one is enough:
 * at every level Linux first makes room for the image, which takes minutes.
 */
static const struct {
	const char *name;
	size_t levels;
} states[] = { { "freeze", 3 }, { "mem", 5 }, { "disk", 1 } };

static const char *const levels[] = {
	"freezer", "devices", "platform", "processors", "core",
};

enum { STATES = sizeof(states) / sizeof(states[0]) };

static int write_to(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");
	int error;

	if (!f)
		return -errno;
	error = fputs(text, f) < 0 ? -errno : 0;
	return fclose(f) && !error ? -errno : error;
}

static bool has_word(const char *path, const char *word)
{
	FILE *f = fopen(path, "re");
	char line[256] = "", *rest = line, *at;
	bool found = false;

	if (f && !fgets(line, sizeof(line), f))
		line[0] = '\0';
	if (f)
		fclose(f);
	while ((at = strsep(&rest, " \n")))
		found |= !strcmp(at, word);
	return found;
}

/* If "mem" means suspend to idle, it has no more levels than "freeze". */
static size_t levels_of(size_t state)
{
	if (!strcmp(states[state].name, "mem") &&
	    has_word("/sys/power/mem_sleep", "[s2idle]"))
		return states[0].levels;
	return states[state].levels;
}

static bool account_is_right(const struct session *s)
{
	const char *error = NULL;
	unsigned int cpu;

	for (cpu = 0; cpu < CPUS_MAX && !error; cpu++)
		if (s->map[cpu])
			error = account_check_map(s->map[cpu]);
	return ktap_ok(!error, "every account adds up%s%s", error ? ": " : "",
		       error ? error : "");
}

static void check_works(uint32_t source)
{
	struct session s;

	session_init(&s, source, cpus_online(), MS);
	s.setup.limit = 10;
	ktap_is(session_record(&s, 20000), 0, "afterwards a session works");
	session_close(&s);
}

static void check(uint32_t source, const char *state, const char *level)
{
	struct session s;
	int error;

	if (!has_word("/sys/power/state", state) ||
	    write_to("/sys/power/pm_test", level)) {
		ktap_skip("%s, %s, %s: this machine has no such test",
			  source_name(source), state, level);
		return;
	}
	session_init(&s, source, cpus_online(), MS);
	if (!ktap_ok(!session_begin(&s), "%s: SETUP", source_name(source)))
		return;
	if (!ktap_ok(!session_start(&s), "%s: START", source_name(source))) {
		session_close(&s);
		return;
	}
	sleep_ms(30);
	error = write_to("/sys/power/state", state);
	ktap_ok(!error, "%s, %s, %s (%d)", source_name(source), state, level,
		error);
	ktap_is(s.map[0]->state, XLAT_STATE_STOPPED, "it has ended");
	ktap_is(s.map[0]->end_reason, XLAT_END_SUSPEND, "ended: suspend");
	account_is_right(&s);
	ktap_ok(s.map[0]->counters.max_ticks <=
		(int64_t)(s.map[0]->stop_ticks - s.map[0]->start_ticks),
		"no lateness exceeds the session");
	session_close(&s);
	check_works(source);
}

static void check_state(uint32_t source, size_t state)
{
	size_t i;

	for (i = 0; i < states[state].levels; i++)
		if (i < levels_of(state))
			check(source, states[state].name, levels[i]);
		else
			ktap_skip("%s, mem, %s: mem is suspend to idle here",
				  source_name(source), levels[i]);
}

int main(void)
{
	uint32_t source;
	size_t i;

	write_to("/sys/module/suspend/parameters/pm_test_delay", "0");
	for (source = 0; source < SOURCES; source++)
		for (i = 0; i < STATES && source_free(source); i++)
			check_state(source, i);
	write_to("/sys/power/pm_test", "none");
	return ktap_end();
}
