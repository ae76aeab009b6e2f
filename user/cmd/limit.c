// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd.h"
#include "limit.h"

static const char *name_of(int subject)
{
	static const char * const counts[] = {
		[LIMIT_MISSED - REPORT_STATISTICS]	= "missed",
		[LIMIT_UNSERVED - REPORT_STATISTICS]	= "unserved",
		[LIMIT_EARLY - REPORT_STATISTICS]	= "early",
	};

	return subject < REPORT_STATISTICS ? report_statistic_name(subject) :
					     counts[subject - REPORT_STATISTICS];
}

static bool is_count(int subject)
{
	return subject >= REPORT_STATISTICS;
}

/* Without the final account a count is only a lower bound, so it is unknown. */
static struct report_value count_of(const struct report_summary *all,
				    int subject)
{
	uint64_t count = subject == LIMIT_MISSED ? all->missed :
			 subject == LIMIT_UNSERVED ? all->unserved : all->early;

	return (struct report_value) {
		.known = all->final, .value = (double)count,
	};
}

static struct report_value value_of(const struct report *report, int subject)
{
	return is_count(subject) ? count_of(&report->total, subject) :
				   report->total.value[subject];
}

static const char *unit_of(const struct report *report, int subject)
{
	return subject == LIMIT_EARLY ? "samples" :
	       is_count(subject) ? "points" : report_unit_short(report->unit);
}

static int decimals_of(const struct report *report, int subject)
{
	return is_count(subject) ? 0 :
	       report_statistic_decimals(subject, report->decimals);
}

int limit_split(const char *text, const char **value)
{
	const char *equals = strchr(text, '=');
	size_t length = equals ? (size_t)(equals - text) : 0;
	int i;

	*value = equals ? equals + 1 : NULL;
	for (i = 0; equals && i < LIMIT_SUBJECTS; i++) {
		const char *name = name_of(i);

		if (strlen(name) == length && !strncasecmp(name, text, length))
			return i;
	}
	return LIMIT_SUBJECTS;
}

/*
 * Convert @text to the unit of the report. A number without a unit has the unit
 * of the report, except in a report in ticks, which needs the unit.
 * Return: NAN if it is not finite or has a different unit.
 */
static double value_in_unit(const char *text, enum report_unit unit)
{
	static const struct {
		const char *suffix;
		enum report_unit unit;
		double factor;
	} suffixes[] = {
		{ "ns", REPORT_NS, 1 },
		{ "us", REPORT_NS, 1e3 },
		{ "ms", REPORT_NS, 1e6 },
		{ "s", REPORT_NS, 1e9 },
		{ "insn", REPORT_INSN, 1 },
		{ "ticks", REPORT_TICKS, 1 },
	};
	char *end;
	double value = strtod(text, &end);
	size_t i;

	if (end == text || !isfinite(value))
		return NAN;
	if (!*end)
		return unit == REPORT_TICKS ? NAN : value;
	for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (!strcmp(end, suffixes[i].suffix) && suffixes[i].unit == unit &&
		    isfinite(value * suffixes[i].factor))
			return value * suffixes[i].factor;
	return NAN;
}

int limit_set(int subject, const char *text, struct limit *limit)
{
	uint64_t count;

	*limit = (struct limit) { subject, text };
	if (is_count(subject))
		return !cli_parse_number(text, UINT64_MAX, &count) ? EXIT_GOOD :
		       cmd_complain(EXIT_USAGE,
				    "limit %s=%s: a whole number without unit",
				    name_of(subject), text);
	if (isnan(value_in_unit(text, REPORT_NS)) &&
	    isnan(value_in_unit(text, REPORT_INSN)) &&
	    isnan(value_in_unit(text, REPORT_TICKS)))
		return cmd_complain(EXIT_USAGE,
				    "limit %s: a finite number, alone or with ns, us, ms, s, insn or ticks",
				    text);
	return EXIT_GOOD;
}

