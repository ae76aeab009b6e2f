// SPDX-License-Identifier: GPL-2.0
/* The demo's table: all runs of all sources, and the figures of 2017. */
#include <string.h>

#include "demo.h"

/* Columns of the table, with the blank that keeps them apart. */
enum { LABEL = 25, VALUE = 10, RATIO = 11 };

static const char published[] =
"2017, Zynq UltraScale+ (4 x Cortex-A53, GICv2), Xen 4.9-unstable, nanoseconds\n"
"  native               about 300         -         -         -        1.0\n"
"  Xen, pinned               4850      4810      7030      4980         16\n"
"  the same, vwfi=native     1850      1680      2650      1950          6\n";

static const char meaning[] =
"\nThe upper blocks count INSTRUCTIONS from the timer's deadline to its handler\n"
"on an emulated board: the length of the path, no time. Compare the order and\n"
"the ratios with 2017, not the values. Xen makes the path longer; most of that\n"
"is the wake-up of a vCPU whose WFI is trapped, which vwfi=native avoids.\n";

static void put_text(FILE *out, const char *text, int width)
{
	fprintf(out, " %*s", width - 1, text);
}

/* A value that is wider than its column still has a blank before it. */
static void put_value(FILE *out, const struct report_value *value, int width,
		      int decimals)
{
	char text[64] = "-";

	if (value->known)
		snprintf(text, sizeof(text), "%.*f", decimals, value->value);
	put_text(out, text, width);
}

/* What does not fit has a line of its own. */
static void put_label(FILE *out, const char *label)
{
	fprintf(out, "  %-*.76s", LABEL - 2, label);
	if (strlen(label) > LABEL - 2)
		fprintf(out, "\n%*s", LABEL, "");
}

static void put_head(FILE *out, const char *baseline)
{
	char ratio[RATIO];
	int i;

	fprintf(out, "\n%*s", LABEL, "");
	for (i = REPORT_AVG; i <= REPORT_WARM_MAX; i++)
		put_text(out, report_statistic_name((enum report_statistic)i),
			 VALUE);
	snprintf(ratio, sizeof(ratio), "x %s", baseline);
	put_text(out, ratio, RATIO);
	fputc('\n', out);
}

static void put_row(FILE *out, const struct comparison *c, size_t row,
		    const char *label)
{
	static const struct report_value one = { .known = true, .value = 1 };
	const struct comparison_row *r = &c->rows[row];
	int i, decimals;

	put_label(out, label);
	for (i = REPORT_AVG; i <= REPORT_WARM_MAX; i++) {
		decimals = i == REPORT_AVG && c->decimals < 1 ? 1 : c->decimals;
		put_value(out, &r->report->total.value[i], VALUE, decimals);
	}
	put_value(out, r->baseline == row ? &one : &r->ratio[REPORT_AVG],
		  RATIO, 1);
	fputc('\n', out);
}

void demo_table(FILE *out, const struct comparison *c,
		const char *const labels[])
{
	const char *source = "";
	size_t i;

	put_head(out, labels[0]);
	for (i = 0; i < c->row_count; i++) {
		if (strcmp(source, c->rows[i].report->source)) {
			source = c->rows[i].report->source;
			fprintf(out, "%s, %s\n", source,
				c->unit == REPORT_NS ? "nanoseconds" :
						       "instructions");
		}
		put_row(out, c, i, labels[i]);
	}
	fputs(published, out);
	fputs(meaning, out);
}
