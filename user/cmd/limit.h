/* SPDX-License-Identifier: MIT */
/*
 * --limit, --max-avg and --fail-above: upper limits for values of a report.
 *
 * The subject of a limit is a statistic (an enum report_statistic) or one of
 * the counts below. An unknown value is never within its limit.
 */
#ifndef XLAT_CMD_LIMIT_H
#define XLAT_CMD_LIMIT_H

#include "user/data/report.h"

/** enum limit_count - subjects that are counts, summed over all CPUs */
enum limit_count {
	LIMIT_MISSED = REPORT_STATISTICS,
	LIMIT_UNSERVED,
	LIMIT_EARLY,
	LIMIT_SUBJECTS,
};

/** LIMIT_NAMES - names of all subjects, for help and messages */
#define LIMIT_NAMES \
	"avg, min, max, warm_max, p50 to p99.999, missed, unserved or early"

/**
 * limit_split() - split @text, the NAME=VALUE of --limit
 * @value: set to the text after "="
 *
 * Return: the subject, or LIMIT_SUBJECTS if @text is not a valid NAME=VALUE.
 */
int limit_split(const char *text, const char **value);

/**
 * struct limit - the value of a subject must not be above a limit
 * @text: the limit with its unit, as given by the user; not owned
 */
struct limit {
	int subject;
	const char *text;
};

/** limit_set() - check @text; prints its error, returns an enum exit_code */
int limit_set(int subject, const char *text, struct limit *limit);

/**
 * limit_check() - is @report within @limit?
 *
 * It prints a message if the value is above the limit or unknown.
 *
 * Return: EXIT_GOOD; EXIT_LIMIT; EXIT_USAGE if the units of limit and report
 * differ.
 */
int limit_check(const struct limit *limit, const struct report *report);

/**
 * struct gate - how far a subject may be above its value in the baseline
 * @percent: greatest increase, in percent of the baseline's value
 */
struct gate {
	int subject;
	double percent;
};

/** gate_parse() - parse "avg=+5%"; prints its error, returns an exit_code */
int gate_parse(const char *text, struct gate *gate);

/**
 * gate_check() - is every row of @comparison within @gate?
 *
 * It prints a message for each row whose value is above the gate or unknown.
 *
 * Return: EXIT_GOOD or EXIT_LIMIT.
 */
int gate_check(const struct gate *gate, const struct comparison *comparison);

#endif /* XLAT_CMD_LIMIT_H */
