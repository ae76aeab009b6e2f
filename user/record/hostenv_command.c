// SPDX-License-Identifier: MIT
/*
 * The environment document: output of a system's command. The command runs as
 * root, so it is searched in the system's directories and not in the caller's
 * PATH. It may hang, so it has a deadline.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hostenv.h"

#define OUTPUT_MAX	(16u << 20)

int64_t hostenv_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void become(const char *const *argv, int output)
{
	int null = open("/dev/null", O_RDWR);

	signal(SIGXFSZ, SIG_DFL);	/* only this program ignores it */
	if (setpgid(0, 0) || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(output, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
	    clearenv() || setenv("LC_ALL", "C", 1) ||
	    setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1))
		_exit(127);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

/* Returns the child, and in *output a pipe with its output; -1: no child. */
static pid_t start(const char *const *argv, int *output)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	child = fork();
	if (!child)
		become(argv, ends[1]);
	close(ends[1]);
	*output = ends[0];
	if (child < 0)
		close(ends[0]);
	return child;
}

/* Returns the number of bytes; 0 at the end; -1: error or deadline. */
static ssize_t read_until(int fd, char *to, size_t room, int64_t deadline)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	for (;;) {
		int64_t left = deadline - hostenv_now_ms();
		int n = left > 0 ? poll(&ready, 1, (int)left) : 0;

		if (n > 0)
			return read(fd, to, room);
		if (!n || errno != EINTR)
			return -1;
	}
}

static char *read_text(int fd, int64_t deadline)
{
	size_t length = 0, room = 4096;
	char *text = malloc(room);
	ssize_t n = -1;

	while (text && length < OUTPUT_MAX) {
		char *grown;

		n = read_until(fd, text + length, room - length - 1, deadline);
		if (n <= 0)
			break;
		length += (size_t)n;
		if (length + 1 < room)
			continue;
		n = -1;
		grown = realloc(text, room *= 2);
		if (!grown)
			break;
		text = grown;
	}
	if (text && !n && length) {
		text[length] = '\0';
		return text;
	}
	free(text);
	return NULL;
}

/* The child closed its output: waits for its end, or kills it. */
static bool ended_well(pid_t child, int64_t deadline)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	int status = -1;
	pid_t ended;

	while (!(ended = waitpid(child, &status, WNOHANG)) &&
	       hostenv_now_ms() < deadline)
		nanosleep(&nap, NULL);
	if (!ended) {
		kill(-child, SIGKILL);
		kill(child, SIGKILL);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
		return false;
	}
	return ended == child && WIFEXITED(status) && !WEXITSTATUS(status);
}

char *hostenv_output_of(const char *const *argv, int64_t deadline_ms)
{
	int output = -1;
	pid_t child = start(argv, &output);
	char *text;

	if (child < 0)
		return NULL;
	text = read_text(output, deadline_ms);
	close(output);
	if (ended_well(child, text ? deadline_ms : 0))
		return text;
	free(text);
	return NULL;
}
