// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

void program_die_with(pid_t parent, int signal)
{
	prctl(PR_SET_PDEATHSIG, signal);
	if (getppid() != parent)
		raise(signal);
}

enum { OUTPUT = 1, ERRORS = 2 };

static void redirect(const char *path, int flags, int what)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);

	if (fd < 0 || ((what & OUTPUT) && dup2(fd, 1) < 0) ||
	    ((what & ERRORS) && dup2(fd, 2) < 0)) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		_exit(127);
	}
}

static int run_child(const char *const argv[], const char *path, int flags,
		     int what)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		if (path)
			redirect(path, flags, what);
		execv(argv[0], (char *const *)argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) :
				   128 + WTERMSIG(status);
}

int program_run(const char *const argv[], const char *output)
{
	return run_child(argv, output, O_TRUNC, OUTPUT);
}

int program_log(const char *const argv[], const char *log)
{
	return run_child(argv, log, O_APPEND, OUTPUT | ERRORS);
}
