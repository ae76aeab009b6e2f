// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "fairness.h"

#define TEXT	256

/*
 * struct property - something that fair runs share
 * @text: says what @report has, or "unknown"; @first for what has tolerance
 * @refuse: a difference forbids the comparison
 */
struct property {
	const char *name;
	void (*text)(const struct report *report, const struct report *first,
		     char *text);
	bool refuse;
};

static void unit(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", report_unit_name(r->unit));
}

static void stage(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->stage);
}

static void mechanism(const struct report *r, const struct report *first,
		      char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->environment.mechanism);
}

/* Clocks of different rates cannot hold the same period: a tick is forgiven. */
static void period(const struct report *r, const struct report *first, char *text)
{
	__int128 apart = (__int128)r->period_ticks * first->tick_hz -
			 (__int128)first->period_ticks * r->tick_hz;
	uint64_t faster = r->tick_hz > first->tick_hz ? r->tick_hz : first->tick_hz;
	const struct report *of = apart <= faster && -apart <= faster ? first : r;

	snprintf(text, TEXT, "%.3f us",
		 (double)of->period_ticks * 1e6 / (double)of->tick_hz);
}

static void dither(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%.3f us",
		 (double)r->dither_ticks * 1e6 / (double)r->tick_hz);
}

static void phase(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->phase_mode);
}

static void warmup(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%u", r->warmup_recorded);
}

static void idle(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->idle_policy);
}

static void core(const struct report *r, const struct report *first, char *text)
{
	double low = first->core_hz * (1 - FAIRNESS_CORE);
	double high = first->core_hz * (1 + FAIRNESS_CORE);

	if (!(r->core_hz > 0))
		snprintf(text, TEXT, "unknown");
	else if (r->core_hz >= low && r->core_hz <= high)
		snprintf(text, TEXT, "%.1f MHz", first->core_hz / 1e6);
	else
		snprintf(text, TEXT, "%.1f MHz", r->core_hz / 1e6);
}

static void kernel(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->environment.kernel);
}

static void hz(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	if (r->environment.hz)
		snprintf(text, TEXT, "%u", r->environment.hz);
	else
		snprintf(text, TEXT, "unknown");
}

static void online(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->environment.cpus_online);
}

static void measured(const struct report *r, const struct report *first,
		     char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->measured_cpus);
}

static void physical(const struct report *r, const struct report *first,
		     char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->environment.physical_cpus);
}

static void backing(const struct report *r, const struct report *first,
		    char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->environment.backing_timer);
}

static const struct property properties[] = {
	{ "unit",			unit,		true },
	{ "core clock",			core,		true },
	{ "stage",			stage,		false },
	{ "mechanism",			mechanism,	false },
	{ "backing timer",		backing,	false },
	{ "period",			period,		false },
	{ "dither",			dither,		false },
	{ "phase mode",			phase,		false },
	{ "idle policy",		idle,		false },
	{ "kernel",			kernel,		false },
	{ "HZ",				hz,		false },
	{ "online CPUs",		online,		false },
	{ "measured CPUs",		measured,	false },
	{ "measured physical CPUs",	physical,	false },
};

static __attribute__((format(printf, 3, 4)))
void append(char *text, size_t size, const char *format, ...)
{
	size_t length = strlen(text);
	va_list args;

	va_start(args, format);
	vsnprintf(text + length, size - length, format, args);
	va_end(args);
}

static bool is_unknown(const char *text)
{
	return !text[0] || !strcmp(text, "unknown");
}

/*
 * ": A (1 3), B (2)", with the numbers of the runs; how many different texts
 * that were, and in @known how many without "unknown".
 */
static size_t group(const struct report *reports, size_t count,
		    const struct property *property, char *list, size_t size,
		    size_t *known)
{
	char mine[TEXT], other[TEXT];
	size_t i, j, groups = 0;

	list[0] = '\0';
	*known = 0;
	for (i = 0; i < count; i++) {
		property->text(&reports[i], &reports[0], mine);
		for (j = 0; j < i; j++) {
			property->text(&reports[j], &reports[0], other);
			if (!strcmp(mine, other))
				break;
		}
		if (j < i)
			continue;
		*known += !is_unknown(mine);
		append(list, size, "%s %s (%zu", groups++ ? "," : ":",
		       is_unknown(mine) ? "unknown" : mine, i + 1);
		for (j = i + 1; j < count; j++) {
			property->text(&reports[j], &reports[0], other);
			if (!strcmp(mine, other))
				append(list, size, " %zu", j + 1);
		}
		append(list, size, ")");
	}
	return groups;
}

static int check_properties(const struct report *reports, size_t count,
			    struct comparison *c)
{
	char list[400], open[200] = "";
	size_t i, known;
	int err = 0;

	for (i = 0; !err && i < sizeof(properties) / sizeof(*properties); i++) {
		const struct property *p = &properties[i];

		/* an unknown core clock only warns: it may well be the same */
		if (group(reports, count, p, list, sizeof(list), &known) > 1)
			err = report_line(p->refuse && known > 1 ?
					  &c->refusals : &c->warnings,
					  "different %s%s", p->name, list);
		else if (!known)
			append(open, sizeof(open), "%s%s", open[0] ? ", " : "",
			       p->name);
	}
	if (!err && open[0])
		err = report_line(&c->warnings,
				  "could not be checked, unknown in every run: %s",
				  open);
	return err;
}

static int check_warmup(const struct report *reports, size_t count,
			struct comparison *c)
{
	static const struct property property = { "W", warmup, false };
	char list[400];
	bool partial = false;
	size_t i, known;

	for (i = 0; i < count; i++)
		partial |= reports[i].total.warm_partial;
	if (group(reports, count, &property, list, sizeof(list), &known) < 2)
		return 0;
	return report_line(&c->warnings, "different W%s; all recomputed with W=%u%s",
			   list, c->warmup,
			   partial ? ", as far as samples are there" : "");
}

static int check_run(const struct report *r, size_t number, struct comparison *c)
{
	int err = 0;

	if (r->total.verdict != REPORT_LOSSLESS)
		err = report_line(&c->warnings, "run %zu is %s: %s", number,
				  report_verdict_name(r->total.verdict),
				  r->total.why);
	if (!err && r->total.core_changed)
		err = report_line(&c->warnings,
				  "run %zu: the core clock changed while it was recorded",
				  number);
	return err;
}

int fairness_check(const struct report *reports, size_t count,
		   struct comparison *comparison)
{
	size_t i;
	int err;

	err = check_properties(reports, count, comparison);
	if (!err)
		err = check_warmup(reports, count, comparison);
	for (i = 0; !err && i < count; i++)
		err = check_run(&reports[i], i + 1, comparison);
	return err;
}
