/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_LANES_H
#define LAB_LANES_H

#include <stddef.h>

/*
 * Run tasks 0..count-1 in child processes, so many at a time. run() must not
 * return to its caller's affairs: what it leaves behind is memory that was
 * shared before. progress() is called in this process: with a task that starts
 * (no status), one that ended (with its wait status, which is not 0 when the
 * child did not come to run()'s end), and every so often (task < 0).
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
