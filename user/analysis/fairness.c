// SPDX-License-Identifier: MIT
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "clock_remarks.h"
#include "core_clock.h"
#include "fairness.h"
#include "user/data/plain.h"
#include "words.h"

#define TEXT	ENVIRONMENT_LINE

/* A value is cut off after this many characters. */
#define SHOWN	70

/* Buffer size for all values of a property. */
#define LIST	800

/*
 * struct property - a property that comparable runs should share
 * @fact: 1 + offset of a text in struct environment; 0: use @text instead
 * @text: writes the value that @report has, or "unknown". @first is the same
 *	report for all runs: a value within a tolerance of its value is equal
 * @refuse: a difference forbids the comparison
 * @subject: a difference is what the comparison is about; it is not a warning
 * @xen: check it only for runs on Xen
 * @words: the value is a command line; only words that some other run does not
 *	have are printed
 * @remark: printed after the list of values
 */
struct property {
	const char *name;
	size_t fact;
	void (*text)(const struct report *report, const struct report *first,
		     char *text);
	bool refuse;
	bool subject;
	bool xen;
	bool words;
	const char *remark;
};

/*
 * struct runs - all runs of the comparison
 * @first: passed to &property.text; the first run with a known core clock
 */
struct runs {
	const struct report *report;
	size_t count;
	const struct report *first;
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

/*
 * Counters with different rates cannot have exactly the same period. Periods
 * that differ by at most one tick of the slower counter are equal.
 */
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
	const struct report *of = core_clock_same(r, first) ? first : r;

	if (!core_clock_is_known(r))
		snprintf(text, TEXT, "unknown");
	else if (of->core_hz > 0)
		snprintf(text, TEXT, "%.1f MHz", of->core_hz / 1e6);
	else
		snprintf(text, TEXT, "%s MHz", of->core_clocks);
}

static void hz(const struct report *r, const struct report *first, char *text)
{
	(void)first;
	if (r->environment.hz)
		snprintf(text, TEXT, "%u", r->environment.hz);
	else
		snprintf(text, TEXT, "unknown");
}

static void measured(const struct report *r, const struct report *first,
		     char *text)
{
	(void)first;
	snprintf(text, TEXT, "%s", r->measured_cpus);
}

static void hypervisor(const struct report *r, const struct report *first,
		       char *text)
{
	const char *type = r->environment.hypervisor;

	(void)first;
	/* "none" and "none seen" are equal: both say there is no hypervisor */
	snprintf(text, TEXT, "%s", strcmp(type, "none seen") ? type : "none");
}

/* A text of the environment, unchanged. */
#define FACT(member)	.fact = offsetof(struct environment, member) + 1

static const struct property properties[] = {
	{ .name = "unit", .text = unit, .refuse = true },
	{ .name = "core clock", .text = core, .refuse = true },
	{ .name = "stage", .text = stage,
	  .remark = "; never compared with each other" },
	{ .name = "mechanism", .subject = true, FACT(mechanism) },
	{ .name = "backing timer", .subject = true, FACT(backing_timer) },
	{ .name = "period", .text = period },
	{ .name = "dither", .text = dither },
	{ .name = "phase mode", .text = phase },
	{ .name = "idle policy", .text = idle },
	{ .name = "hypervisor", .subject = true, .text = hypervisor },
	{ .name = "Xen scheduler", .subject = true, FACT(scheduler), .xen = true },
	{ .name = "Xen DEBUG", .subject = true, FACT(debug), .xen = true },
	{ .name = "Xen command line", .subject = true, FACT(xen_commandline), .xen = true,
	  .words = true },
	{ .name = "emulator", FACT(emulator) },
	{ .name = "CPU model", FACT(cpu_model) },
	{ .name = "governor", FACT(governor) },
	{ .name = "kernel", FACT(kernel) },
	{ .name = "kernel configuration", FACT(config_digest) },
	{ .name = "kernel command line", .subject = true, FACT(kernel_commandline), .words = true },
	{ .name = "HZ", .text = hz },
	{ .name = "online CPUs", FACT(cpus_online) },
	{ .name = "measured CPUs", .text = measured },
	{ .name = "measured physical CPUs", FACT(physical_cpus) },
};

static void text_of(const struct property *property, const struct report *r,
		    const struct report *first, char *text)
{
	if (property->fact)
		snprintf(text, TEXT, "%s",
			 (const char *)&r->environment + property->fact - 1);
	else
		property->text(r, first, text);
}

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

