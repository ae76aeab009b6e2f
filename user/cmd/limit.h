/* SPDX-License-Identifier: MIT */
/*
 * NAME=VALUE of --limit, in report and compare.
 */
#ifndef XLAT_CMD_LIMIT_H
#define XLAT_CMD_LIMIT_H

#include "user/data/report.h"

/**
 * limit_split() - the statistic that --limit @text names
 * @value: set to what follows "="
 *
 * Return: it, or REPORT_STATISTICS where @text is no NAME=VALUE.
 */
enum report_statistic limit_split(const char *text, const char **value);

/**
 * struct gate - a statistic that must not be further above the baseline's
 * @percent: of the baseline's value
 */
struct gate {
	enum report_statistic statistic;
	double percent;
};

/** gate_parse() - "avg=+5%"; complains itself, returns an enum exit_code */
int gate_parse(const char *text, struct gate *gate);

/**
 * gate_check() - is every row of @comparison within @gate?
 *
 * Complains of each that is not, or of which it is not known. Return:
 * EXIT_GOOD or EXIT_LIMIT.
 */
int gate_check(const struct gate *gate, const struct comparison *comparison);

#endif /* XLAT_CMD_LIMIT_H */
