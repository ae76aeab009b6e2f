// SPDX-License-Identifier: GPL-2.0
/*
 * The real reader when something fails: the disk is full, a CPU goes offline,
 * the report cannot be written, a signal arrives during one of several
 * recordings. The reader must report it, keep the data it has, and leave no
 * timer armed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ktap.h"
#include "session.h"

#define DISK		"/tmp/disk"
#define DISK_SIZE	"size=64k"	/* some 2,000 samples */
#define OUT		"/tmp/faults.out"
#define ERR		"/tmp/faults.err"
#define REPORT		"/tmp/faults.report"
/* A reader that does not end by itself is killed; that is a failure. */
#define PATIENCE_S	120

static char text[1 << 20];
static char last_cpu[8];

static void redirect(int to, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || dup2(fd, to) < 0)
		_exit(126);
}

static pid_t start(const char *out, const char *err, char *const argv[])
{
	pid_t pid = fork();

	if (pid)
		return pid;
	redirect(STDOUT_FILENO, out);
	redirect(STDERR_FILENO, err);
	setenv("TMPDIR", DISK, 1);
	alarm(PATIENCE_S);
	execv(argv[0], argv);
	_exit(127);
}

static int finish(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) < 0)
		return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}

static const char *read_text(const char *path)
{
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	if (f)
		fclose(f);
	text[n] = '\0';
	return text;
}

/* On failure, prints the whole text. */
static void check_says(const char *path, const char *words)
{
	if (!ktap_ok(strstr(read_text(path), words), "says: %s", words))
		ktap_note("%s: %s", path, text);
}

static int report(const char *path)
{
	char *argv[] = { "/xlat-read", "report", "--format", "json",
			 (char *)path, NULL };

	return finish(start(REPORT, "/dev/console", argv));
}

/* A number of the last report. */
static long long number(const char *name)
{
	char key[64];
	const char *p;

	snprintf(key, sizeof(key), "\"%s\":", name);
	p = strstr(read_text(REPORT), key);
	return p ? strtoll(p + strlen(key), NULL, 10) : -1;
}

static void check_recording(const char *path, int code)
{
	long long received;

	ktap_is(report(path), code, "its report: exit code");
	received = number("received");
	ktap_timed(received > 500, "it holds %lld samples", received);
	ktap_is(number("damaged_blocks"), 0, "no block is damaged");
	ktap_is(number("cut_bytes"), 0, "none is cut off");
	ktap_ok(!strstr(text, "\"lossless\": true") == !!code, "%slossless",
		code ? "not " : "");
}

/* Counts files whose name contains the words; @name: one of them. */
static int count_files(const char *directory, const char *words, char name[256])
{
	DIR *dir = opendir(directory);
	struct dirent *entry;
	int n = 0;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' || !strstr(entry->d_name, words))
			continue;
		if (name)
			strcpy(name, entry->d_name);
		n++;
	}
	if (dir)
		closedir(dir);
	return n;
}

static void check_disarmed(uint32_t source)
{
	struct session s;

	ktap_is(session_hrtimers(), 0, "no hrtimer is left");
	ktap_is(session_interrupts(), 0, "no interrupt is left");
	session_init(&s, source, 1, 1000000);
	ktap_ok(!session_begin(&s), "the source can be claimed");
	session_close(&s);
}

static void disk_in(void)
{
	mkdir(DISK, 0755);
	ktap_is(mount("tmpfs", DISK, "tmpfs", 0, DISK_SIZE) ? errno : 0, 0,
		"a small disk");
}

/* A slow machine would end a session with a short period, to protect itself. */
static char *period(char *normal)
{
	return ktap_real_time() ? "5ms" : normal;
}

/* The disk is full while --histogram records. */
static void check_full_live(uint32_t source)
{
	char *argv[] = {
		"/xlat-read", "--histogram", "--source",
		(char *)source_name(source), "-a", last_cpu, "-D", "1h",
		"--period", period("100us"), "--ring-slots", "256", NULL,
	};

	disk_in();
	ktap_is(finish(start(OUT, ERR, argv)), 1,
		"--histogram, the disk is full: exit code");
	check_says(ERR, "cannot write the samples of this run: No space left on device; the recording was stopped: give -o FILE, or set TMPDIR");
	check_says(OUT, "WARM_MAX");
	check_says(OUT, "unproven");
	check_disarmed(source);
	ktap_is(count_files(DISK, "", NULL), 0, "the temporary file is gone");
	umount(DISK);
}

/* The disk is full while record writes to it. */
static void check_full_record(uint32_t source)
{
	char *argv[] = {
		"/xlat-read", "record", "-q", "-o", DISK "/run.xlat",
		"--source", (char *)source_name(source), "-a", last_cpu,
		"-D", "1h", "--period", period("100us"), "--ring-slots", "256", NULL,
	};

	disk_in();
	ktap_is(finish(start(OUT, ERR, argv)), 1,
		"record, the disk is full: exit code");
	check_says(ERR, "cannot write the samples to " DISK "/run.xlat: No space left on device; the recording was stopped, what is in the file is valid: free some space");
	check_disarmed(source);
	check_recording(DISK "/run.xlat", 4);
	umount(DISK);
}

