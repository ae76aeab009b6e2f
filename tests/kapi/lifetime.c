// SPDX-License-Identifier: GPL-2.0
/*
 * After the end of a session nothing is armed, whatever ended it. The module
 * cannot be removed while it is in use, and can be when it is not.
 *
 *	lifetime XLAT.KO
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account.h"
#include "ktap.h"
#include "session.h"

#define MS 1000000ULL

static const char *module;

/* How many of xlat's hrtimers the kernel has queued. */
static int timers_queued(void)
{
	FILE *f = fopen("/proc/timer_list", "re");
	char line[512];
	int n = 0;

	while (f && fgets(line, sizeof(line), f))
		n += strstr(line, "[xlat]") != NULL;
	if (f)
		fclose(f);
	return f ? n : -1;
}

/* How many of xlat's interrupts came, on all CPUs; -1: none is requested. */
static long interrupts(void)
{
	FILE *f = fopen("/proc/interrupts", "re");
	char line[2048], *p, *end;
	long sum = -1;

	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		p = strrchr(line, ' ');
		if (!p || strcmp(p + 1, "xlat"))
			continue;
		p = strchr(line, ':');
		for (sum = 0, p++; ; p = end) {
			long n = strtol(p, &end, 10);

			if (end == p)
				break;
			sum += n;
		}
	}
	if (f)
		fclose(f);
	return sum;
}

/* Is the source armed? Found out in a way that does not involve xlat. */
static bool looks_armed(uint32_t source)
{
	long before = interrupts();

	if (source == XLAT_SOURCE_HRTIMER)
		return timers_queued() > 0;
	sleep_ms(10);
	return interrupts() > before;
}

static bool looks_gone(uint32_t source)
{
	if (source == XLAT_SOURCE_HRTIMER)
		return timers_queued() == 0;
	return interrupts() == -1;
}

static bool can_claim(uint32_t source)
{
	struct session s;
	bool good;

	session_init(&s, source, 1, MS);
	good = !session_begin(&s);
	session_close(&s);
	return good;
}

static bool begin_running(struct session *s, uint32_t source, uint64_t cpus)
{
	session_init(s, source, cpus, MS);
	if (ktap_ok(!session_begin(s) && !session_start(s), "%s: started",
		    source_name(source)))
		return true;
	session_close(s);
	return false;
}

static void check_killed(uint32_t source)
{
	struct session s;
	int ready[2];
	char byte;
	pid_t pid;

	if (pipe(ready))
		return;
	pid = fork();
	if (!pid) {
		session_init(&s, source, cpus_online(), MS);
		if (session_begin(&s) || session_start(&s))
			_exit(1);
		(void)!write(ready[1], "", 1);
		for (;;)
			pause();
	}
	close(ready[1]);
	ktap_ok(read(ready[0], &byte, 1) == 1, "%s: a reader records",
		source_name(source));
	close(ready[0]);
	sleep_ms(30);
	ktap_ok(looks_armed(source), "armed");
	ktap_ok(!can_claim(source), "claimed");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ktap_ok(looks_gone(source), "killed: nothing is armed");
	ktap_ok(can_claim(source), "killed: can be claimed again");
}

static void check_close(uint32_t source)
{
	unsigned int cpu = cpu_last();
	const struct xlat_map *map;
	struct session s;
	uint64_t head;

	if (!begin_running(&s, source, 1ULL << cpu))
		return;
	close(s.fd);
	s.fd = -1;
	map = s.map[cpu];
	sleep_ms(30);
	head = map->head;
	sleep_ms(20);
	ktap_ok(map->state == XLAT_STATE_RUNNING && map->head > head,
		"close alone does not end a mapped session");
	ktap_ok(!can_claim(source), "still claimed");
	ktap_is(module_unload("xlat"), -EWOULDBLOCK, "rmmod refused, mapped");
	session_unmap(&s);
	ktap_ok(looks_gone(source), "munmap ends it: nothing is armed");
	ktap_ok(can_claim(source), "munmap ends it: can be claimed");
}

