// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "program.h"
#include "vm.h"
#include "xen_ring.h"

/* The child's ends of the channels, where dup2() puts them. */
static const struct vm_fds child_fds = {
	.verdict = 60, .qmp = 61, .keys = 62,
};

struct run {
	const struct vm *vm;
	char console[4096], files[4096];
	struct vm_fds ours, theirs;
	pid_t qemu;
	double start;
	double alive;		/* QEMU's processor time at the last sign of life */
	off_t console_size;
	long guest_end;		/* of it, where Xen was asked; else 0 */
	char verdict[32];
	size_t verdict_length;
};

static void path_in(char path[4096], const char *out, const char *name)
{
	snprintf(path, 4096, "%s/%s", out, name);
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/*
 * What a process has had of the processor: a stall is measured in that, for on
 * a busy host a machine may be silent for long and be well.
 */
static double cpu_s(pid_t pid)
{
	unsigned long user = 0, system = 0;
	char path[64], line[1024], *after;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "re");
	if (!f)
		return 0;
	after = fgets(line, sizeof(line), f) ? strrchr(line, ')') : NULL;
	fclose(f);
	if (after)
		sscanf(after, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
		       "%lu %lu", &user, &system);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static int make_pair(int *ours, int *theirs)
{
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return -errno;
	*ours = fds[0];
	*theirs = fds[1];
	return 0;
}

/* Unlike a socket, it can be opened by the name that a descriptor has. */
static int make_pipe(int *ours, int *theirs)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	*theirs = fds[0];
	*ours = fds[1];
	return 0;
}

static void close_fds(struct vm_fds *fds)
{
	int *all[] = { &fds->verdict, &fds->qmp, &fds->keys };
	size_t n;

	for (n = 0; n < 3; n++) {
		if (*all[n] >= 0)
			close(*all[n]);
		*all[n] = -1;
	}
}

static int make_channels(struct run *run)
{
	int error;

	run->ours = run->theirs = (struct vm_fds){ -1, -1, -1 };
	error = make_pair(&run->ours.verdict, &run->theirs.verdict);
	if (!error)
		error = make_pair(&run->ours.qmp, &run->theirs.qmp);
	if (!error)
		error = make_pipe(&run->ours.keys, &run->theirs.keys);
	return error;
}

/* What QEMU and tar have to say is kept beside the console. */
static void say_into_log(const struct run *run)
{
	char path[4096];
	int fd;

	path_in(path, run->vm->out, "lab.log");
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	dup2(fd, 2);
}

