/* SPDX-License-Identifier: MIT */
/*
 * From a run to a report: every statistic, every proof, the verdict. Pure:
 * nothing is read or printed.
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
 * @what: quantity
 * @warmup: W, or %STATS_WARMUP_RECORDED
 */
struct stats_options {
	enum report_what what;
	uint32_t warmup;
};

/**
 * stats_report() - analyse @run
 * @environment: the facts of its document, or all unknown
 * @report: report_free() it in every case
 *
 * Return: 0; -ENODATA it holds no CPU's set-up, so that ticks have no length;
 * -EINVAL its CPUs contradict each other or the set-up is impossible; -ENOMEM.
 */
int stats_report(const struct run *run, const struct environment *environment,
		 const struct stats_options *options, struct report *report);

#endif /* XLAT_STATS_H */