/* STOP disarms, even though everything stays open and mapped. */
static void check_stop(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct session s;
	uint64_t head;
	long before;

	if (!begin_running(&s, source, cpus_online()))
		return;
	sleep_ms(30);
	ktap_is(session_stop(&s), 0, "STOP");
	head = s.map[cpu]->head;
	before = interrupts();
	sleep_ms(20);
	ktap_ok(timers_queued() == 0 && interrupts() == before &&
		s.map[cpu]->head == head, "STOP: nothing is armed");
	ktap_ok(!account_check_map(s.map[cpu]), "STOP: the account adds up");
	session_close(&s);
}

static void reload(void)
{
	ktap_is(module_unload("xlat"), 0, "rmmod");
	ktap_is(module_load(module, ""), 0, "insmod");
}

static void check_rmmod(uint32_t source)
{
	struct session s;

	session_init(&s, source, cpus_online(), MS);
	session_open(&s);
	ktap_is(module_unload("xlat"), -EWOULDBLOCK, "rmmod refused, open");
	session_setup(&s);
	ktap_is(module_unload("xlat"), -EWOULDBLOCK, "rmmod refused, set up");
	session_close(&s);
	if (!begin_running(&s, source, cpus_online()))
		return;
	sleep_ms(20);
	session_close(&s);
	reload();
}

/* Two CPUs are measured; one goes offline. */
static void check_offline(uint32_t source)
{
	unsigned int last = cpu_last();
	const struct xlat_map *gone, *stays;
	const char *error;
	struct session s;
	uint64_t head;

	if (!begin_running(&s, source, 1 | 1ULL << last))
		return;
	gone = s.map[last];
	stays = s.map[0];
	sleep_ms(40);
	ktap_is(cpu_set_online(last, false), 0, "CPU taken offline");
	ktap_ok(gone->state == XLAT_STATE_STOPPED &&
		gone->end_reason == XLAT_END_OFFLINE, "ended: offline");
	error = account_check_map(gone);
	ktap_ok(!error && gone->counters.count, "its account: %s",
		error ? error : "adds up");
	head = stays->head;
	sleep_ms(20);
	ktap_ok(stays->state == XLAT_STATE_RUNNING && stays->head > head,
		"the other goes on");
	ktap_is(session_stop(&s), 0, "STOP");
	error = account_check_map(stays);
	ktap_ok(!error && stays->end_reason == XLAT_END_STOP,
		"the other's account: %s", error ? error : "adds up");
	ktap_ok(gone->end_reason == XLAT_END_OFFLINE, "still: offline");
	ktap_ok(gone->after.loop_ticks && stays->after.loop_ticks &&
		gone->after.at_ticks < stays->after.at_ticks,
		"probed: one when it went, the other by STOP");
	session_close(&s);
	reload();
	ktap_is(cpu_set_online(last, true), 0, "CPU online again");
	ktap_ok(looks_gone(source), "nothing is armed");
}

/* A CPU goes offline and returns within one session; STOP is optional. */
static void check_back_again(uint32_t source, bool stop)
{
	unsigned int last = cpu_last();
	struct session s;
	uint64_t head;

	if (!begin_running(&s, source, 1ULL << last))
		return;
	sleep_ms(30);
	cpu_set_online(last, false);
	ktap_is(cpu_set_online(last, true), 0, "CPU offline and online");
	head = s.map[last]->head;
	sleep_ms(20);
	ktap_ok(s.map[last]->head == head && head,
		"its part stays ended");
	ktap_is(session_wait(&s, 1000), 0, "it was the last: POLLHUP");
	if (stop)
		ktap_is(session_stop(&s), 0, "STOP");
	ktap_is(s.map[last]->end_reason, XLAT_END_OFFLINE, "ended: offline");
	session_close(&s);
	ktap_ok(looks_gone(source), "nothing is armed");
	session_init(&s, source, 1ULL << last, MS);
	s.setup.limit = 10;
	ktap_is(session_record(&s, 1000), 0, "that CPU can be measured again");
	session_close(&s);
}

static void check_offline_before_start(uint32_t source)
{
	unsigned int last = cpu_last();
	struct session s;

	session_init(&s, source, 1 | 1ULL << last, MS);
	session_begin(&s);
	cpu_set_online(last, false);
	ktap_is(session_start(&s), -ENODEV, "START without a chosen CPU");
	sleep_ms(20);
	ktap_ok(timers_queued() == 0 && !s.map[0]->head &&
		s.map[0]->state == XLAT_STATE_READY, "nothing was armed");
	cpu_set_online(last, true);
	ktap_is(session_start(&s), 0, "START once it is back");
	session_close(&s);
}

