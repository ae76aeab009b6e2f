// SPDX-License-Identifier: MIT
#include <inttypes.h>

#include "report_tables.h"
#include "user/data/table.h"

/* struct listing - the CPUs that the tables list before the total */
struct listing {
	const struct report *report;
	size_t cpus;
};

/* Row 0 is the head, then come the CPUs, then the total. */
static const struct report_summary *summary_of(const struct listing *l,
					       size_t n)
{
	return n > l->cpus ? &l->report->total : &l->report->cpu[n - 1];
}

static void add_name(struct table_row *row, const struct report_summary *s)
{
	if (s->total)
		table_cell(row, "all");
	else
		table_cell(row, "%u", s->cpu);
}

static void add_value(struct table_row *row, const struct report_value *v,
		      int decimals)
{
	if (v->known)
		table_cell(row, "%.*f", decimals, v->value);
	else
		table_cell(row, "-");
}

/* The head of the statistics from @first up to, but not including, @end. */
static void add_head(struct table_row *row, int first, int end)
{
	int i;

	table_cell(row, "CPU");
	for (i = first; i < end; i++)
		table_cell(row, "%s", report_statistic_name(i));
}

static void add_statistics(const void *source, size_t n, struct table_row *row)
{
	const struct listing *l = source;
	const struct report_summary *s;
	int i;

	if (!n) {
		add_head(row, REPORT_AVG, REPORT_FIRST_PERCENTILE);
		table_cell(row, "deviation");
		return;
	}
	s = summary_of(l, n);
	add_name(row, s);
	for (i = REPORT_AVG; i < REPORT_FIRST_PERCENTILE; i++)
		add_value(row, &s->value[i],
			  report_statistic_decimals(i, l->report->decimals));
	add_value(row, &s->deviation, 1);
}

/* One end of the 95 % confidence intervals, of the total only. */
static void add_bounds(struct table_row *row, const struct report *r, bool high)
{
	int i;

	table_cell(row, high ? " to" : " from");
	for (i = REPORT_FIRST_PERCENTILE; i < REPORT_STATISTICS; i++) {
		const struct report_value *v = &r->total.value[i];
		struct report_value bound = {
			.known = v->bounded,
			.value = high ? v->high : v->low,
		};

		add_value(row, &bound, r->decimals);
	}
	table_cell(row, " 95 %%");
}

/* After the total come the two ends of its intervals. */
static void add_percentiles(const void *source, size_t n, struct table_row *row)
{
	const struct listing *l = source;
	const struct report_summary *s;
	int i;

	if (!n) {
		add_head(row, REPORT_FIRST_PERCENTILE, REPORT_STATISTICS);
		return;
	}
	if (n > l->cpus + 1) {
		add_bounds(row, l->report, n > l->cpus + 2);
		return;
	}
	s = summary_of(l, n);
	add_name(row, s);
	for (i = REPORT_FIRST_PERCENTILE; i < REPORT_STATISTICS; i++)
		add_value(row, &s->value[i], l->report->decimals);
}

/* A count from the final account. Without one, @count is a lower bound. */
static void add_final(struct table_row *row, const struct report_summary *s,
		      uint64_t count)
{
	if (s->final)
		table_cell(row, "%" PRIu64, count);
	else if (count)
		table_cell(row, ">=%" PRIu64, count);
	else
		table_cell(row, "?");
}

static void add_counts(const void *source, size_t n, struct table_row *row)
{
	static const char *const names[] = {
		"CPU", "count", "received", "lost", "missed", "unserved",
		"early", "spurious",
	};
	const struct report_summary *s;
	size_t i;

	for (i = 0; !n && i < sizeof(names) / sizeof(*names); i++)
		table_cell(row, "%s", names[i]);
	if (!n)
		return;
	s = summary_of(source, n);
	add_name(row, s);
	table_cell(row, "%" PRIu64, s->count);
	table_cell(row, "%" PRIu64, s->received);
	add_final(row, s, s->lost);
	table_cell(row, "%" PRIu64, s->missed);
	add_final(row, s, s->unserved);
	table_cell(row, "%" PRIu64, s->early);
	add_final(row, s, s->spurious);
}

