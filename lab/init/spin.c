// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spin.h"

enum { SPINNERS = 8 };

static pid_t spinners[SPINNERS];
static int count;

static int go_to(int cpu)
{
	struct sched_param parameter = { .sched_priority = 0 };
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		return -1;
	return sched_setscheduler(0, SCHED_IDLE, &parameter);
}

/* The child sends errno through the pipe, or nothing if all went well. */
static int start_one(int cpu)
{
	int pipe_fds[2], error = 0;

	if (count == SPINNERS || pipe2(pipe_fds, O_CLOEXEC))
		return -1;
	spinners[count] = fork();
	if (!spinners[count]) {
		if (go_to(cpu)) {
			error = errno;
			write(pipe_fds[1], &error, sizeof(error));
			_exit(1);
		}
		close(pipe_fds[1]);
		for (;;)
			__asm__ volatile("" ::: "memory");
	}
	close(pipe_fds[1]);
	if (spinners[count] > 0 &&
	    read(pipe_fds[0], &error, sizeof(error)) <= 0)
		count++;
	close(pipe_fds[0]);
	errno = error;
	return error ? -1 : 0;
}

int spin_start(const char *cpus)
{
	char *end;
	int failed = 0;

	do {
		failed |= start_one((int)strtol(cpus, &end, 10));
		cpus = end + 1;
	} while (!failed && *end == ',');
	return failed;
}

int spin_end(void)
{
	while (count > 0) {
		count--;
		kill(spinners[count], SIGKILL);
		waitpid(spinners[count], NULL, 0);
	}
	return 0;
}
