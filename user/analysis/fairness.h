/* SPDX-License-Identifier: MIT */
/*
 * Is it fair to compare these runs? One line for each property in which they
 * differ, naming which run has what. Pure.
 */
#ifndef XLAT_FAIRNESS_H
#define XLAT_FAIRNESS_H

#include <stddef.h>

#include "user/data/report.h"

/**
 * fairness_check() - fill @comparison's warnings and refusals
 * @reports: in the order of its rows, which the lines number from 1
 *
 * The source itself is not checked: a native PPI 27 and a native PPI 30 are
 * the same mechanism, and it is the mechanism that is.
 *
 * Return: 0 or -ENOMEM.
 */
int fairness_check(const struct report *reports, size_t count,
		   struct comparison *comparison);

#endif /* XLAT_FAIRNESS_H */
