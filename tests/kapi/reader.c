// SPDX-License-Identifier: GPL-2.0
/*
 * The real reader with the real module. It receives 20,000 samples through a
 * ring of 256 slots without loss. Stopped for a while, it reports exactly how
 * many it lost. Killed, it leaves nothing armed and a readable file, and the
 * next one works at once.
 *
 * The module ends a session with a period that the machine is too slow for. So
 * what must not end early is tried with the paces below, from the shortest, until
 * the module does not end it.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define FILE_NAME "/tmp/reader.xlat"
#define NEXT_NAME "/tmp/reader-next.xlat"

struct pace {
	const char *period;
	unsigned int ms;
};

static const struct pace paces[] = {
	{ "5ms", 5 }, { "20ms", 20 }, { "80ms", 80 }, { "320ms", 320 },
};

/* So many blocks of a file surely include blocks of samples. */
enum { BLOCKS = 8, SLOTS_SMALLEST = 16 };

#define PATIENCE_NS	300000000000ULL

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

/* Ends after @end: "-l" samples or "-D" time. */
static pid_t record(const char *file, uint32_t source, const char *period,
		    const char *option, const char *end, const char *slots)
{
	char cpu[8];
	const char *argv[] = {
		"/xlat-read", "record", "-q", "-o", file, "--source",
		source_name(source), "-a", cpu, "--period", period, option, end,
		slots ? "--ring-slots" : NULL, slots, NULL,
	};

	snprintf(cpu, sizeof(cpu), "%u", cpu_last());
	unlink(file);
	return start((char *const *)argv);
}

/* Until a signal ends it. With the smallest ring the reader must hurry. */
static pid_t record_on(uint32_t source, const char *period, const char *slots)
{
	return record(FILE_NAME, source, period, "-D", "1h", slots);
}

static bool has_exited(pid_t pid)
{
	siginfo_t info = { 0 };

	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
	return info.si_pid == pid;
}

/* Until the file has grown @times times: each block is one write. */
static void wait_growth(pid_t pid, int times)
{
	uint64_t until = clock_ns() + PATIENCE_NS;
	struct stat now;
	off_t size = -1;

	while (times && !has_exited(pid) && clock_ns() < until) {
		if (!stat(FILE_NAME, &now) && now.st_size > size) {
			size = now.st_size;
			times--;
		}
		sleep_ms(5);
	}
}

/* Reads the report as JSON; returns the reader's exit code. */
static int report_of(const char *file, char *text, size_t size)
{
	char command[128];
	FILE *p;
	size_t n;
	int status;

	snprintf(command, sizeof(command),
		 "/xlat-read report --format json %s", file);
	p = popen(command, "r");
	n = p ? fread(text, 1, size - 1, p) : 0;
	status = p ? pclose(p) : -1;
	text[n] = '\0';
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int report(char *text, size_t size)
{
	return report_of(FILE_NAME, text, size);
}

static const char *value_of(const char *text, const char *name)
{
	char key[64];
	const char *p;

	snprintf(key, sizeof(key), "\"%s\":", name);
	p = strstr(text, key);
	if (!p)
		return NULL;
	p += strlen(key);
	return p + strspn(p, " ");
}

static long long number(const char *text, const char *name)
{
	const char *p = value_of(text, name);

	return p ? strtoll(p, NULL, 10) : -1;
}

static bool says(const char *text, const char *name, const char *value)
{
	const char *p = value_of(text, name);

	return p && !strncmp(p, value, strlen(value));
}

static char text[1 << 20];

/* The machine was too slow for the period. */
static bool ended_by_guard(const char *period)
{
	if (!says(text, "end", "\"the module stopped it to protect"))
		return false;
	ktap_note("the module ended a session with a period of %s to protect the machine",
		  period);
	return true;
}

/* Try @act with longer and longer periods; it returns false to try again. */
static void with_pace(uint32_t source, const char *what,
		      bool (*act)(uint32_t source, const struct pace *pace))
{
	size_t i;

	for (i = 0; i < sizeof(paces) / sizeof(*paces); i++)
		if (act(source, &paces[i]))
			return;
	ktap_ok(false, "%s: %s: the machine is too slow for every period",
		source_name(source), what);
}

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
	ktap_timed_is(check_sane(record(FILE_NAME, source, "100us", "-l",
					"20000", "256")), 0,
		      "20,000 samples, 256 slots");
	ktap_timed_is(report(text, sizeof(text)), 0, "the report");
	ktap_timed(says(text, "lossless", "true"), "%s: lossless",
		source_name(source));
	ktap_timed_is(number(text, "count"), 20000, "count");
	ktap_timed_is(number(text, "lost"), 0, "lost");
}

static void check_drained(const char *ended_by, int status, long long least)
{
	ktap_is(status, 0, ended_by);
	ktap_is(report(text, sizeof(text)), 0, "the report");
	ktap_ok(says(text, "lossless", "true"), "lossless");
	ktap_ok(number(text, "count") >= least, "%lld samples, at least %lld",
		number(text, "count"), least);
	ktap_is(number(text, "received"), number(text, "count"), "received");
}

