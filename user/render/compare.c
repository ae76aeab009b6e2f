// SPDX-License-Identifier: MIT
/*
 * Prints comparisons as text.
 */
#include <string.h>

#include "user/data/plain.h"
#include "user/data/report.h"

#define COLUMN	10	/* and a blank before it */
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

static int label_width(const struct comparison *c)
{
	char label[LABEL];
	size_t i, width = 24;

	for (i = 0; i < c->row_count; i++) {
		label_of(c->rows[i].report, i + 1, label);
		if (plain_columns(label) > width)
			width = plain_columns(label);
	}
	return (int)width;
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

static void put_row(FILE *out, const struct comparison *c, const char *label,
		    int width, const struct report_value *value,
		    const char *format, int decimals)
{
	int i;

	fprintf(out, "%s%*s", label, width - (int)plain_columns(label), "");
	for (i = 0; i < REPORT_STATISTICS; i++) {
		if (!shown(c, i))
			continue;
		if (value[i].known)
			fprintf(out, format, COLUMN,
				i == REPORT_AVG && decimals < 1 ? 1 : decimals,
				value[i].value);
		else
			fprintf(out, " %*s", COLUMN, "-");
	}
	fputc('\n', out);
}

static void put_effect(FILE *out, const struct comparison_row *row,
		       int decimals)
{
	const char *unit = report_unit_name(row->report->unit);
	const struct report_value *median = &row->difference[REPORT_P50];
	const struct report_value *delta = &row->delta;

	if (median->known)
		fprintf(out, "    medians %+.*f %s apart [%+.*f, %+.*f]",
			decimals, median->value, unit, decimals, median->low,
			decimals, median->high);
	if (delta->known)
		fprintf(out, "%s Cliff's delta %+.3f [%+.3f, %+.3f]",
			median->known ? "," : "   ", delta->value, delta->low,
			delta->high);
	if (median->known || delta->known)
		fputc('\n', out);
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

static void put_head(FILE *out, const struct comparison *c, int width)
{
	int i;

	fprintf(out, "%s in %s, W=%u; differences, ratios and effects against %s\n",
		report_what_name(c->rows[0].report->what),
		report_unit_name(c->unit), c->warmup, one_baseline(c) ?
		"run 1" : "the baseline of each");
	fprintf(out, "%-*s", width, "run");
	for (i = 0; i < REPORT_STATISTICS; i++)
		if (shown(c, i))
			fprintf(out, " %*s", COLUMN, report_statistic_name(i));
	fputc('\n', out);
}

static void put_row_account(FILE *out, const struct comparison *c, size_t i)
{
	const struct report *r = c->rows[i].report;
	const struct report_summary *t = &r->total;
	char unserved[32] = "?", name[4096];

	plain_copy(name, sizeof(name), r->name);
	if (t->final)
		snprintf(unserved, sizeof(unserved), "%llu",
			 (unsigned long long)t->unserved);
	fprintf(out, "run %zu: %s: %s, %llu sample%s, %llu early, %llu missed, %s unserved, %s%llu lost%s%s%s\n",
		i + 1, name, report_verdict_name(t->verdict),
		(unsigned long long)t->count, t->count == 1 ? "" : "s",
		(unsigned long long)t->early, (unsigned long long)t->missed,
		unserved, t->final ? "" : "at least ",
		(unsigned long long)t->lost,
		r->unit == c->unit ? "" : "; its row is in ",
		r->unit == c->unit ? "" : report_unit_name(r->unit),
		t->from_samples ? "" : "; percentiles from the histogram");
}

static bool same_setup(const struct comparison *c, size_t a, size_t b)
{
	char one[REPORT_SETUP], other[REPORT_SETUP];

	render_setup(one, &c->rows[a].report->environment);
	render_setup(other, &c->rows[b].report->environment);
	return !strcmp(one, other);
}

/* Print each distinct set-up once, with the numbers of its runs. */
static void put_setups(FILE *out, const struct comparison *c)
{
	char setup[REPORT_SETUP];
	size_t i, j;

	for (i = 0; i < c->row_count; i++) {
		for (j = 0; j < i && !same_setup(c, i, j); j++)
			;
		if (j < i)
			continue;
		fprintf(out, "set-up (%zu", i + 1);
		for (j = i + 1; j < c->row_count; j++)
			if (same_setup(c, i, j))
				fprintf(out, " %zu", j + 1);
		render_setup(setup, &c->rows[i].report->environment);
		fprintf(out, "): %s\n", setup);
	}
}

static void put_against(FILE *out, const struct comparison *c, size_t i,
			int width)
{
	const struct comparison_row *row = &c->rows[i];
	char label[LABEL] = "    difference";

	if (row->baseline == i) {
		if (i)
			fputs("    is a baseline: no run of its stage and unit comes before it\n",
			      out);
		return;
	}
	if (!one_baseline(c))
		snprintf(label, sizeof(label), "    difference to run %zu",
			 row->baseline + 1);
	put_row(out, c, label, width, row->difference, " %+*.*f", c->decimals);
	put_row(out, c, "    ratio", width, row->ratio, " %*.*f", 3);
	put_effect(out, row, c->decimals);
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
	fputc('\n', out);
}

/* One line with the properties whose difference is the subject. */
static void put_compared(FILE *out, const struct comparison *c)
{
	size_t i;

	for (i = 0; i < c->compared.count; i++)
		fprintf(out, "%s%s", i ? "; " : "compared: ",
			c->compared.line[i]);
	if (i)
		fputc('\n', out);
}

void render_comparison_text(FILE *out, const struct comparison *comparison)
{
	int width = label_width(comparison);
	char label[LABEL];
	size_t i;

	put_head(out, comparison, width);
	for (i = 0; i < comparison->row_count; i++) {
		const struct comparison_row *row = &comparison->rows[i];

		label_of(row->report, i + 1, label);
		put_row(out, comparison, label, width, row->report->total.value,
			" %*.*f", comparison->decimals);
		put_against(out, comparison, i, width);
	}
	put_legend(out, comparison);
	for (i = 0; i < comparison->row_count; i++)
		put_row_account(out, comparison, i);
	put_setups(out, comparison);
	for (i = 0; i < comparison->refusals.count; i++)
		fprintf(out, "FORCED: %s\n", comparison->refusals.line[i]);
	put_compared(out, comparison);
	for (i = 0; i < comparison->warnings.count; i++)
		fprintf(out, "warning: %s\n", comparison->warnings.line[i]);
}