/* The disk is full from the start: no report, no recording. */
static void check_full_before(uint32_t source)
{
	char *argv[] = {
		"/xlat-read", "--histogram", "--source",
		(char *)source_name(source), "-a", last_cpu, "-D", "1h", NULL,
	};
	static const char zeros[1 << 16];
	int fd;

	disk_in();
	fd = open(DISK "/filler", O_WRONLY | O_CREAT, 0600);
	ktap_is(write(fd, zeros, sizeof(zeros)), sizeof(zeros), "a full disk");
	close(fd);
	ktap_is(finish(start(OUT, ERR, argv)), 1,
		"--histogram on a full disk: exit code");
	check_says(ERR, "No space left on device");
	ktap_is(strlen(read_text(OUT)), 0, "no report of nothing");
	ktap_is(count_files(DISK, "", NULL), 1, "no temporary file is left");
	check_disarmed(source);
	umount(DISK);
}

/* The report cannot be written: the recording is kept, its name is printed. */
static void check_untold(uint32_t source)
{
	char *argv[] = {
		"/xlat-read", "--histogram", "--source",
		(char *)source_name(source), "-a", last_cpu, "-l", "1000",
		"--period", period("1ms"), NULL,
	};
	char name[256] = "", path[512];

	mkdir(DISK, 0755);
	ktap_is(finish(start("/dev/full", ERR, argv)), 1,
		"--histogram, standard output is full: exit code");
	ktap_is(count_files(DISK, ".xlat", name), 1, "the recording is kept");
	snprintf(path, sizeof(path), "kept: %s/%s", DISK, name);
	check_says(ERR, path);
	snprintf(path, sizeof(path), "%s/%s", DISK, name);
	check_recording(path, 0);
	unlink(path);
}

/* One recorded CPU goes offline under --histogram; the other one continues. */
static void check_offline(uint32_t source)
{
	unsigned int cpu = cpu_last();
	char cpus[32], words[96];
	char *argv[] = {
		"/xlat-read", "--histogram", "--source",
		(char *)source_name(source), "-a", cpus, "-D", "3",
		"--period", period("1ms"), NULL,
	};
	pid_t pid;

	if (cpu < 2) {
		ktap_skip("too few CPUs");
		return;
	}
	snprintf(cpus, sizeof(cpus), "%u,%u", cpu - 1, cpu);
	pid = start(OUT, ERR, argv);
	ktap_ok(session_wait_elsewhere(source), "it records");
	sleep_ms(500);
	ktap_is(cpu_set_online(cpu, false), 0, "a recorded CPU goes offline");
	ktap_is(finish(pid), 1, "its --histogram: exit code");
	cpu_set_online(cpu, true);
	snprintf(words, sizeof(words),
		 "CPU %u went offline while recording: this run holds what came before",
		 cpu);
	check_says(ERR, words);
	check_says(OUT, "WARM_MAX");
	check_says(OUT, "offline");
	check_says(OUT, "lossless");
	check_disarmed(source);
}

static void check_named(const char *name, bool recorded)
{
	char path[64], words[96];

	snprintf(path, sizeof(path), "/tmp/all.%s.xlat", name);
	snprintf(words, sizeof(words), "source %s was not recorded: interrupted before it began",
		 name);
	if (recorded) {
		ktap_note("%s", path);
		check_recording(path, 0);
		unlink(path);
	} else {
		check_says(ERR, words);
		ktap_ok(access(path, F_OK), "%s was not made", path);
	}
}

/* SIGINT during the first or the second of several recordings. */
static void check_interrupted(uint32_t during, int begun, int code)
{
	char *argv[] = {
		"/xlat-read", "record", "-q", "-o", "/tmp/all.xlat",
		"--source", "all", "-a", last_cpu, "-D", "1500ms", NULL,
	};
	pid_t pid = start(OUT, ERR, argv);
	uint32_t source;

	ktap_ok(session_wait_elsewhere(during), "it records with %s",
		source_name(during));
	sleep_ms(700);
	kill(pid, SIGINT);
	ktap_is(finish(pid), code, "--source all, interrupted: exit code");
	for (source = 0; source < SOURCES; source++) {
		char words[64];

		if (source_free(source)) {
			check_named(source_name(source), begun-- > 0);
			continue;
		}
		snprintf(words, sizeof(words), "source %s is left out",
			 source_name(source));
		check_says(ERR, words);
	}
}

static void check_all(void)
{
	uint32_t source, n = 0;

	for (source = 0; source < SOURCES; source++)
		n += source_free(source);
	if (n < 2) {
		ktap_skip("one source");
		return;
	}
	check_interrupted(XLAT_SOURCE_HRTIMER, 1, 1);
	check_interrupted(XLAT_SOURCE_PHYS, 2, n > 2);
	check_disarmed(XLAT_SOURCE_HRTIMER);
}

int main(void)
{
	uint32_t source;

	snprintf(last_cpu, sizeof(last_cpu), "%u", cpu_last());
	for (source = 0; source < SOURCES; source++) {
		if (!source_free(source)) {
			ktap_skip("%s is not free", source_name(source));
			continue;
		}
		check_full_live(source);
		check_full_record(source);
		check_full_before(source);
		check_untold(source);
		check_offline(source);
	}
	check_all();
	return ktap_end();
}