/*
 * When time or a signal ends it, samples are left in the ring to drain: a ring
 * of the default size wakes its reader rarely.
 */
static bool ended_by_time(uint32_t source, const struct pace *pace)
{
	char time[16];
	int code;

	snprintf(time, sizeof(time), "%ums", 100 * pace->ms);
	code = check_sane(record(FILE_NAME, source, pace->period, "-D", time,
				 NULL));
	if (ended_by_guard(pace->period))
		return false;
	check_drained("ended by time: exit code", code, 1);
	return true;
}

static bool ended_by_signal(uint32_t source, const struct pace *pace)
{
	pid_t pid = record_on(source, pace->period, NULL);
	int code;

	ktap_ok(session_wait_elsewhere(source), "it records until the signal");
	sleep_ms(700 + 20 * pace->ms);
	kill(pid, SIGINT);
	code = check_sane(pid);
	if (ended_by_guard(pace->period))
		return false;
	check_drained("ended by a signal: exit code", code, 1);
	return true;
}

/* On the instruction clock: so many samples that the reader must be quick. */
static void check_ended_fast(uint32_t source)
{
	pid_t pid;

	check_drained("ended by time: exit code",
		      check_sane(record(FILE_NAME, source, "100us", "-D",
					"700ms", NULL)), 5000);
	pid = record_on(source, "100us", NULL);
	ktap_ok(session_wait_elsewhere(source), "it records until the signal");
	sleep_ms(700);
	kill(pid, SIGINT);
	check_drained("ended by a signal: exit code", check_sane(pid), 5000);
}

/* On the instruction clock: the number of lost samples is known. */
static void check_stopped_fast(uint32_t source)
{
	pid_t pid = record(FILE_NAME, source, "100us", "-l", "20000", "256");
	long long lost;

	sleep_ms(700);
	kill(pid, SIGSTOP);
	sleep_ms(300);
	kill(pid, SIGCONT);
	ktap_is(check_sane(pid), 4, "stopped for a while: exit code");
	lost = number(text, "lost");
	ktap_ok(lost > 2000 && lost < 4000, "%lld lost in 300 ms", lost);
	ktap_is(number(text, "count"), 20000, "count, from the histogram");
}

/*
 * It is stopped for more than ten times as long as the smallest ring holds, so
 * it must lose samples. Continued, it goes on to record.
 */
static bool stopped(uint32_t source, const struct pace *pace)
{
	pid_t pid = record_on(source, pace->period, "16");
	siginfo_t info;
	int code;

	wait_growth(pid, BLOCKS);
	kill(pid, SIGSTOP);
	waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT);
	sleep_ms(200 * pace->ms);
	kill(pid, SIGCONT);
	wait_growth(pid, 3);
	kill(pid, SIGINT);
	code = check_sane(pid);
	if (ended_by_guard(pace->period))
		return false;
	ktap_is(code, 4, "stopped for a while: exit code");
	ktap_ok(number(text, "lost") >= SLOTS_SMALLEST,
		"%s, %s: stopped for %u periods: %lld lost, %lld received",
		source_name(source), pace->period, 200, number(text, "lost"),
		number(text, "received"));
	ktap_ok(number(text, "received") >= SLOTS_SMALLEST, "most others received");
	ktap_ok(says(text, "lossless", "false"), "not lossless");
	ktap_is(report(text, sizeof(text)), 4, "the report");
	return true;
}

static int armed(uint32_t source)
{
	return source == XLAT_SOURCE_HRTIMER ? session_hrtimers() :
					       session_interrupts();
}

/* The next recorder starts right after the death of the one before. */
static bool killed(uint32_t source, const struct pace *pace)
{
	pid_t pid = record_on(source, pace->period, "16");
	int code, left;

	wait_growth(pid, BLOCKS);
	kill(pid, SIGKILL);
	code = finish(pid);
	left = armed(source);
	pid = record(NEXT_NAME, source, pace->period, "-l", "50", NULL);
	if (code != 128 + SIGKILL) {
		finish(pid);
		report(text, sizeof(text));
		if (ended_by_guard(pace->period))
			return false;
	}
	ktap_is(code, 128 + SIGKILL, "killed while recording");
	ktap_is(left, 0, "nothing is armed after its death");
	code = finish(pid);
	report_of(NEXT_NAME, text, sizeof(text));
	if (ended_by_guard(pace->period))
		return false;
	ktap_is(code, 0, "the next recorder works at once: exit code");
	ktap_ok(says(text, "lossless", "true"), "lossless");
	ktap_is(number(text, "count"), 50, "its samples");
	ktap_is(report(text, sizeof(text)), 4, "the report of the killed one");
	ktap_ok(number(text, "received") > 0, "%s: %lld samples were kept",
		source_name(source), number(text, "received"));
	return true;
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
		if (!ktap_real_time()) {
			check_ended_fast(source);
			check_stopped_fast(source);
		}
		with_pace(source, "ended by time", ended_by_time);
		with_pace(source, "ended by a signal", ended_by_signal);
		with_pace(source, "stopped", stopped);
		with_pace(source, "killed", killed);
	}
	return ktap_end();
}
