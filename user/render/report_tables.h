/* SPDX-License-Identifier: MIT */
/* The tables and the histogram of a report as text. */
#ifndef XLAT_REPORT_TABLES_H
#define XLAT_REPORT_TABLES_H

#include <stdbool.h>

#include "user/data/report.h"

/**
 * report_tables() - print the statistics, the percentiles and the counts
 * @out: printed there
 * @report: the report
 * @per_cpu: a row for each CPU; else a row for all of them
 */
void report_tables(FILE *out, const struct report *report, bool per_cpu);

/**
 * report_histogram() - print a bar for each range of values
 * @out: printed there
 * @report: the report
 * @width: columns of the terminal; fewer than 60 are taken for 60
 */
void report_histogram(FILE *out, const struct report *report, int width);

#endif /* XLAT_REPORT_TABLES_H */