/* After the limit nothing is armed, and the CPU may go offline. */
static void check_limit_then_offline(uint32_t source)
{
	unsigned int last = cpu_last();
	struct session s;

	session_init(&s, source, 1ULL << last, MS);
	s.setup.limit = 10;
	if (session_begin(&s) || session_start(&s) || session_wait(&s, 1000)) {
		ktap_ok(false, "recording to a limit");
		return;
	}
	ktap_is(timers_queued(), 0, "limit reached: nothing is armed");
	ktap_is(cpu_set_online(last, false), 0, "CPU offline after its limit");
	ktap_is(session_stop(&s), 0, "STOP while it is offline");
	ktap_ok(s.map[last]->after.loop_ticks, "it was probed as it went");
	cpu_set_online(last, true);
	ktap_is(s.map[last]->end_reason, XLAT_END_LIMIT, "ended: limit");
	session_close(&s);
	reload();
}

/* A descriptor inherited by a child keeps the session open. */
static void check_inherited(uint32_t source)
{
	struct session s;
	int go[2];
	char byte;
	pid_t pid;

	if (pipe(go) || !begin_running(&s, source, 1))
		return;
	pid = fork();
	if (!pid) {
		close(go[1]);
		_exit(read(go[0], &byte, 1) != 1);
	}
	close(go[0]);
	session_close(&s);
	ktap_ok(!can_claim(source), "a child's descriptor keeps the session");
	(void)!write(go[1], "", 1);
	close(go[1]);
	waitpid(pid, NULL, 0);
	ktap_ok(can_claim(source), "until the child is gone");
}

static int write_to(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");
	int error;

	if (!f)
		return -errno;
	error = fputs(text, f) < 0 ? -errno : 0;
	return fclose(f) ? -errno : error;
}

/* Suspends up to the freezer, if the kernel has that test (pm_test). */
static void check_suspend(uint32_t source)
{
	unsigned int cpu = cpu_last();
	struct session s;

	if (write_to("/sys/power/pm_test", "freezer") ||
	    write_to("/sys/module/suspend/parameters/pm_test_delay", "0")) {
		ktap_skip("%s: no test of suspend", source_name(source));
		return;
	}
	if (!begin_running(&s, source, cpus_online()))
		return;
	sleep_ms(30);
	ktap_is(write_to("/sys/power/state", "freeze"), 0, "suspend, resume");
	ktap_is(s.map[cpu]->state, XLAT_STATE_STOPPED, "the session has ended");
	ktap_is(s.map[cpu]->end_reason, XLAT_END_SUSPEND, "ended: suspend");
	ktap_ok(!account_check_map(s.map[cpu]), "the account adds up");
	ktap_is(session_stop(&s), 0, "STOP");
	session_close(&s);
	ktap_ok(looks_gone(source), "nothing is armed");
	write_to("/sys/power/pm_test", "none");
}

static void check_many_loads(void)
{
	struct session s;
	int i, error = 0;

	for (i = 0; i < 50 && !error; i++) {
		error = module_unload("xlat");
		if (!error)
			error = module_load(module, "");
		if (error || i % 10)
			continue;
		session_init(&s, XLAT_SOURCE_HRTIMER, cpus_online(), MS / 10);
		s.setup.limit = 5;
		error = session_record(&s, 1000);
		session_close(&s);
	}
	ktap_ok(!error, "rmmod and insmod 50 times (%d)", error);
}

int main(int argc, char *argv[])
{
	uint32_t source;

	if (argc != 2)
		return 2;
	module = argv[1];
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_killed(source);
		check_close(source);
		check_stop(source);
		check_rmmod(source);
		check_offline(source);
		check_back_again(source, true);
		check_back_again(source, false);
		check_offline_before_start(source);
		check_limit_then_offline(source);
		check_inherited(source);
		check_suspend(source);
	}
	check_many_loads();
	return ktap_end();
}
