/* SPDX-License-Identifier: MIT */
/*
 * Inflates the deflated runs of a console log. The log is not trusted: bytes
 * after a hole are ignored, and the size of the output is limited.
 */
#ifndef XLAT_TEXTLINE_INFLATE_H
#define XLAT_TEXTLINE_INFLATE_H

#include <stddef.h>

#include "textline.h"

/**
 * TEXTLINE_INFLATED_MAX: most inflated bytes of all runs of one log together
 *
 * It is enough for nine million samples, whose lines take hours at 115200 baud.
 * One byte inflates to at most 1032 bytes, so the ratio is always bounded.
 */
#define TEXTLINE_INFLATED_MAX	((size_t)256 << 20)

/**
 * textline_inflate() - inflate each deflated run up to its first hole
 * @log: a log that was read to its end
 * @most: most bytes of all runs together; a run that would exceed it is
 *	&textline_run.refused
 *
 * It also sets &textline_run.wrong, &textline_run.whole and
 * &textline_run.intact.
 *
 * Return: 0 or -ENOMEM.
 */
int textline_inflate(struct textline_log *log, size_t most);

#endif /* XLAT_TEXTLINE_INFLATE_H */
