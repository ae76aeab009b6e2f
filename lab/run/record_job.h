/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_RECORD_JOB_H
#define LAB_RECORD_JOB_H

#include <stddef.h>

#include "scenario.h"

/*
 * The job of the measured Linux. It loads the module, sleeps for a while so
 * that the rest of the machine settles, and records each source in each phase
 * to SOURCE-phase-P.xlat. A domU has only a console, so it sends its recordings
 * to the console as text. boot is from 1; different boots have different
 * phases. Returns 0 or -E2BIG.
 */
int record_job(char *text, size_t size, const struct scenario *scenario,
	       int boot, const char *emulator);

/*
 * record_source() writes the name of source n, from 0; it returns 0, or -ENOENT
 * if there is no such source. record_name() writes the name of a recording,
 * without its directory.
 */
enum { RECORD_NAME = 64 };
int record_source(const struct settings *settings, int n,
		  char name[RECORD_NAME]);
void record_name(char name[RECORD_NAME], const char *source, int phase);

#endif
