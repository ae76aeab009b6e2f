/* SPDX-License-Identifier: GPL-2.0 */
/* What /xlat-read says in a virtual machine. For test programs: each its own. */
#ifndef XLAT_KAPI_SAID_H
#define XLAT_KAPI_SAID_H

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "ktap.h"

/** said - all that the last said_by_reader() printed, on both outputs */
static char said[1 << 16];

/** said_by_reader() - run it with these arguments; its exit code */
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

/** said_check() - a check: these words are in it */
static inline void said_check(const char *words)
{
	if (!ktap_ok(!!strstr(said, words), "says: %s", words))
		ktap_note("%s", said);
}

#endif /* XLAT_KAPI_SAID_H */
