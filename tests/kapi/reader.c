// SPDX-License-Identifier: GPL-2.0
/*
 * The real reader with the real module. It receives 20,000 samples through a
 * ring of 256 slots without loss. Stopped for a while, it reports exactly how
 * many it lost. Killed, it leaves nothing armed and a readable file.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define FILE_NAME "/tmp/reader.xlat"

static pid_t start(char *const argv[])
{
	pid_t pid = fork();

	if (!pid) {
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

static int finish(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) < 0)
		return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}

static pid_t record(uint32_t source, const char *period)
{
	char cpu[8];
	char *argv[] = {
		"/xlat-read", "record", "-q", "-o", FILE_NAME, "--source",
		(char *)source_name(source), "-a", cpu, "-l", "20000",
		"--period", (char *)period, "--ring-slots", "256", NULL,
	};

	snprintf(cpu, sizeof(cpu), "%u", cpu_last());
	unlink(FILE_NAME);
	return start(argv);
}

/* When time or a signal ends it, samples are left in the ring to drain. */
static pid_t record_on(uint32_t source, char *duration, const char *period)
{
	char cpu[8];
	char *argv[] = {
		"/xlat-read", "record", "-q", "-o", FILE_NAME, "--source",
		(char *)source_name(source), "-a", cpu, "-D", duration,
		"--period", (char *)period, NULL,
	};

	snprintf(cpu, sizeof(cpu), "%u", cpu_last());
	unlink(FILE_NAME);
	return start(argv);
}

/* On a slow machine a session with a short period ends before the signal. */
static const char *lasting_period(void)
{
	return ktap_real_time() ? "5ms" : "100us";
}

/* Reads the report as JSON; returns the reader's exit code. */
static int report(char *text, size_t size)
{
	FILE *p = popen("/xlat-read report --format json " FILE_NAME, "r");
	size_t n = p ? fread(text, 1, size - 1, p) : 0;
	int status = p ? pclose(p) : -1;

	text[n] = '\0';
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static long long number(const char *text, const char *name)
{
	char key[64];
	const char *p;

	snprintf(key, sizeof(key), "\"%s\":", name);
	p = strstr(text, key);
	return p ? strtoll(p + strlen(key), NULL, 10) : -1;
}

static bool says(const char *text, const char *name, const char *value)
{
	char key[64];
	const char *p;

	snprintf(key, sizeof(key), "\"%s\":", name);
	p = strstr(text, key);
	if (!p)
		return false;
	p += strlen(key);
	p += strspn(p, " ");
	return !strncmp(p, value, strlen(value));
}

static char text[1 << 20];

/*
 * On any machine, however slow, a recorder ends well, with a limit exceeded or
 * with samples lost, and its file is valid. Returns the exit code.
 */
static int check_sane(pid_t pid)
{
	int code = finish(pid);

	ktap_ok(code == 0 || code == 3 || code == 4, "exit code %d", code);
	report(text, sizeof(text));
	ktap_is(number(text, "damaged_blocks"), 0, "no block is damaged");
	ktap_is(number(text, "received") + number(text, "lost"),
		number(text, "count"), "received + lost = count");
	return code;
}

static void check_served(uint32_t source)
{
	ktap_timed_is(check_sane(record(source, "100us")), 0,
		      "20,000 samples, 256 slots");
	ktap_timed_is(report(text, sizeof(text)), 0, "the report");
	ktap_timed(says(text, "lossless", "true"), "%s: lossless",
		source_name(source));
	ktap_timed_is(number(text, "count"), 20000, "count");
	ktap_timed_is(number(text, "lost"), 0, "lost");
}

static void check_drained(const char *ended_by, int status, long long least)
{
	ktap_timed_is(status, 0, ended_by);
	ktap_timed_is(report(text, sizeof(text)), 0, "the report");
	ktap_timed(says(text, "lossless", "true"), "lossless");
	ktap_timed(number(text, "count") >= least, "%lld samples",
		number(text, "count"));
	ktap_timed_is(number(text, "received"), number(text, "count"), "received");
}

static void check_ended(uint32_t source)
{
	pid_t pid;

	check_drained("ended by time: exit code",
		      check_sane(record_on(source, "700ms", "100us")), 5000);
	pid = record_on(source, "1h", lasting_period());
	ktap_ok(session_wait_elsewhere(source), "it records until the signal");
	sleep_ms(700);
	kill(pid, SIGINT);
	check_drained("ended by a signal: exit code", check_sane(pid), 5000);
}

static void check_stopped(uint32_t source)
{
	pid_t pid = record(source, "100us");
	long long lost;

	sleep_ms(700);
	kill(pid, SIGSTOP);
	sleep_ms(300);
	kill(pid, SIGCONT);
	ktap_timed_is(check_sane(pid), 4, "stopped for a while: exit code");
	ktap_timed_is(report(text, sizeof(text)), 4, "the report");
	lost = number(text, "lost");
	ktap_timed(lost > 2000 && lost < 4000, "%lld lost in 300 ms", lost);
	ktap_timed_is(number(text, "received") + lost, 20000, "received + lost");
	ktap_timed_is(number(text, "count"), 20000, "count, from the histogram");
	ktap_timed(says(text, "lossless", "false"), "not lossless");
}

static void check_killed(uint32_t source)
{
	pid_t pid = record(source, lasting_period());
	struct session s;

	ktap_ok(session_wait_elsewhere(source), "it records");
	sleep_ms(700);
	kill(pid, SIGKILL);
	ktap_is(finish(pid), 128 + SIGKILL, "killed while recording");
	session_init(&s, source, 1, 1000000);
	ktap_ok(!session_begin(&s), "the source can be claimed");
	session_close(&s);
	ktap_is(report(text, sizeof(text)), 4, "the report");
	ktap_timed(number(text, "received") > 1000, "%lld samples were kept",
		number(text, "received"));
}

int main(void)
{
	uint32_t source;

	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_served(source);
		check_ended(source);
		check_stopped(source);
		check_killed(source);
	}
	return ktap_end();
}
