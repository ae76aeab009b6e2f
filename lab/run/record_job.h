/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_RECORD_JOB_H
#define LAB_RECORD_JOB_H

#include <stddef.h>

#include "scenario.h"

/*
 * The job of the Linux that is measured: load the module; when everybody else
 * has slept for a while, record each source, as many phases as wanted, into
 * SOURCE-phase-P.xlat; a domU, which has nothing but a console, sends its
 * recordings there as text. Boots count from 1: each has phases of its own.
 * Returns 0, or -E2BIG.
 */
int record_job(char *text, size_t size, const struct scenario *scenario,
	       int boot, const char *emulator);

/* What dom0 does before it lets its domU go: describe the host. */
extern const char record_dom0_job[];

/* The name of a recording, without its directory. Sources are counted from
 * 0; returns 0, or -ENOENT where there is no such source. */
enum { RECORD_NAME = 64 };
int record_source(const struct settings *settings, int n,
		  char name[RECORD_NAME]);
void record_name(char name[RECORD_NAME], const char *source, int phase);

#endif
