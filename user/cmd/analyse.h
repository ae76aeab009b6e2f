/* SPDX-License-Identifier: MIT */
/*
 * What report and compare do alike: read, analyse, choose a format.
 */
#ifndef XLAT_CMD_ANALYSIS_H
#define XLAT_CMD_ANALYSIS_H

#include "user/data/report.h"
#include "user/data/run.h"
#include "user/analysis/stats.h"

/** enum analysis_format - of the standard output; not given: text */
enum analysis_format {
	ANALYSIS_UNSET,
	ANALYSIS_TEXT,
	ANALYSIS_JSON,
	ANALYSIS_CSV,
};

/* All of these complain themselves and return an enum exit_code. */

/** analysis_format() - "text", "json" or "csv" */
int analysis_format(const char *text, enum analysis_format *out);

/** analysis_what() - "lateness" or "interval" */
int analysis_what(const char *text, enum report_what *out);

/** analysis_warmup() - W */
int analysis_warmup(const char *text, uint32_t *out);

/** analysis_read() - read a file; run_free() @run in every case */
int analysis_read(const char *path, struct run *run);

/** analysis_report() - analyse; report_free() @report in every case */
int analysis_report(const struct run *run, const struct stats_options *options,
		    struct report *report);

/** analysis_end() - @error of a renderer, or of writing its output, to code */
int analysis_end(int error);

#endif /* XLAT_CMD_ANALYSIS_H */
