/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_READ_H
#define LAB_PLAN_READ_H

#include "plan.h"

/*
 * Read the text of a matrix file into a plan. file is the name for messages;
 * included files are searched in include_dir. Returns 0, or -EINVAL with
 * "file:line: error" in message. The caller calls plan_free() in both cases.
 */
int plan_read(struct plan *plan, const char *text, const char *file,
	      const char *include_dir, char message[512]);

#endif