static bool applies(const struct property *property, const struct report *r)
{
	return !property->xen || !strncmp(r->environment.hypervisor, "xen", 3);
}

static bool everywhere(const struct runs *runs, const struct property *property,
		       const char *word, size_t length)
{
	char line[TEXT];
	size_t i;

	for (i = 0; i < runs->count; i++) {
		text_of(property, &runs->report[i], runs->first, line);
		if (applies(property, &runs->report[i]) && !is_unknown(line) &&
		    !words_have(line, word, length))
			return false;
	}
	return true;
}

/* Length at which to cut off a text. It is never inside a number. */
static int shown_of(const char *text)
{
	int length = SHOWN;

	if ((int)strlen(text) <= SHOWN)
		return SHOWN;
	while (length > 1 && isdigit((unsigned char)text[length]) &&
	       isdigit((unsigned char)text[length - 1]))
		length--;
	return length;
}

/* Shorten @text: leave out the words that all runs have, and cut it off. */
static void shorten(const struct runs *runs, const struct property *property,
		    const char *text, char *out)
{
	bool words = property->words && !is_unknown(text);
	char kept[TEXT] = "";
	size_t length;

	if (!words)
		snprintf(kept, sizeof(kept), "%s",
			 is_unknown(text) ? "unknown" : text);
	while (words && *(text += strspn(text, " "))) {
		length = strcspn(text, " ");
		if (!everywhere(runs, property, text, length))
			append(kept, sizeof(kept), "%s%.*s",
			       kept[0] ? " " : "", (int)length, text);
		text += length;
	}
	snprintf(out, SHOWN + 4, "%.*s%s", shown_of(kept), kept[0] ? kept : "nothing more",
		 strlen(kept) > SHOWN ? "..." : "");
	plain_make(out);	/* the cut may split a character */
}

static bool same(const struct runs *runs, size_t i, size_t j,
		 const struct property *property)
{
	const struct report *a = &runs->report[i], *b = &runs->report[j];
	char one[TEXT], other[TEXT];

	if (!applies(property, a) || !applies(property, b))
		return false;
	text_of(property, a, runs->first, one);
	text_of(property, b, runs->first, other);
	return property->words ? words_same(one, other) : !strcmp(one, other);
}

/*
 * List each different value with the numbers of its runs: ": A (1 3), B (2)".
 * Return: the number of different values. @known is the same without "unknown".
 */
static size_t group(const struct runs *runs, const struct property *property,
		    char *list, size_t size, size_t *known)
{
	char mine[TEXT], shown[SHOWN + 4];
	size_t i, j, groups = 0;

	list[0] = '\0';
	*known = 0;
	for (i = 0; i < runs->count; i++) {
		for (j = 0; j < i && !same(runs, i, j, property); j++)
			;
		if (j < i || !applies(property, &runs->report[i]))
			continue;
		text_of(property, &runs->report[i], runs->first, mine);
		*known += !is_unknown(mine);
		shorten(runs, property, mine, shown);
		append(list, size, "%s %s (%zu", groups++ ? "," : ":", shown,
		       i + 1);
		for (j = i + 1; j < runs->count; j++)
			if (same(runs, i, j, property))
				append(list, size, " %zu", j + 1);
		append(list, size, ")");
	}
	return groups;
}

static int check_properties(const struct runs *runs, struct comparison *c)
{
	char list[LIST], open[LIST] = "";
	size_t i, known, groups;
	int err = 0;

	for (i = 0; !err && i < sizeof(properties) / sizeof(*properties); i++) {
		const struct property *p = &properties[i];

		/* an unknown core clock is only a warning: it may be equal */
		groups = group(runs, p, list, sizeof(list), &known);
		if (groups > 1 && p->subject && known == groups)
			err = report_line(&c->compared, "%s%s", p->name, list);
		else if (groups > 1)
			err = report_line(p->refuse && known > 1 ?
					  &c->refusals : &c->warnings,
					  "different %s%s%s", p->name, list,
					  p->remark ? p->remark : "");
		else if (groups && !known)
			append(open, sizeof(open), "%s%s", open[0] ? ", " : "",
			       p->name);
	}
	if (!err && open[0])
		err = report_line(&c->warnings,
				  "could not be checked, unknown in every run: %s",
				  open);
	return err;
}

