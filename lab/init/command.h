/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_COMMAND_H
#define LAB_COMMAND_H

enum { COMMAND_WORDS = 64 };

/*
 * Split a line into words in place: blanks separate, "double quotes" keep
 * them. Returns the number of words (argv gets a NULL after them), or -1 for
 * too many words or a quote that is not closed.
 */
int command_split(char *line, char *argv[COMMAND_WORDS]);

/*
 * Run a program, found in PATH or else a busybox applet, to its end, its
 * output going to out. Returns its exit status, 128 + n for signal n, -1 with
 * errno when it could not be started.
 */
int command_run(char *const argv[], int out);

#endif
