/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with the clocks of a run, in words: the report notes it, a
 * comparison warns of it. Pure.
 */
#ifndef XLAT_CLOCK_REMARKS_H
#define XLAT_CLOCK_REMARKS_H

#include <stdbool.h>

#include "user/data/report.h"

/** CLOCK_REMARKS: remarks that there can be */
#define CLOCK_REMARKS	4u

/** CLOCK_REMARK_TEXT: bytes in which each one fits */
#define CLOCK_REMARK_TEXT	512

/**
 * clock_remark() - remark number @which, from 0
 *
 * Return: true and @text; false: there is nothing to remark.
 */
bool clock_remark(const struct report *r, unsigned int which,
		  char text[CLOCK_REMARK_TEXT]);

#endif /* XLAT_CLOCK_REMARKS_H */
