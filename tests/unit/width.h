/* SPDX-License-Identifier: MIT */
/* For unit tests of tables. */
#ifndef XLAT_UNIT_WIDTH_H
#define XLAT_UNIT_WIDTH_H

#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "user/data/plain.h"
#include "user/data/table.h"

/** unit_check_width() - no line of @text is wider than a terminal */
static inline void unit_check_width(const char *text)
{
	char line[4096];
	size_t n;

	for (; *text; text += n + 1) {
		n = strcspn(text, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)n, text);
		ck_assert_msg(plain_columns(line) <= TABLE_WIDTH, "%s", line);
	}
}

#endif /* XLAT_UNIT_WIDTH_H */
