/* SPDX-License-Identifier: MIT */
/*
 * Makes a report from a recording and its environment document. No I/O.
 */
#ifndef XLAT_ANALYSE_H
#define XLAT_ANALYSE_H

#include "stats.h"

/**
 * analyse_run() - read the environment document and analyse @run
 * @report: always free it with report_free(), also after an error
 *
 * If the document is lost or damaged, every fact in it is unknown and a note
 * in the report says so.
 *
 * Return: as stats_report(). After -ENODATA and -EINVAL there is no report;
 * analyse_refusal() gives the reason.
 */
int analyse_run(const struct run *run, const struct stats_options *options,
		struct report *report);

/**
 * analyse_refusal() - why analyse_run() made no report of @run
 * @verdict: set to the verdict on the recording
 *
 * Return: the reason as text; a constant string.
 */
const char *analyse_refusal(const struct run *run,
			    enum report_verdict *verdict);

#endif /* XLAT_ANALYSE_H */
