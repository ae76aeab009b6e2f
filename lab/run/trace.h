/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_RUN_TRACE_H
#define LAB_RUN_TRACE_H

#include "lab/trace/mark.h"
#include "scenario.h"

enum { TRACE_MARKS_SIZE = 2 * (MARK_TEXT + 8) };

/*
 * The functions of the measured program by which a trace finds its samples, as
 * options of the plugin; nothing if no trace is wanted. They are read from the
 * module among the guest's files, or from the ELF file beside the bare-metal
 * guest. Returns 0, or -errno with the reason in culprit.
 */
int trace_marks(const struct scenario_options *options,
		char marks[TRACE_MARKS_SIZE], char culprit[4096]);

#endif
