// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "usage.h"

int usage_next(int argc, char *argv[], const char *letters,
	       const struct option *options)
{
	opterr = 0;
	return getopt_long(argc, argv, letters, options, NULL);
}

int usage_wrong(const char *program, const char *what, const char *value)
{
	fprintf(stderr, "%s: %s%s (try --help)\n", program, what, value);
	return USAGE_WRONG;
}

/* A letter among others, as in -qx, is not an argument of its own. */
static bool is_unknown_letter(const char *letters)
{
	return optopt > 0 && optopt < 256 && !strchr(letters, optopt);
}

int usage_wrong_option(const char *program, char *argv[], const char *letters)
{
	const char *last = argv[optind - 1];
	char text[256];

	if (optarg && optarg == last)
		snprintf(text, sizeof(text), "%s %s", argv[optind - 2], last);
	else if (!optarg && is_unknown_letter(letters))
		snprintf(text, sizeof(text), "-%c", optopt);
	else
		snprintf(text, sizeof(text), "%s", last);
	return usage_wrong(program, optarg ? "wrong value: " : "wrong option ",
			   text);
}
