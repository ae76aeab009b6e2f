// SPDX-License-Identifier: GPL-2.0
/* The demo's table: all runs of all sources, and the figures of 2017. */
#include <string.h>

#include "demo.h"
#include "lab/study/pairs.h"
#include "user/data/table.h"

/* struct listing - what the table lists */
struct listing {
	const struct comparison *comparison;
	const char *const *labels;
};

enum { COLUMNS = REPORT_WARM_MAX + 3 };

/* The figures of 2017 have a title. */
enum { PUBLISHED = 1 + STUDY_PUBLISHED_ROWS };

static const char title_2017[] =
"2017, Zynq UltraScale+ (4 x Cortex-A53, GICv2), Xen 4.9-unstable, nanoseconds";

static const char *const labels_2017[STUDY_PUBLISHED_ROWS] = {
	[STUDY_NATIVE] = "native",
	[STUDY_PINNED] = "Xen, pinned",
	[STUDY_PINNED_VWFI] = "the same, vwfi=native",
};

static const char meaning[] =
"\nThe upper blocks count INSTRUCTIONS from the timer's deadline to its handler\n"
"on an emulated board: the length of the path, not a time. Compare the order and\n"
"the ratios with 2017, not the values. Xen makes the path longer; most of that\n"
"is the wake-up of a vCPU whose WFI is trapped, which vwfi=native avoids.\n";

static void add_head(struct table_row *row, const char *baseline)
{
	int i;

	table_cell(row, "%s", "");
	for (i = REPORT_AVG; i <= REPORT_WARM_MAX; i++)
		table_cell(row, "%s",
			   report_statistic_name((enum report_statistic)i));
	table_cell(row, "x %s", baseline);
}

static void add_number(struct table_row *row, int number)
{
	if (number)
		table_cell(row, "%d", number);
	else
		table_cell(row, "-");
}

/* Only a round figure was published of native. */
static void add_2017(struct table_row *row, enum study_published_row n)
{
	const struct study_2017 *figures = &study_2017[n];

	table_cell(row, "  %s", labels_2017[n]);
	if (n == STUDY_NATIVE)
		table_cell(row, "about %d", figures->avg);
	else
		add_number(row, figures->avg);
	add_number(row, figures->min);
	add_number(row, figures->max);
	add_number(row, figures->warm_max);
	table_cell(row, n == STUDY_NATIVE ? "%.1f" : "%.0f",
		   study_ratio_2017(n));
}

static void add_published(struct table_row *row, size_t n)
{
	row->note = !n;
	if (n)
		add_2017(row, (enum study_published_row)(n - 1));
	else
		table_cell(row, "%s", title_2017);
}

static void add_value(struct table_row *row, const struct report_value *value,
		      int decimals)
{
	if (value->known)
		table_cell(row, "%.*f", decimals, value->value);
	else
		table_cell(row, "-");
}

static void add_run(struct table_row *row, const struct listing *l, size_t i)
{
	static const struct report_value one = { .known = true, .value = 1 };
	const struct comparison *c = l->comparison;
	const struct comparison_row *r = &c->rows[i];
	int s, decimals;

	table_cell(row, "  %s", l->labels[i]);
	for (s = REPORT_AVG; s <= REPORT_WARM_MAX; s++) {
		decimals = s == REPORT_AVG && c->decimals < 1 ? 1 : c->decimals;
		add_value(row, &r->report->total.value[s], decimals);
	}
	add_value(row, r->baseline == i ? &one : &r->ratio[REPORT_AVG], 1);
}

/* The first run of a source has the name of the source above it. */
static void add_source(struct table_row *row, const struct comparison *c,
		       size_t i)
{
	const char *source = c->rows[i].report->source;

	if (i && !strcmp(source, c->rows[i - 1].report->source))
		return;
	row->note = true;
	table_cell(row, "%s, %s", source, c->unit == REPORT_NS ?
		   "nanoseconds" : "instructions");
}

/* Row 0 is the head; two rows for each run; the rows of 2017. */
static void add_row(const void *source, size_t n, struct table_row *row)
{
	const struct listing *l = source;
	size_t runs = 2 * l->comparison->row_count;

	if (!n)
		add_head(row, l->labels[0]);
	else if (n > runs)
		add_published(row, n - 1 - runs);
	else if (n % 2)
		add_source(row, l->comparison, (n - 1) / 2);
	else
		add_run(row, l, (n - 1) / 2);
}

void demo_table(FILE *out, const struct comparison *c,
		const char *const labels[])
{
	const struct listing listing = { c, labels };
	const struct table table = {
		.rows = 1 + 2 * c->row_count + PUBLISHED, .columns = COLUMNS,
		.keys = 1, .gap = 1, .least = { 25, 9, 9, 9, 9, 10 },
		.words = { true }, .row = add_row, .source = &listing,
	};

	fputc('\n', out);
	table_print(out, &table);
	fputs(meaning, out);
}
