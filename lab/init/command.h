/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_COMMAND_H
#define LAB_COMMAND_H

enum { COMMAND_WORDS = 64 };

/*
 * Split a line into words in place. Blanks separate words; "double quotes" keep
 * blanks. Returns the number of words, and puts a NULL after them in argv. Returns
 * -1 if there are too many words, or a quote is not closed.
 */
int command_split(char *line, char *argv[COMMAND_WORDS]);

/*
 * Run a program to its end, with its output to out. The program is found in PATH,
 * or it is a busybox applet. Returns its exit status, 128 + n for signal n, or -1
 * with errno if it could not be started.
 */
int command_run(char *const argv[], int out);

#endif
