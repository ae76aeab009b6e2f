/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LANES_H
#define LAB_LANES_H

#include <stddef.h>

/*
 * Run tasks 0..count-1 in child processes, at_a_time of them at a time. A child
 * calls run() and exits when run() returns, so only shared memory keeps its
 * results. progress() is called in this process: when a task starts (status is
 * NULL); when a task has ended (status is its wait status, not 0 if the child
 * ended before run() returned); and every progress_every_s seconds (task < 0).
 */
struct lanes {
	size_t count, at_a_time;
	int progress_every_s;
	void (*run)(size_t task, void *data);
	void (*progress)(int task, const int *status, double seconds,
			 void *data);
	void *data;
};

/* 0 or -errno; all tasks have ended. */
int lanes_run(const struct lanes *lanes);

#endif