static int unknown(const struct limit *limit, const struct report *report)
{
	const char *name = name_of(limit->subject);

	if (is_count(limit->subject))
		return cmd_complain(EXIT_LIMIT,
				    "%s: %s is not known (the final account is missing), so it is not within %s",
				    report->name, name, limit->text);
	return cmd_complain(EXIT_LIMIT,
			    "%s: %s is not known (%llu values do not support it), so it is not within %s",
			    report->name, name,
			    (unsigned long long)report->total.values,
			    limit->text);
}

int limit_check(const struct limit *limit, const struct report *report)
{
	struct report_value v = value_of(report, limit->subject);
	double most = value_in_unit(limit->text, is_count(limit->subject) ?
				    REPORT_NS : report->unit);

	if (isnan(most) && report->tick_unknown)
		return cmd_complain(EXIT_LIMIT,
				    "%s: %s is in ticks of unknown length (%s), so it is not within %s",
				    report->name, name_of(limit->subject),
				    report->tick_unknown, limit->text);
	if (isnan(most))
		return cmd_complain(EXIT_USAGE, "limit %s: %s is in %s",
				    limit->text, report->name,
				    report_unit_name(report->unit));
	if (!v.known)
		return unknown(limit, report);
	if (v.value <= most)
		return EXIT_GOOD;
	return cmd_complain(EXIT_LIMIT, "%s: %s is %.*f %s, above the limit of %s",
			    report->name, name_of(limit->subject),
			    decimals_of(report, limit->subject), v.value,
			    unit_of(report, limit->subject), limit->text);
}

int gate_parse(const char *text, struct gate *gate)
{
	const char *value;
	char *end = NULL;

	gate->subject = limit_split(text, &value);
	gate->percent = value ? strtod(value, &end) : -1;
	if (gate->subject != LIMIT_SUBJECTS && end > value &&
	    !strcmp(end, "%") && isfinite(gate->percent) && gate->percent >= 0)
		return EXIT_GOOD;
	return cmd_complain(EXIT_USAGE, "--limit %s: NAME=+PERCENT%% with "
			    LIMIT_NAMES, text);
}

static int exceeded(const struct gate *gate, const struct report *report,
		    const struct report *baseline)
{
	double was = value_of(baseline, gate->subject).value;
	double is = value_of(report, gate->subject).value;
	int decimals = decimals_of(report, gate->subject);

	if (is - was <= fabs(was) * gate->percent / 100)
		return EXIT_GOOD;
	return cmd_complain(EXIT_LIMIT,
			    "%s: %s is %.*f %s, %.*f (%+.1f %%) above %.*f of the baseline %s; the limit is +%g %%",
			    report->name, name_of(gate->subject), decimals, is,
			    unit_of(report, gate->subject), decimals, is - was,
			    was ? 100 * (is - was) / fabs(was) : INFINITY,
			    decimals, was, baseline->name, gate->percent);
}

static int check_row(const struct gate *gate, const struct report *report,
		     const struct report *baseline)
{
	if (value_of(report, gate->subject).known &&
	    value_of(baseline, gate->subject).known)
		return exceeded(gate, report, baseline);
	return cmd_complain(EXIT_LIMIT,
			    "%s: %s is not known here and in the baseline, so it is not within +%g %%",
			    report->name, name_of(gate->subject), gate->percent);
}

int gate_check(const struct gate *gate, const struct comparison *comparison)
{
	int code = EXIT_GOOD;
	size_t i, checked = 0;

	for (i = 0; i < comparison->row_count; i++) {
		const struct comparison_row *row = &comparison->rows[i];

		if (row->baseline == i)
			continue;
		checked++;
		if (check_row(gate, row->report,
			      comparison->rows[row->baseline].report))
			code = EXIT_LIMIT;
	}
	if (checked)
		return code;
	return cmd_complain(EXIT_LIMIT,
			    "no run has a baseline of its stage and unit, so %s is not within +%g %%",
			    name_of(gate->subject), gate->percent);
}
