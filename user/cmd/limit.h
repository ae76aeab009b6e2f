/* SPDX-License-Identifier: MIT */
/*
 * --limit and its relatives: bounds on what a report says.
 *
 * The subject of a limit is a statistic (an enum report_statistic) or one of
 * the counts below. A value that is not known is never within its limit.
 */
#ifndef XLAT_CMD_LIMIT_H
#define XLAT_CMD_LIMIT_H

#include "user/data/report.h"

/** enum limit_count - subjects besides the statistics: counts of all CPUs */
enum limit_count {
	LIMIT_MISSED = REPORT_STATISTICS,
	LIMIT_UNSERVED,
	LIMIT_EARLY,
	LIMIT_SUBJECTS,
};

/** LIMIT_NAMES - every subject, for help and messages */
#define LIMIT_NAMES \
	"avg, min, max, warm_max, p50 to p99.999, missed, unserved or early"

/**
 * limit_split() - the subject that --limit @text names
 * @value: set to what follows "="
 *
 * Return: it, or LIMIT_SUBJECTS where @text is no NAME=VALUE.
 */
int limit_split(const char *text, const char **value);

/**
 * struct limit - a subject must not be above a value
 * @text: the value with its unit, as given; not owned
 */
struct limit {
	int subject;
	const char *text;
};

/** limit_set() - check @text; complains itself, returns an enum exit_code */
int limit_set(int subject, const char *text, struct limit *limit);

/**
 * limit_check() - is @report within @limit?
 *
 * Complains if it is not, or if that is not known. Return: EXIT_GOOD,
 * EXIT_LIMIT, or EXIT_USAGE where the limit has another unit than the report.
 */
int limit_check(const struct limit *limit, const struct report *report);

/**
 * struct gate - a subject must not be further above the baseline's
 * @percent: of the baseline's value
 */
struct gate {
	int subject;
	double percent;
};

/** gate_parse() - "avg=+5%"; complains itself, returns an enum exit_code */
int gate_parse(const char *text, struct gate *gate);

/**
 * gate_check() - is every row of @comparison within @gate?
 *
 * Complains about each row that is not, or whose value is not known. Return:
 * EXIT_GOOD or EXIT_LIMIT.
 */
int gate_check(const struct gate *gate, const struct comparison *comparison);

#endif /* XLAT_CMD_LIMIT_H */
