/* SPDX-License-Identifier: MIT */
/*
 * Deflated runs of a console log back into files. The log is not believed: no
 * byte behind a hole is looked at, and what comes out is bounded.
 */
#ifndef XLAT_TEXTLINE_INFLATE_H
#define XLAT_TEXTLINE_INFLATE_H

#include <stddef.h>

#include "textline.h"

/**
 * TEXTLINE_INFLATED_MAX: all runs of one log together
 *
 * Nine million samples, at 115200 baud hours of lines. Deflate itself makes at
 * most 1032 bytes of one, so no bound by ratio is needed beside it.
 */
#define TEXTLINE_INFLATED_MAX	((size_t)256 << 20)

/**
 * textline_inflate() - once all is read: each deflated run's bytes become the
 * file's, as far as they go before the first hole
 * @most: bytes of all runs together; a run that would pass it is &refused
 *
 * Sets &wrong, &whole and &intact too. Return: 0 or -ENOMEM.
 */
int textline_inflate(struct textline_log *log, size_t most);

#endif /* XLAT_TEXTLINE_INFLATE_H */
