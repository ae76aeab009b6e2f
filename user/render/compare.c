// SPDX-License-Identifier: MIT
/*
 * Prints comparisons as text.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "user/data/plain.h"
#include "user/data/report.h"
#include "user/data/table.h"

#define LABEL	1024

/* Append at most @columns columns of @text. */
static void add(char *label, const char *text, size_t columns)
{
	size_t length = strlen(label);

	snprintf(label + length, LABEL - length, "%.*s",
		 (int)plain_fit(text, columns), text);
}

/* Label that identifies a run: scenario, source, mechanism, stage. */
static void label_of(const struct report *r, size_t number, char *label)
{
	snprintf(label, LABEL, "%zu ", number);
	add(label, r->environment.scenario, 60);
	add(label, ", ", 2);
	add(label, r->source, 20);
	add(label, "/", 1);
	add(label, r->environment.mechanism, 40);
	add(label, " ", 1);
	add(label, r->stage, 20);
}

/* A column is shown if at least one run has a value for it. */
static bool shown(const struct comparison *c, int statistic)
{
	size_t i;

	if (statistic < REPORT_FIRST_PERCENTILE)
		return true;
	for (i = 0; i < c->row_count; i++)
		if (c->rows[i].report->total.value[statistic].known)
			return true;
	return false;
}

/* Is the first run the baseline of all others? */
static bool one_baseline(const struct comparison *c)
{
	size_t i;

	for (i = 0; i < c->row_count; i++)
		if (c->rows[i].baseline)
			return false;
	return true;
}

/* struct listing - the statistics that one table lists */
struct listing {
	const struct comparison *comparison;
	int first;
	int end;
};

/* Rows of the table that each run has: values, differences, ratios. */
enum { VALUES, DIFFERENCES, RATIOS, KINDS };

static void add_label(struct table_row *row, const struct comparison *c,
		      size_t i, int kind)
{
	char label[LABEL];

	if (kind == VALUES) {
		label_of(c->rows[i].report, i + 1, label);
		table_cell(row, "%s", label);
	} else if (kind == RATIOS) {
		table_cell(row, "    ratio");
	} else if (one_baseline(c)) {
		table_cell(row, "    difference");
	} else {
		table_cell(row, "    difference to run %zu",
			   c->rows[i].baseline + 1);
	}
}

static void add_value(struct table_row *row, const struct report_value *v,
		      int kind, int decimals)
{
	if (!v->known)
		table_cell(row, "-");
	else if (kind == RATIOS)
		table_cell(row, "%.3f", v->value);
	else
		table_cell(row, kind == VALUES ? "%.*f" : "%+.*f", decimals,
			   v->value);
}

static void add_statistics(const void *source, size_t n, struct table_row *row)
{
	const struct listing *l = source;
	const struct comparison *c = l->comparison;
	size_t i = n ? (n - 1) / KINDS : 0;
	int kind = n ? (int)((n - 1) % KINDS) : VALUES, s;
	const struct comparison_row *r = &c->rows[i];
	const struct report_value *value =
		kind == VALUES ? r->report->total.value :
		kind == DIFFERENCES ? r->difference : r->ratio;

	if (kind != VALUES && r->baseline == i)
		return;
	if (n)
		add_label(row, c, i, kind);
	else
		table_cell(row, "run");
	for (s = l->first; s < l->end; s++)
		if (n && shown(c, s))
			add_value(row, &value[s], kind,
				  report_statistic_decimals(s, c->decimals));
		else if (shown(c, s))
			table_cell(row, "%s", report_statistic_name(s));
}

/* @least: width of a column of small numbers */
static void put_statistics(FILE *out, const struct listing *l, size_t least)
{
	struct table t = {
		.rows = 1 + KINDS * l->comparison->row_count, .columns = 1,
		.keys = 1, .gap = 1, .least = { 26 }, .words = { true },
		.row = add_statistics, .source = l,
	};
	int s;

	for (s = l->first; s < l->end; s++)
		if (shown(l->comparison, s))
			t.least[t.columns++] = least;
	if (t.columns == 1)
		return;
	if (l->first != REPORT_AVG)
		fputc('\n', out);
	table_print(out, &t);
}

static void put_heading(FILE *out, const void *comparison)
{
	const struct comparison *c = comparison;

	fprintf(out, "%s in %s, W=%u; differences and ratios to %s\n",
		report_what_name(c->rows[0].report->what),
		report_unit_name(c->unit), c->warmup, one_baseline(c) ?
		"run 1" : "the baseline of each");
}

