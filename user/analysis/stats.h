/* SPDX-License-Identifier: MIT */
/*
 * Makes a report from a run: every statistic, every proof, the verdict. This
 * code does no I/O.
 */
#ifndef XLAT_STATS_H
#define XLAT_STATS_H

#include "user/data/environment.h"
#include "user/data/report.h"
#include "user/data/run.h"

/** STATS_WARMUP_RECORDED: the W that the run was recorded with. */
#define STATS_WARMUP_RECORDED	UINT32_MAX

/**
 * struct stats_options - what to compute
 * @what: quantity, lateness or intervals
 * @warmup: W, or %STATS_WARMUP_RECORDED
 */
struct stats_options {
	enum report_what what;
	uint32_t warmup;
};

/**
 * stats_report() - analyse @run
 * @environment: the facts of its environment document, or all unknown
 * @report: always free it with report_free(), also after an error
 *
 * Return: 0; -ENODATA if @run has no CPU's set-up, so that the length of a tick
 * is unknown; -EINVAL if its CPUs contradict each other or the set-up is
 * impossible; -ENOMEM.
 */
int stats_report(const struct run *run, const struct environment *environment,
		 const struct stats_options *options, struct report *report);

#endif /* XLAT_STATS_H */
