/* SPDX-License-Identifier: MIT */
/*
 * Fixture for tests of textline: a file of random bytes, and its lines.
 */
#ifndef XLAT_SENT_LINES_H
#define XLAT_SENT_LINES_H

#include <string.h>
#include <zlib.h>

#include "core/grid.h"
#include "user/format/textline.h"
#include "tests/unit/unit.h"

#define BYTES	5000
#define LINES	((BYTES + TEXTLINE_BYTES - 1) / TEXTLINE_BYTES)

static uint64_t drawn;

static inline uint64_t draw(uint64_t range)
{
	return xlat_draw(0x7e87, drawn++, range);
}

/* A file of random bytes, and the lines that carry it. */
static uint8_t sent[BYTES];
static char line[LINES + 2][TEXTLINE_MAX];

static inline void make(uint16_t tag, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < BYTES; i++)
		sent[i] = (uint8_t)draw(256);
	textline_begin(line[n++], tag, name, TEXTLINE_PLAIN);
	for (size_t at = 0; at < BYTES; at += TEXTLINE_BYTES, n++)
		textline_data(line[n], tag, (uint32_t)(n - 1), sent + at,
			      BYTES - at < TEXTLINE_BYTES ? BYTES - at :
							    TEXTLINE_BYTES);
	textline_end(line[n], tag, LINES, BYTES,
		     (uint32_t)crc32(0, sent, BYTES));
}

static inline void feed(struct textline_log *log, const char *text)
{
	ck_assert_int_eq(textline_feed(log, text, strlen(text)), 0);
}

static inline void feed_all(struct textline_log *log)
{
	for (size_t i = 0; i < LINES + 2; i++)
		feed(log, line[i]);
}

static inline void assert_intact(const struct textline_run *run,
				 const char *name)
{
	ck_assert_str_eq(run->name, name);
	ck_assert(run->ended);
	ck_assert(run->intact);
	ck_assert_uint_eq(run->missing, 0);
	ck_assert_uint_eq(run->length, BYTES);
	ck_assert_mem_eq(run->bytes, sent, BYTES);
}

static inline void feed_some(struct textline_log *log, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		feed(log, line[i]);
}

#endif
