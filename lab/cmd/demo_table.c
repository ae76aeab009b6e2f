// SPDX-License-Identifier: GPL-2.0
/* The demo's table: all runs of all sources, and the figures of 2017. */
#include <string.h>

#include "demo.h"
#include "user/data/table.h"

/* struct listing - what the table lists */
struct listing {
	const struct comparison *comparison;
	const char *const *labels;
};

enum { COLUMNS = REPORT_WARM_MAX + 3 };

/* The figures of 2017. The first one is a note. */
static const char *const published[][COLUMNS] = {
	{ "2017, Zynq UltraScale+ (4 x Cortex-A53, GICv2), Xen 4.9-unstable, nanoseconds" },
	{ "  native", "about 300", "-", "-", "-", "1.0" },
	{ "  Xen, pinned", "4850", "4810", "7030", "4980", "16" },
	{ "  the same, vwfi=native", "1850", "1680", "2650", "1950", "6" },
};

enum { PUBLISHED = sizeof(published) / sizeof(*published) };

static const char meaning[] =
"\nThe upper blocks count INSTRUCTIONS from the timer's deadline to its handler\n"
"on an emulated board: the length of the path, no time. Compare the order and\n"
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

static void add_published(struct table_row *row, size_t n)
{
	int i;

	row->note = !n;
	for (i = 0; i < COLUMNS && published[n][i]; i++)
		table_cell(row, "%s", published[n][i]);
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
