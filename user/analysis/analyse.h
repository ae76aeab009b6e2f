/* SPDX-License-Identifier: MIT */
/*
 * From a recording to its report, environment document and all. Pure.
 */
#ifndef XLAT_ANALYSE_H
#define XLAT_ANALYSE_H

#include "stats.h"

/**
 * analyse_run() - read the environment document and analyse @run
 * @report: report_free() it in every case
 *
 * Where the document is lost or damaged, every fact in it is unknown, and a
 * note of the report says so.
 *
 * Return: as stats_report(). With -ENODATA and -EINVAL there is no report, and
 * analyse_refusal() says why.
 */
int analyse_run(const struct run *run, const struct stats_options *options,
		struct report *report);

/**
 * analyse_refusal() - why analyse_run() has no report of @run
 * @verdict: on the recording
 *
 * Return: the reason, in words.
 */
const char *analyse_refusal(const struct run *run,
			    enum report_verdict *verdict);

#endif /* XLAT_ANALYSE_H */
