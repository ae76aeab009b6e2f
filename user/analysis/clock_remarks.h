/* SPDX-License-Identifier: MIT */
/*
 * Describes what is wrong with the clocks of a run. A report prints these
 * remarks as notes, a comparison prints them as warnings. No I/O.
 */
#ifndef XLAT_CLOCK_REMARKS_H
#define XLAT_CLOCK_REMARKS_H

#include <stdbool.h>

#include "user/data/report.h"

/** CLOCK_REMARKS: number of different remarks */
#define CLOCK_REMARKS	4u

/** CLOCK_REMARK_TEXT: buffer size in bytes that is enough for each remark */
#define CLOCK_REMARK_TEXT	512

/**
 * clock_remark() - write one remark
 * @which: number of the remark, 0 to CLOCK_REMARKS - 1
 *
 * Return: true if the remark applies to @r and is in @text, otherwise false.
 */
bool clock_remark(const struct report *r, unsigned int which,
		  char text[CLOCK_REMARK_TEXT]);

#endif /* XLAT_CLOCK_REMARKS_H */
