/* SPDX-License-Identifier: MIT */
/*
 * Functions that report and compare share: read, analyse, choose a format.
 */
#ifndef XLAT_CMD_ANALYSIS_H
#define XLAT_CMD_ANALYSIS_H

#include "user/data/report.h"
#include "user/data/run.h"
#include "user/analysis/stats.h"

/** enum analysis_format - format of the standard output; unset means text */
enum analysis_format {
	ANALYSIS_UNSET,
	ANALYSIS_TEXT,
	ANALYSIS_JSON,
	ANALYSIS_CSV,
};

/* Each function prints its own error message and returns an enum exit_code. */

/** analysis_format() - parse "text", "json" or "csv" */
int analysis_format(const char *text, enum analysis_format *out);

/** analysis_what() - parse "lateness" or "interval" */
int analysis_what(const char *text, enum report_what *out);

/** analysis_warmup() - parse W */
int analysis_warmup(const char *text, uint32_t *out);

/** analysis_read() - read a file; always free @run with run_free() */
int analysis_read(const char *path, struct run *run);

/** analysis_report() - analyse; always free @report with report_free() */
int analysis_report(const struct run *run, const struct stats_options *options,
		    struct report *report);

/**
 * analysis_end() - flush the standard output
 * @error: 0 or -errno of the renderer
 *
 * Return: EXIT_GOOD, or EXIT_FAILED if rendering or writing failed.
 */
int analysis_end(int error);

#endif /* XLAT_CMD_ANALYSIS_H */