/* @least: width of a column of small numbers */
static struct table table_of(const struct listing *l, size_t columns,
			     size_t least)
{
	struct table t = {
		.rows = l->cpus + 2, .columns = columns, .keys = 1, .gap = 1,
		.least = { 6 }, .words = { true }, .source = l,
	};
	size_t i;

	for (i = 1; i < columns; i++)
		t.least[i] = least;
	return t;
}

static void put_statistics(FILE *out, const struct listing *l)
{
	const struct report *r = l->report;
	struct table t = table_of(l, 6, 10);

	fprintf(out, "%s in %s, W=%u\n", report_what_name(r->what),
		report_unit_name(r->unit), r->warmup);
	t.row = add_statistics;
	table_print(out, &t);
}

static void put_percentiles(FILE *out, const struct listing *l)
{
	const struct report *r = l->report;
	struct table t = table_of(l, 8, 10);

	fprintf(out, "\npercentiles in %s, from %s; -: too few samples for it\n",
		report_unit_name(r->unit),
		r->total.from_samples ? "samples" : "the histogram");
	t.rows += 2;
	t.least[7] = 0;
	t.words[7] = true;
	t.row = add_percentiles;
	table_print(out, &t);
}

static void put_counts(FILE *out, const struct listing *l)
{
	struct table t = table_of(l, 8, 9);

	fputc('\n', out);
	t.row = add_counts;
	table_print(out, &t);
}

void report_tables(FILE *out, const struct report *report, bool per_cpu)
{
	struct listing listing = {
		.report = report, .cpus = per_cpu ? report->cpu_count : 0,
	};

	put_statistics(out, &listing);
	put_percentiles(out, &listing);
	put_counts(out, &listing);
}

/* struct axis - widths of the histogram's columns */
struct axis {
	int low;
	int high;
	int count;
	int bar;
};

static void widen(int *width, int needed)
{
	if (needed > *width)
		*width = needed;
}

/* The bars get what is left of @width columns, with room for " early". */
static struct axis axis_of(const struct report *r, int width)
{
	struct axis a = { .low = 12, .high = 12, .count = 9, .bar = 1 };
	size_t i;

	for (i = 0; i < r->bar_count; i++) {
		const struct report_bar *b = &r->bars[i];

		widen(&a.low, snprintf(NULL, 0, "%.*f", r->decimals, b->low));
		widen(&a.high, snprintf(NULL, 0, "%.*f", r->decimals, b->high));
		widen(&a.count, snprintf(NULL, 0, "%" PRIu64, b->count));
	}
	widen(&a.bar, (width > 60 ? width : 60) - a.low - a.high - a.count - 13);
	return a;
}

static void put_bar(FILE *out, const struct report *r,
		    const struct report_bar *b, uint64_t most,
		    const struct axis *a)
{
	/* a row with samples has at least one mark */
	int length = (int)((double)b->count / (double)most * a->bar);

	fprintf(out, "%*.*f .. %-*.*f %*" PRIu64 " |", a->low, r->decimals,
		b->low, a->high, r->decimals, b->high, a->count, b->count);
	for (length = length ? length : 1; length; length--)
		fputc('#', out);
	fputs(b->high <= 0 ? " early\n" : "\n", out);
}

void report_histogram(FILE *out, const struct report *report, int width)
{
	struct axis axis = axis_of(report, width);
	uint64_t most = 1;
	size_t i;

	fprintf(out, "\n%s in %s, all CPUs\n", report_what_name(report->what),
		report_unit_name(report->unit));
	if (!report->bar_count)
		fputs("  no values\n", out);
	for (i = 0; i < report->bar_count; i++)
		most = report->bars[i].count > most ? report->bars[i].count :
						      most;
	for (i = 0; i < report->bar_count; i++) {
		if (i && report->bars[i].low > report->bars[i - 1].high)
			fprintf(out, "%*s\n", axis.low + 2, "...");
		put_bar(out, report, &report->bars[i], most, &axis);
	}
}
