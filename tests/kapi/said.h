/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Runs /xlat-read in a virtual machine and keeps its output. Each test program
 * that includes this has its own copy.
 */
#ifndef XLAT_KAPI_SAID_H
#define XLAT_KAPI_SAID_H

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "ktap.h"

/** said - what the last said_by_reader() printed on stdout and stderr */
static char said[1 << 16];

/** said_by_reader() - run the reader with @arguments; return its exit code */
static inline int said_by_reader(const char *arguments)
{
	char command[256];
	size_t n;
	FILE *p;
	int status;

	snprintf(command, sizeof(command), "/xlat-read %s 2>&1", arguments);
	p = popen(command, "r");
	n = p ? fread(said, 1, sizeof(said) - 1, p) : 0;
	said[n] = '\0';
	status = p ? pclose(p) : -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** said_check() - check that &said contains @words */
static inline void said_check(const char *words)
{
	if (!ktap_ok(!!strstr(said, words), "says: %s", words))
		ktap_note("%s", said);
}

#endif /* XLAT_KAPI_SAID_H */