static int start_qemu(struct run *run)
{
	char **argv = vm_argv(run->vm, run->console, run->files, &child_fds);
	pid_t parent = getpid(), pid;

	if (!argv)
		return -E2BIG;
	pid = fork();
	if (pid < 0)
		return -errno;
	run->qemu = pid;
	if (pid)
		return 0;
	program_die_with(parent, SIGKILL);
	dup2(run->theirs.verdict, child_fds.verdict);
	dup2(run->theirs.qmp, child_fds.qmp);
	dup2(run->theirs.keys, child_fds.keys);
	dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
	say_into_log(run);
	execv(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

/* All that QEMU is ever sent. */
static const char end_qemu[] = "{\"execute\":\"qmp_capabilities\"}\n"
			       "{\"execute\":\"quit\"}\n";

void vm_add_input(const struct vm *vm, struct hash *hash)
{
	hash_string(hash, end_qemu);
	if (vm->machine == VM_DOM0LESS)
		hash_string(hash, xen_ring_keys);
}

static int send_line(int fd, const char *text)
{
	return send(fd, text, strlen(text), MSG_NOSIGNAL) < 0 ? -errno : 0;
}

static pid_t wait_so_long(pid_t pid, double seconds, int *status)
{
	double until = now_s() + seconds;
	pid_t ended;

	while (!(ended = waitpid(pid, status, WNOHANG)) && now_s() < until)
		usleep(20000);
	return ended;
}

static void stop_qemu(struct run *run)
{
	if (!run->qemu)
		return;
	send_line(run->ours.qmp, end_qemu);
	if (!wait_so_long(run->qemu, 5, NULL)) {
		kill(run->qemu, SIGKILL);
		waitpid(run->qemu, NULL, 0);
	}
	run->qemu = 0;
}

static pid_t start_tar(const struct run *run)
{
	pid_t parent = getpid(), tar = fork();
	char list[4096];

	if (tar)
		return tar;
	program_die_with(parent, SIGKILL);
	say_into_log(run);
	path_in(list, run->vm->out, "files.list");
	execlp("tar", "tar", "-x", "-v", "--index-file", list, "-f",
	       run->files, "--no-same-owner", "-C", run->vm->out,
	       (char *)NULL);
	_exit(127);
}

/* Unpack the guest's files. Returns whether they are whole. */
static bool unpack(struct run *run)
{
	int status = -1;
	pid_t tar = start_tar(run);

	if (tar > 0)
		waitpid(tar, &status, 0);
	unlink(run->files);
	return !status;
}

static int start(struct run *run)
{
	int error = make_channels(run);

	if (!error)
		error = start_qemu(run);
	close_fds(&run->theirs);
	run->start = now_s();
	return error;
}

static void stop(struct run *run)
{
	stop_qemu(run);
	close_fds(&run->ours);
}

static void look_at_console(struct run *run)
{
	struct stat st;

	if (stat(run->console, &st) || st.st_size == run->console_size)
		return;
	run->console_size = st.st_size;
	run->alive = cpu_s(run->qemu);
}

/* True when there is a whole line, and that is a number. */
static bool read_verdict(struct run *run, struct vm_result *result)
{
	size_t room = sizeof(run->verdict) - 1 - run->verdict_length;
	ssize_t n = recv(run->ours.verdict,
			 run->verdict + run->verdict_length, room,
			 MSG_DONTWAIT);
	char *end;

	if (n <= 0)
		return false;
	run->alive = cpu_s(run->qemu);
	run->verdict_length += (size_t)n;
	run->verdict[run->verdict_length] = '\0';
	if (!strchr(run->verdict, '\n'))
		return false;
	result->verdict = (int)strtol(run->verdict, &end, 10);
	return end != run->verdict && (*end == '\n' || *end == '\r');
}

/* The end of what is on the console by now. */
static bool ends_with(const struct run *run, const char *words)
{
	char text[256];
	FILE *f = words ? fopen(run->console, "re") : NULL;
	size_t n = 0;

	if (!f)
		return false;
	if (!fseek(f, -(long)sizeof(text) + 1, SEEK_END) ||
	    !fseek(f, 0, SEEK_SET))
		n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = '\0';
	return strstr(text, words);
}

/* Xen goes on when its last domain is gone; it is asked what it was told. */
static bool read_last_words(struct run *run, struct vm_result *result)
{
	bool bad = ends_with(run, run->vm->bad_words);
	struct stat st;

	if (!run->vm->good_words ||
	    (!bad && !ends_with(run, run->vm->good_words)))
		return false;
	result->verdict = bad;
	if (!stat(run->console, &st)) {
		run->guest_end = (long)st.st_size;
		xen_ring_ask(run->ours.keys, run->console, run->guest_end);
	}
	return true;
}

/* Returns true when it has ended. */
static bool look(struct run *run, struct vm_result *result)
{
	struct pollfd p = { .fd = run->ours.verdict, .events = POLLIN };
	double now;
	int status;

	poll(&p, 1, 500);
	if (read_verdict(run, result) || read_last_words(run, result)) {
		result->end = VM_DONE;
		return true;
	}
	look_at_console(run);
	now = now_s();
	if (waitpid(run->qemu, &status, WNOHANG) == run->qemu) {
		run->qemu = 0;
		result->end = run->vm->ends_by_itself && !status ? VM_DONE :
								   VM_DIED;
		if (result->end == VM_DONE)
			result->verdict = !ends_with(run, run->vm->done_words);
	} else if (now - run->start > run->vm->limit_s) {
		result->end = VM_TIMEOUT;
	} else if (cpu_s(run->qemu) - run->alive > run->vm->stall_s) {
		result->end = VM_STALLED;
	} else {
		return false;
	}
	return true;
}

static void lost_console(const char *out, int try, char path[4096])
{
	snprintf(path, 4096, "%s/console.lost-%d.log", out, try);
}

static void forget_file(const char *out, const char *name)
{
	char path[4096];

	path_in(path, out, name);
	unlink(path);
}

/* The guest's files of an earlier try, as tar has listed them: "./name". */
static void forget_listed(const char *out)
{
	char path[4096], line[4096];
	FILE *f;

	path_in(path, out, "files.list");
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, "./", 2) && line[2] && !strchr(line + 2, '/'))
			forget_file(out, line + 2);
	}
	if (f)
		fclose(f);
	unlink(path);
}

static void forget_try(const char *out)
{
	forget_file(out, "console.log");
	forget_file(out, "files.tar");
	forget_file(out, XEN_RING_FILE);
	forget_listed(out);
}

void vm_forget(const char *out)
{
	char path[4096];
	int try;

	for (try = 1; try < VM_TRIES; try++) {
		lost_console(out, try, path);
		unlink(path);
	}
	forget_file(out, "lab.log");
	forget_file(out, VM_TREE);
	forget_try(out);
}

static void run_once(const struct vm *vm, struct vm_result *result)
{
	struct run run = { .vm = vm };

	path_in(run.console, vm->out, "console.log");
	path_in(run.files, vm->out, "files.tar");
	forget_try(vm->out);
	result->error = start(&run);
	if (result->error)
		result->end = VM_ERROR;
	else
		while (!look(&run, result))
			;
	stop(&run);
	if (run.guest_end)
		xen_ring_split(run.console, run.guest_end, vm->out);
	if (!unpack(&run) && result->end == VM_DONE && !vm->ends_by_itself) {
		result->end = VM_ERROR;
		result->error = -EIO;
	}
	result->seconds = now_s() - run.start;
}

static void keep_console(const struct vm *vm, int try)
{
	char from[4096], to[4096];

	path_in(from, vm->out, "console.log");
	lost_console(vm->out, try, to);
	rename(from, to);
}

void vm_run(const struct vm *vm, struct vm_result *result)
{
	memset(result, 0, sizeof(*result));
	for (result->tries = 1; ; result->tries++) {
		run_once(vm, result);
		if (result->end != VM_STALLED || result->tries >= vm->tries)
			return;
		keep_console(vm, result->tries);
	}
}

const char *vm_end_name(enum vm_end end)
{
	static const char *const names[] = {
		[VM_NOT_RUN] = "not run",
		[VM_DONE] = "done",
		[VM_DIED] = "QEMU ended without a verdict",
		[VM_STALLED] = "stalled",
		[VM_TIMEOUT] = "no verdict within its time",
		[VM_ERROR] = "could not be started, or its files not unpacked",
	};

	return names[end];
}
