/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The operations of the program stress: every way to use /dev/xlat, and what
 * disturbs a session. The generator of the process chooses their arguments.
 */
#ifndef STRESS_OPS_H
#define STRESS_OPS_H

#include <stdbool.h>

#include "stress_member.h"

enum kind {
	SETUP, START, STOP, INFO, MMAP, MUNMAP, MPROTECT, MREMAP, MADVISE, LOOK,
	POLL, READ, DUP, CLOSE, FORK, EXEC, KILL, AFFINITY, PAUSE, OFFLINE,
	ONLINE, RMMOD, FOREIGN, KINDS
};

const char *op_name(enum kind kind);

/* Returns true if the operation succeeded. Failures are expected. */
bool op_run(enum kind kind, struct member *m);

/* SETUP of @fd with drawn arguments, which are then in @m->setup. */
bool op_set_up(struct member *m, int fd);

/* XLAT_IOC_STOP of @fd. */
bool op_stop(int fd);

#endif
