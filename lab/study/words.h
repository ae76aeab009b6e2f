/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers as text. A result is valid for the next 32 calls, which is enough for
 * one row of a table.
 */
#ifndef LAB_STUDY_WORDS_H
#define LAB_STUDY_WORDS_H

#include "study.h"

/** words_number() - 0, 1 or 2 digits after the point, by the size of @value */
const char *words_number(double value);

/** words_signed() - the same, with its sign */
const char *words_signed(double value);

/** words_estimate() - the value, or "-" */
const char *words_estimate(const struct study_estimate *estimate);

/** words_interval() - "[-12, 30]", or "-" */
const char *words_interval(const struct study_estimate *estimate);

/** words_legend() - "[3]", or "-" */
const char *words_legend(const struct study_cell *cell);

/** words_guest() - "bare metal", "Linux" */
const char *words_guest(const struct study_cell *cell);

/** words_of() - any text */
const char *words_of(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
