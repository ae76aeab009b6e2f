// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd.h"
#include "limit.h"

enum report_statistic limit_split(const char *text, const char **value)
{
	const char *equals = strchr(text, '=');
	size_t length = equals ? (size_t)(equals - text) : 0;
	int i;

	*value = equals ? equals + 1 : NULL;
	for (i = 0; equals && i < REPORT_STATISTICS; i++) {
		const char *name = report_statistic_name(i);

		if (strlen(name) == length && !strncasecmp(name, text, length))
			return i;
	}
	return REPORT_STATISTICS;
}

int gate_parse(const char *text, struct gate *gate)
{
	const char *value;
	char *end = NULL;

	gate->statistic = limit_split(text, &value);
	gate->percent = value ? strtod(value, &end) : -1;
	if (gate->statistic != REPORT_STATISTICS && end > value &&
	    !strcmp(end, "%") && isfinite(gate->percent) && gate->percent >= 0)
		return EXIT_GOOD;
	return cmd_complain(EXIT_USAGE,
			    "--limit %s: NAME=+PERCENT%% with avg, min, max, warm_max or p50 to p99.999",
			    text);
}

static int exceeded(const struct gate *gate, const struct comparison_row *row,
		    const struct report *baseline)
{
	const struct report_value *was = &baseline->total.value[gate->statistic];
	const struct report_value *is = &row->report->total.value[gate->statistic];
	const struct report_value *more = &row->difference[gate->statistic];
	int decimals = row->report->decimals + (gate->statistic == REPORT_AVG);

	if (more->value <= fabs(was->value) * gate->percent / 100)
		return EXIT_GOOD;
	return cmd_complain(EXIT_LIMIT,
			    "%s: %s is %.*f %s, %.*f (%+.1f %%) above %.*f of the baseline %s; the limit is +%g %%",
			    row->report->name,
			    report_statistic_name(gate->statistic), decimals,
			    is->value, report_unit_short(row->report->unit),
			    decimals, more->value,
			    was->value ? 100 * more->value / fabs(was->value) :
			    INFINITY, decimals, was->value, baseline->name,
			    gate->percent);
}

int gate_check(const struct gate *gate, const struct comparison *comparison)
{
	const char *name = report_statistic_name(gate->statistic);
	int code = EXIT_GOOD;
	size_t i, checked = 0;

	for (i = 0; i < comparison->row_count; i++) {
		const struct comparison_row *row = &comparison->rows[i];
		int one;

		if (row->baseline == i)
			continue;
		checked++;
		if (row->difference[gate->statistic].known)
			one = exceeded(gate, row,
				       comparison->rows[row->baseline].report);
		else
			one = cmd_complain(EXIT_LIMIT,
					   "%s: %s is not known here and in the baseline, so it is not within +%g %%",
					   row->report->name, name,
					   gate->percent);
		code = one ? one : code;
	}
	if (checked)
		return code;
	return cmd_complain(EXIT_LIMIT,
			    "no run has a baseline of its stage and unit, so %s is not within +%g %%",
			    name, gate->percent);
}
