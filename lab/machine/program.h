/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PROGRAM_H
#define LAB_PROGRAM_H

#include <sys/types.h>

/* In a child, first: get this signal when the parent ends, or if it has. */
void program_die_with(pid_t parent, int signal);

/*
 * Run a program of this machine to its end, its output going to the file, or
 * with NULL where ours goes. Returns its exit status, 128 + n for signal n,
 * or -errno.
 */
int program_run(const char *const argv[], const char *output);

/* The same, what it has to complain about going there too; appended. */
int program_log(const char *const argv[], const char *log);

#endif