static void put_tables(FILE *out, const struct comparison *c)
{
	struct listing values = { c, REPORT_AVG, REPORT_FIRST_PERCENTILE };
	struct listing percentiles = {
		c, REPORT_FIRST_PERCENTILE, REPORT_STATISTICS
	};

	table_text(out, put_heading, c);
	put_statistics(out, &values, 10);
	put_statistics(out, &percentiles, 8);
}

static void add_interval(struct table_row *row, const struct report_value *v,
			 int decimals)
{
	if (v->known)
		table_cell(row, "[%+.*f, %+.*f]", decimals, v->low, decimals,
			   v->high);
	else
		table_cell(row, "-");
}

static void add_effect(const void *source, size_t n, struct table_row *row)
{
	static const char *const head[] = {
		"run", "against", "medians apart", "95 % interval",
		"Cliff's delta", "its 95 % interval",
	};
	const struct comparison *c = source;
	const struct comparison_row *r = n ? &c->rows[n - 1] : NULL;
	const struct report_value *median;
	size_t i;

	for (i = 0; !r && i < sizeof(head) / sizeof(*head); i++)
		table_cell(row, "%s", head[i]);
	if (!r || (!r->difference[REPORT_P50].known && !r->delta.known))
		return;
	median = &r->difference[REPORT_P50];
	table_cell(row, "%zu", n);
	table_cell(row, "%zu", r->baseline + 1);
	if (median->known)
		table_cell(row, "%+.*f %s", c->decimals, median->value,
			   report_unit_short(r->report->unit));
	else
		table_cell(row, "-");
	add_interval(row, median, c->decimals);
	table_cell(row, r->delta.known ? "%+.3f" : "-", r->delta.value);
	add_interval(row, &r->delta, 3);
}

static bool has_effect(const struct comparison *c)
{
	size_t i;

	for (i = 0; i < c->row_count; i++)
		if (c->rows[i].difference[REPORT_P50].known ||
		    c->rows[i].delta.known)
			return true;
	return false;
}

static void put_effects(FILE *out, const struct comparison *c)
{
	struct table t = {
		.rows = 1 + c->row_count, .columns = 6, .keys = 2, .gap = 2,
		.row = add_effect, .source = c,
	};

	if (!has_effect(c))
		return;
	fputc('\n', out);
	table_print(out, &t);
}

/* Name the runs that are compared with no other run. */
static void put_baselines(FILE *out, const struct comparison *c)
{
	size_t i;

	for (i = 1; i < c->row_count; i++)
		if (c->rows[i].baseline == i)
			fprintf(out, "run %zu is a baseline: no run of its stage and unit comes before it\n",
				i + 1);
}

/* What else the rows of the runs need to be read. */
static void put_remarks(FILE *out, const struct comparison *c)
{
	const struct report *r;
	size_t i;

	for (i = 0; i < c->row_count; i++) {
		r = c->rows[i].report;
		if (r->unit != c->unit)
			fprintf(out, "run %zu: its row is in %s\n", i + 1,
				report_unit_name(r->unit));
		if (!r->total.from_samples)
			fprintf(out, "run %zu: percentiles from the histogram\n",
				i + 1);
	}
}

/* The account of run @n: the counts of its samples and points. */
static void add_account(const void *source, size_t n, struct table_row *row)
{
	static const char *const head[] = {
		"run", "verdict", "samples", "early", "missed", "unserved",
		"lost", "file",
	};
	const struct comparison *c = source;
	const struct report *r = n ? c->rows[n - 1].report : NULL;
	const struct report_summary *t = r ? &r->total : NULL;
	size_t i;

	for (i = 0; !r && i < sizeof(head) / sizeof(*head); i++)
		table_cell(row, "%s", head[i]);
	if (!r)
		return;
	table_cell(row, "%zu", n);
	table_cell(row, "%s", report_verdict_name(t->verdict));
	table_cell(row, "%" PRIu64, t->count);
	table_cell(row, "%" PRIu64, t->early);
	table_cell(row, "%" PRIu64, t->missed);
	if (t->final)
		table_cell(row, "%" PRIu64, t->unserved);
	else
		table_cell(row, "?");
	table_cell(row, "%s%" PRIu64, t->final ? "" : ">=", t->lost);
	table_cell(row, "%s", r->name);
}

static void put_accounts(FILE *out, const struct comparison *c)
{
	struct table t = {
		.rows = 1 + c->row_count, .columns = 8, .keys = 1, .gap = 2,
		.words = { [1] = true, [7] = true }, .row = add_account,
		.source = c,
	};

	table_print(out, &t);
}

