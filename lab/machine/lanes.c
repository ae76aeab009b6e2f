// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lanes.h"
#include "program.h"

struct state {
	const struct lanes *lanes;
	pid_t *pids;
	size_t next, running;
	double start, called;
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void call_progress(struct state *s, int task, const int *status)
{
	s->called = now_s();
	s->lanes->progress(task, status, s->called - s->start, s->lanes->data);
}

static int start(struct state *s)
{
	pid_t pid, parent = getpid();

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		program_die_with(parent, SIGTERM);
		s->lanes->run(s->next, s->lanes->data);
		fflush(NULL);
		_exit(0);
	}
	s->pids[s->next] = pid;
	call_progress(s, (int)s->next, NULL);
	s->next++;
	s->running++;
	return 0;
}

static void note_ended(struct state *s, pid_t pid, int status)
{
	size_t n;

	for (n = 0; n < s->next; n++) {
		if (s->pids[n] != pid)
			continue;
		s->pids[n] = 0;		/* another child may get the number */
		s->running--;
		call_progress(s, (int)n, &status);
	}
}

static void wait_a_little(struct state *s)
{
	int status;
	pid_t pid = waitpid(-1, &status, WNOHANG);

	if (pid > 0)
		note_ended(s, pid, status);
	else
		usleep(100000);
	if (now_s() - s->called >= s->lanes->progress_every_s)
		call_progress(s, -1, NULL);
}

int lanes_run(const struct lanes *lanes)
{
	struct state s = { .lanes = lanes, .start = now_s() };
	int error = 0;

	s.pids = calloc(lanes->count, sizeof(*s.pids));
	if (!s.pids)
		return -ENOMEM;
	while (s.running || (!error && s.next < lanes->count)) {
		if (!error && s.next < lanes->count &&
		    s.running < lanes->at_a_time)
			error = start(&s);
		else
			wait_a_little(&s);
	}
	free(s.pids);
	return error;
}
