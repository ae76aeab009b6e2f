/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PROGRAM_H
#define LAB_PROGRAM_H

#include <sys/types.h>

/* First act of a child: it gets this signal when the parent ends, or at once if
 * the parent has already ended. */
void program_die_with(pid_t parent, int signal);

/*
 * Run a program on this machine to its end. Its output and messages are appended
 * to log. Returns its exit status, 128 + n for signal n, or -errno.
 */
int program_log(const char *const argv[], const char *log);

#endif
