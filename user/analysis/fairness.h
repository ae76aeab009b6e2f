/* SPDX-License-Identifier: MIT */
/*
 * Checks whether a comparison of runs is fair. There is one line for each
 * property in which the runs differ, with the value of each run. No I/O.
 */
#ifndef XLAT_FAIRNESS_H
#define XLAT_FAIRNESS_H

#include <stddef.h>

#include "user/data/report.h"

/**
 * fairness_check() - add the findings to @comparison
 * @reports: in the order of the rows; the lines number them from 1
 *
 * It adds warnings, refusals and the lines that say what is compared.
 *
 * It checks the mechanism, not the source: native PPI 27 and native PPI 30 are
 * two sources of the same mechanism.
 *
 * Return: 0 or -ENOMEM.
 */
int fairness_check(const struct report *reports, size_t count,
		   struct comparison *comparison);

#endif /* XLAT_FAIRNESS_H */
