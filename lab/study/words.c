// SPDX-License-Identifier: GPL-2.0
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "words.h"

enum { ANSWERS = 32, LENGTH = 400 };

static char *next_answer(void)
{
	static char answer[ANSWERS][LENGTH];
	static int at;

	at = (at + 1) % ANSWERS;
	return answer[at];
}

static int decimals(double value)
{
	value = fabs(value);
	return value == floor(value) || value >= 999.95 ? 0 : value >= 1 ? 1 : 2;
}

const char *words_of(const char *format, ...)
{
	char *answer = next_answer();
	va_list list;

	va_start(list, format);
	vsnprintf(answer, LENGTH, format, list);
	va_end(list);
	return answer;
}

const char *words_number(double value)
{
	return words_of("%.*f", decimals(value), value);
}

const char *words_signed(double value)
{
	return value ? words_of("%+.*f", decimals(value), value) : "0";
}

const char *words_estimate(const struct study_estimate *estimate)
{
	return estimate->known ? words_number(estimate->value) : "-";
}

const char *words_interval(const struct study_estimate *estimate)
{
	if (!estimate->known || !estimate->bounded)
		return "-";
	return words_of("[%s, %s]", words_signed(estimate->low),
			words_signed(estimate->high));
}

const char *words_legend(const struct study_cell *cell)
{
	return cell->legend ? words_of("[%zu]", cell->legend) : "-";
}

const char *words_guest(const struct study_cell *cell)
{
	return study_is(cell, "guest", "bare-metal") ? "bare metal" :
	       study_is(cell, "guest", "linux") ? "Linux" :
	       *study_setting(cell, "guest") ? study_setting(cell, "guest") :
	       "-";
}