static int check_warmup(const struct runs *runs, struct comparison *c)
{
	static const struct property property = { .name = "W", .text = warmup };
	char list[LIST];
	bool partial = false;
	size_t i, known;

	for (i = 0; i < runs->count; i++)
		partial |= runs->report[i].total.warm_partial;
	if (group(runs, &property, list, sizeof(list), &known) < 2)
		return 0;
	return report_line(&c->warnings, "different W%s; all recomputed with W=%u%s",
			   list, c->warmup,
			   partial ? ", as far as samples are there" : "");
}

static const char *early_end(const struct report *r)
{
	size_t i;

	for (i = 0; i < r->cpu_count; i++)
		if (r->cpu[i].ended_early)
			return r->cpu[i].end;
	return "";
}

static int check_starved(const struct report *r, size_t number,
			 struct comparison *c)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < r->cpu_count; i++) {
		const struct report_summary *s = &r->cpu[i];

		if (report_starved(s))
			err = report_line(&c->warnings,
					  "run %zu, CPU %u: of %" PRIu64
					  " points %" PRIu64
					  " were never served and %" PRIu64
					  " missed", number, s->cpu,
					  s->count + s->unserved + s->missed,
					  s->unserved, s->missed);
	}
	return err;
}

/*
 * If ticks may not be time, nanoseconds and instructions may be mixed without
 * notice. That is worse than a known difference of units.
 */
static int check_tick(const struct report *r, size_t number,
			     struct comparison *c)
{
	if (!r->tick_unknown)
		return 0;
	return report_line(&c->refusals,
			   "run %zu: %s: whether its ticks are time is unknown",
			   number, r->tick_unknown);
}

static int check_clocks(const struct report *r, size_t number,
			struct comparison *c)
{
	char text[CLOCK_REMARK_TEXT];
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < CLOCK_REMARKS; i++)
		if (clock_remark(r, i, text))
			err = report_line(&c->warnings, "run %zu: %s", number,
					  text);
	return err;
}

static int check_run(const struct report *r, size_t number, struct comparison *c)
{
	int err = 0;

	if (r->total.verdict != REPORT_LOSSLESS)
		err = report_line(&c->warnings, "run %zu is %s: %s", number,
				  report_verdict_name(r->total.verdict),
				  r->total.why);
	if (!err && r->total.ended_early)
		err = report_line(&c->warnings, "run %zu ended early: %s", number,
				  early_end(r));
	if (!err && r->total.core_changed)
		err = report_line(&c->warnings,
				  "run %zu: the core clock changed while it was recorded",
				  number);
	if (!err && r->environment.scheduler_ignored[0])
		err = report_line(&c->warnings,
				  "run %zu: Xen ignored sched=%s on its command line: its scheduler is %s",
				  number, r->environment.scheduler_ignored,
				  r->environment.scheduler);
	if (!err)
		err = check_clocks(r, number, c);
	return err ? err : check_starved(r, number, c);
}

static bool same_recording(const struct report *a, const struct report *b)
{
	return a->file_bytes && a->file_bytes == b->file_bytes &&
	       a->file_checksum == b->file_checksum;
}

/* Each run is compared with earlier runs: three copies make two lines. */
static int check_copies(const struct report *reports, size_t count,
			struct comparison *c)
{
	size_t i, j;
	int err = 0;

	for (i = 1; !err && i < count; i++) {
		for (j = 0; j < i && !same_recording(&reports[i], &reports[j]); j++)
			;
		if (j < i)
			err = report_line(&c->warnings,
					  "runs %zu and %zu are the same recording, byte for byte",
					  j + 1, i + 1);
	}
	return err;
}

static const struct report *reference(const struct report *reports,
				      size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (core_clock_is_known(&reports[i]))
			return &reports[i];
	return &reports[0];
}

int fairness_check(const struct report *reports, size_t count,
		   struct comparison *comparison)
{
	const struct runs runs = {
		.report = reports, .count = count,
		.first = reference(reports, count),
	};
	size_t i;
	int err;

	err = check_properties(&runs, comparison);
	if (!err)
		err = check_warmup(&runs, comparison);
	if (!err)
		err = check_copies(reports, count, comparison);
	for (i = 0; !err && i < count; i++)
		err = check_run(&reports[i], i + 1, comparison);
	for (i = 0; !err && i < count; i++)
		err = check_tick(&reports[i], i + 1, comparison);
	return err;
}