/* The facts that all runs have in common. */
static unsigned int shared_setup(const struct comparison *c)
{
	unsigned int facts = SETUP_ALL;
	size_t i;

	for (i = 1; i < c->row_count; i++)
		facts &= render_setup_same(&c->rows[0].report->environment,
					   &c->rows[i].report->environment);
	return facts;
}

static bool same_setup(const struct comparison *c, size_t a, size_t b)
{
	return render_setup_same(&c->rows[a].report->environment,
				 &c->rows[b].report->environment) == SETUP_ALL;
}

/* Append to @line of @size bytes. */
__attribute__((format(printf, 3, 4)))
static void append(char *line, size_t size, const char *format, ...)
{
	size_t length = strlen(line);
	va_list list;

	va_start(list, format);
	vsnprintf(line + length, size - length, format, list);
	va_end(list);
}

/* The set-up of run @i without @shared, with the numbers of its runs. */
static void put_own_setup(FILE *out, const struct comparison *c, size_t i,
			  unsigned int shared)
{
	char setup[REPORT_SETUP], line[2 * REPORT_SETUP] = "set-up (";
	size_t j;

	append(line, sizeof(line), "%zu", i + 1);
	for (j = i + 1; j < c->row_count; j++)
		if (same_setup(c, i, j))
			append(line, sizeof(line), " %zu", j + 1);
	render_setup(setup, &c->rows[i].report->environment,
		     SETUP_ALL & ~shared);
	append(line, sizeof(line), "): %s", setup);
	table_words(out, "", "  ", line);
}

static void put_own_setups(FILE *out, const struct comparison *c,
			   unsigned int shared)
{
	size_t i, j;

	for (i = 0; i < c->row_count; i++) {
		for (j = 0; j < i && !same_setup(c, i, j); j++)
			;
		if (j == i)
			put_own_setup(out, c, i, shared);
	}
}

/* What all runs have in common is said once. */
static void put_setups(FILE *out, const struct comparison *c)
{
	unsigned int shared = shared_setup(c);
	char setup[REPORT_SETUP];

	render_setup(setup, &c->rows[0].report->environment, shared);
	if (*setup)
		table_words(out, "set-up of all runs: ", "  ", setup);
	if (shared != SETUP_ALL)
		put_own_setups(out, c, shared);
}

static bool has_stage(const struct comparison *c, const char *stage)
{
	size_t i;

	for (i = 0; i < c->row_count; i++)
		if (!strcmp(c->rows[i].report->stage, stage))
			return true;
	return false;
}

static bool has_delta(const struct comparison *c)
{
	size_t i;

	for (i = 0; i < c->row_count; i++)
		if (c->rows[i].delta.known)
			return true;
	return false;
}

/* Explain the terms of the table. */
static void put_legend(FILE *out, const struct comparison *c)
{
	if (has_stage(c, "T1"))
		fputs("T1: measured at the entry of the timer's interrupt handler\n",
		      out);
	if (has_stage(c, "T2"))
		fputs("T2: measured at the entry of an hrtimer callback\n", out);
	if (has_delta(c))
		fputs("Cliff's delta: of all pairs of a value of the run and one of its baseline, the\n"
		      "share in which the run's is greater, less the share in which it is smaller\n",
		      out);
	if (has_effect(c))
		fputs("intervals: 95 %, within the boot of each run, as if samples were independent;\n"
		      "another boot can differ by more, even where an interval has no width\n", out);
	fputc('\n', out);
}

/* The properties whose difference is the subject, and what is unfair. */
static void put_fairness(FILE *out, const void *comparison)
{
	const struct comparison *c = comparison;
	size_t i;

	for (i = 0; i < c->refusals.count; i++)
		fprintf(out, "FORCED: %s\n", c->refusals.line[i]);
	for (i = 0; i < c->compared.count; i++)
		fprintf(out, "%s%s", i ? "; " : "compared: ",
			c->compared.line[i]);
	if (i)
		fputc('\n', out);
	for (i = 0; i < c->warnings.count; i++)
		fprintf(out, "warning: %s\n", c->warnings.line[i]);
}

void render_comparison_text(FILE *out, const struct comparison *comparison)
{
	put_tables(out, comparison);
	put_effects(out, comparison);
	fputc('\n', out);
	put_baselines(out, comparison);
	put_legend(out, comparison);
	put_accounts(out, comparison);
	put_remarks(out, comparison);
	put_setups(out, comparison);
	table_text(out, put_fairness, comparison);
}
