/* SPDX-License-Identifier: GPL-2.0 */
/* What all subcommands say of a wrong command line, each in one line. */
#ifndef LAB_CMD_USAGE_H
#define LAB_CMD_USAGE_H

#include <getopt.h>

enum { USAGE_WRONG = 2 };

/**
 * usage_next() - take the next option, as getopt_long() does, silently
 *
 * Return: what getopt_long() returns; '?' is for usage_wrong_option().
 */
int usage_next(int argc, char *argv[], const char *letters,
	       const struct option *options);

/**
 * usage_wrong() - print "PROGRAM: WHATVALUE (try --help)"
 *
 * Return: USAGE_WRONG
 */
int usage_wrong(const char *program, const char *what, const char *value);

/**
 * usage_wrong_option() - name the option that usage_next() took last, as typed
 * @letters: what usage_next() got
 *
 * It is an option that does not exist or has no value, or its value is wrong.
 *
 * Return: USAGE_WRONG
 */
int usage_wrong_option(const char *program, char *argv[], const char *letters);

#endif
