/* SPDX-License-Identifier: MIT */
/*
 * The parts of "xlat-read report" that a live recording uses too.
 */
#ifndef XLAT_CMD_REPORT_H
#define XLAT_CMD_REPORT_H

#include "user/data/cli.h"
#include "analyse.h"
#include "cmd.h"
#include "limit.h"

/** REPORT_LIMITS_MAX: greatest number of limits on one command line */
#define REPORT_LIMITS_MAX	16

/**
 * struct report_request - the parsed command line
 * @json: FILE of --json, or NULL
 * @limit: the limits, @limit_count of them
 * @path: the recording; report_take_file() sets it
 */
struct report_request {
	struct stats_options stats;
	struct report_view view;
	enum analysis_format format;
	const char *json;
	struct limit limit[REPORT_LIMITS_MAX];
	size_t limit_count;
	const char *path;
};

extern const struct cli_option report_options[];

/* Each function prints its own error message and returns an enum exit_code. */

/** report_begin() - set the defaults */
void report_begin(struct report_request *r);

/**
 * report_take_option() - apply one option of %report_options to @r
 * @cli: has just returned @key; its value must stay valid as long as @r
 */
int report_take_option(struct report_request *r, const struct cli *cli, int key);

/** report_take_file() - after the last option: set @path, check --json */
int report_take_file(struct report_request *r, char *const *file, int count);

/** report_run() - read the recording, print its report and check the limits */
int report_run(const struct report_request *r);

#endif /* XLAT_CMD_REPORT_H */
