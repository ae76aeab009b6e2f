// SPDX-License-Identifier: MIT
/*
 * Prints reports as CSV, with libcsv. An empty field means unknown.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>

#include "user/data/plain.h"
#include "user/data/report.h"

/* A row while it is written. A comma precedes each field except the first. */
struct row {
	FILE *out;
	bool begun;
};

static void put(struct row *row, const char *text)
{
	if (row->begun)
		fputc(',', row->out);
	csv_fwrite(row->out, text, strlen(text));
	row->begun = true;
}

/*
 * A text that a recording brings. It must not control the terminal that shows
 * it; a file gets it unchanged.
 */
static void put_text(struct row *row, const char *text)
{
	char *plain;

	if (!isatty(fileno(row->out))) {
		put(row, text);
		return;
	}
	plain = strdup(text);
	if (plain)
		plain_make(plain);
	put(row, plain ? plain : "");
	free(plain);
}

static void put_count(struct row *row, uint64_t count)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, count);
	put(row, text);
}

static void put_value(struct row *row, const struct report_value *v)
{
	char text[32];

	snprintf(text, sizeof(text), "%.12g", v->value);
	put(row, v->known ? text : "");
}

static void put_bounds(struct row *row, const struct report_value *v)
{
	struct report_value low = { .known = v->bounded, .value = v->low };
	struct report_value high = { .known = v->bounded, .value = v->high };

	put_value(row, &low);
	put_value(row, &high);
}

static void end(struct row *row)
{
	fputc('\n', row->out);
	row->begun = false;
}

static int result(FILE *out)
{
	return fflush(out) || ferror(out) ? -EIO : 0;
}

static void put_values(struct row *row, const struct report_value *value)
{
	int i;

	for (i = 0; i < REPORT_STATISTICS; i++)
		put_value(row, &value[i]);
}

/* Names of the columns of put_values(): @prefix and "avg", ..., "p99.9" */
static void put_value_names(struct row *row, const char *prefix)
{
	static const char * const names[] = { "avg", "min", "max", "warm_max" };
	char text[64];
	int i;

	for (i = 0; i < REPORT_STATISTICS; i++) {
		snprintf(text, sizeof(text), "%s%s", prefix,
			 i < REPORT_FIRST_PERCENTILE ? names[i] :
			 report_statistic_name(i));
		put(row, text);
	}
}

static void put_names(struct row *row, const char * const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		put(row, names[i]);
}

#define COUNT_OF(array)	(sizeof(array) / sizeof(*(array)))

static const char * const run_names[] = {
	"file", "scenario", "source", "mechanism", "stage", "what", "unit",
	"warmup",
};

static void put_run(struct row *row, const struct report *r)
{
	put_text(row, r->name);
	put_text(row, r->environment.scenario);
	put_text(row, r->source);
	put_text(row, r->environment.mechanism);
	put_text(row, r->stage);
	put(row, report_what_name(r->what));
	put(row, report_unit_name(r->unit));
	put_count(row, r->warmup);
}

static const char * const account_names[] = {
	"verdict", "count", "received", "lost", "gone", "missed", "unserved",
	"early", "spurious",
};

/* A count that only the final account contains; unknown without it. */
static void put_final(struct row *row, const struct report_summary *s,
		      uint64_t count)
{
	if (s->final)
		put_count(row, count);
	else
		put(row, "");
}

static void put_account(struct row *row, const struct report_summary *s)
{
	put(row, report_verdict_name(s->verdict));
	put_count(row, s->count);
	put_count(row, s->received);
	put_final(row, s, s->lost);
	put_count(row, s->gone);
	put_count(row, s->missed);
	put_final(row, s, s->unserved);
	put_count(row, s->early);
	put_final(row, s, s->spurious);
}

static void put_summary(struct row *row, const struct report *r,
			const struct report_summary *s)
{
	put_run(row, r);
	if (s->total)
		put(row, "all");
	else
		put_count(row, s->cpu);
	put_account(row, s);
	put_values(row, s->value);
	put_value(row, &s->deviation);
	put_value(row, &s->busy_avg);
	put_value(row, &s->busy_max);
	end(row);
}

static void put_bars(struct row *row, const struct report *r)
{
	static const char * const names[] = { "unit", "low", "high", "count" };
	size_t i;

	put_names(row, names, COUNT_OF(names));
	end(row);
	for (i = 0; i < r->bar_count; i++) {
		struct report_value low = { .known = true, .value = r->bars[i].low };
		struct report_value high = { .known = true, .value = r->bars[i].high };

		put(row, report_unit_name(r->unit));
		put_value(row, &low);
		put_value(row, &high);
		put_count(row, r->bars[i].count);
		end(row);
	}
}

int render_report_csv(FILE *out, const struct report *report,
		      const struct report_view *view)
{
	static const char * const last[] = { "deviation", "busy_avg", "busy_max" };
	struct row row = { .out = out };
	size_t i;

	if (view->histogram) {
		put_bars(&row, report);
		return result(out);
	}
	put_names(&row, run_names, COUNT_OF(run_names));
	put(&row, "cpu");
	put_names(&row, account_names, COUNT_OF(account_names));
	put_value_names(&row, "");
	put_names(&row, last, COUNT_OF(last));
	end(&row);
	for (i = 0; i < report->cpu_count; i++)
		put_summary(&row, report, &report->cpu[i]);
	put_summary(&row, report, &report->total);
	return result(out);
}

int render_comparison_csv(FILE *out, const struct comparison *comparison)
{
	static const char * const last[] = {
		"median_difference_low", "median_difference_high",
		"cliffs_delta", "cliffs_delta_low", "cliffs_delta_high",
	};
	struct row row = { .out = out };
	size_t i;

	put_names(&row, run_names, COUNT_OF(run_names));
	put_names(&row, account_names, COUNT_OF(account_names));
	put_value_names(&row, "");
	put_value_names(&row, "difference_");
	put_value_names(&row, "ratio_");
	put_names(&row, last, COUNT_OF(last));
	end(&row);
	for (i = 0; i < comparison->row_count; i++) {
		const struct comparison_row *r = &comparison->rows[i];

		put_run(&row, r->report);
		put_account(&row, &r->report->total);
		put_values(&row, r->report->total.value);
		put_values(&row, r->difference);
		put_values(&row, r->ratio);
		put_bounds(&row, &r->difference[REPORT_P50]);
		put_value(&row, &r->delta);
		put_bounds(&row, &r->delta);
		end(&row);
	}
	return result(out);
}
