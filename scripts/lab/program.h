/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PROGRAM_H
#define LAB_PROGRAM_H

/*
 * Run a program of this machine to its end, its output going to the file, or
 * with NULL where ours goes. Returns its exit status, 128 + n for signal n,
 * or -errno.
 */
int program_run(const char *const argv[], const char *output);

#endif
