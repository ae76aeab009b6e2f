/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The operations of the program stress: every way to use /dev/xlat, and what
 * disturbs a session. A choice has all their arguments.
 */
#ifndef STRESS_OPS_H
#define STRESS_OPS_H

#include <stdbool.h>

#include "stress_choice.h"
#include "stress_member.h"

/* Exit codes of the program "stress FD", the operation EXEC. */
enum { EXEC_STOPPED = 40, EXEC_REFUSED = 41 };

const char *op_name(enum kind kind);

/* What @c needs, so that it does something at a meeting. */
void op_prepare(struct member *m, const struct choice *c);

/* Do @kind with the arguments of @c. True: it succeeded. Failures are expected. */
bool op_run(enum kind kind, struct member *m, const struct choice *c);

/* SETUP of @fd; the arguments are then in @m->setup and @m->cpus. */
bool op_set_up(struct member *m, int fd, const struct choice *c);

/* XLAT_IOC_STOP of @fd. */
bool op_stop(int fd);

#endif
