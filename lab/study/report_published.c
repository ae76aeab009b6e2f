// SPDX-License-Identifier: GPL-2.0
/* The published table, rebuilt: our numbers and those of 2017. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "words.h"

/* Ratios that differ by more than this need a reason. */
#define APART	0.25

static const char *year_2017(int ns)
{
	return ns ? words_of("%d", ns) : "-";
}

static void add_2017(struct page *page, int row)
{
	const struct study_2017 *old = &study_2017[row];

	page_row(page, "  2017, ns\t%s%d\t%s\t%s\t%s\t%.1f",
		 row ? "" : "about ", old->avg, year_2017(old->min),
		 year_2017(old->max), year_2017(old->warm_max),
		 study_ratio_2017(row));
}

static void add_row(struct page *page, const struct study_published *t, int row)
{
	const struct study_cell *cell = t->row[row];
	struct study_estimate ratio = study_ratio(t, row);
	const struct study_summary *s;

	if (!cell || !study_measured(cell)) {
		page_row(page, "%s\t-\t-\t-\t-\t-", study_2017[row].name);
		return;
	}
	s = &cell->summary;
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%s", study_2017[row].name,
		 words_number(s->avg.value), words_number(s->min),
		 words_number(s->max), words_number(s->warm_max),
		 ratio.known ? words_of("%.1f", ratio.value) : "-");
}

/* Which cells the rows are, and why a row has no numbers. */
static void add_cells(struct page *page, const struct study_published *t)
{
	const char *list = "";
	char why[256];
	int row;

	for (row = 0; row < STUDY_PUBLISHED_ROWS; row++)
		if (t->row[row])
			list = words_of("%s%s%s %s", list, *list ? ", " : "",
					t->row[row]->name,
					words_legend(t->row[row]));
	page_add(page, PAGE_TEXT, "Cells: %s.", list);
	for (row = 0; row < STUDY_PUBLISHED_ROWS; row++) {
		const struct study_cell *cell = t->row[row];

		if (cell && study_measured(cell))
			continue;
		strcpy(why, "not in this matrix");
		if (cell)
			study_without(why, sizeof(why), cell);
		page_add(page, PAGE_ITEM, "%s has no numbers: %s.",
			 study_2017[row].name, why);
	}
}

static const char *title_of(const struct study_published *t)
{
	return words_of("%s, %s physical timer",
			strcmp(t->guest, "linux") ? "Bare metal" : "Linux",
			strcmp(t->cntp, "trap") ? "forwarded" : "emulated");
}

/* struct gap - how a table's ratios to native differ from those of 2017 */
struct gap {
	bool known;
	bool larger;
	bool smaller;
};

static struct gap gap_of(const struct study_published *t)
{
	struct gap gap = { 0 };
	int row;

	for (row = STUDY_PINNED; row < STUDY_PUBLISHED_ROWS; row++) {
		struct study_estimate r = study_ratio(t, row);
		double to_2017 = r.value / study_ratio_2017(row);

		gap.known |= r.known;
		gap.larger |= r.known && to_2017 > 1 + APART;
		gap.smaller |= r.known && to_2017 < 1 - APART;
	}
	return gap;
}

static void add_gap(struct page *page, const struct study_published *t)
{
	struct gap gap = gap_of(t);

	if (!gap.known)
		return;
	page_add(page, PAGE_ITEM, "%s: %s.", title_of(t),
		 gap.larger && gap.smaller ? "one is larger, one is smaller" :
		 gap.larger ? "larger" : gap.smaller ? "smaller" :
		 words_of("within %.0f %% of them", 100 * APART));
}

static void add_reasons_if_larger(struct page *page, bool emulated)
{
	if (emulated)
		page_add(page, PAGE_ITEM,
			 "Larger: the timer of 2017 was forwarded. An emulated timer is a software timer of Xen: it expires in Xen's softirq, and timer_slop may delay it.");
	page_add(page, PAGE_ITEM,
		 "Larger: on a board, native and guest share reads of the GIC and cache misses, which are most of the 300 ns. Here they count as a few instructions, so native is shorter, and every ratio to it is larger.");
}

static void add_reasons_if_smaller(struct page *page,
				   const struct study_cell *native)
{
	if (native)
		page_add(page, PAGE_ITEM,
			 "Smaller: the guest of 2017 was bare metal. Linux's own path to its handler (%s natively) is in every row of its tables.",
			 words_number(native->summary.avg.value));
	page_add(page, PAGE_ITEM,
		 "Smaller: a guest adds traps, list registers and context switches. On a board each takes tens to hundreds of cycles and misses caches; here each counts as a few instructions.");
}

static const char *other_xen(const struct study_published *t)
{
	const char *xen = t->row[STUDY_PINNED] ?
			  t->row[STUDY_PINNED]->readback[STUDY_XEN_VERSION] :
			  NULL;

	return xen && strncmp(xen, "4.9", 3) ? xen : NULL;
}

static void add_reasons(struct page *page, const struct study_results *results)
{
	const struct study_cell *native = NULL;
	const char *xen = NULL;
	struct gap gap, all = { 0 };
	bool emulated = false;
	int i;

	for (i = 0; i < STUDY_TABLES; i++) {
		const struct study_published *t = &results->published[i];

		gap = gap_of(t);
		all.larger |= gap.larger;
		all.smaller |= gap.smaller;
		emulated |= gap.larger && !strcmp(t->cntp, "trap");
		if (gap.smaller && !strcmp(t->guest, "linux"))
			native = t->row[STUDY_NATIVE];
		if ((gap.larger || gap.smaller) && !xen)
			xen = other_xen(t);
	}
	if (!all.larger && !all.smaller)
		return;
	page_add(page, PAGE_TEXT,
		 "The likeliest reasons; none of them was measured here:");
	if (all.larger)
		add_reasons_if_larger(page, emulated);
	if (all.smaller)
		add_reasons_if_smaller(page, native);
	if (xen)
		page_add(page, PAGE_ITEM,
			 "Xen %s is not 4.9-unstable: its interrupt path, vGIC and default scheduler are different.",
			 xen);
	page_add(page, PAGE_ITEM,
		 "Native was published as \"about 300\": the ratios of 2017 are no more exact than that.");
}

static double avg_of(const struct study_cell *cell)
{
	return cell && study_measured(cell) ? cell->summary.avg.value : NAN;
}

static void add_order(struct page *page, const struct study_published *t)
{
	double native = avg_of(t->row[STUDY_NATIVE]);
	double pinned = avg_of(t->row[STUDY_PINNED]);
	double vwfi = avg_of(t->row[STUDY_PINNED_VWFI]);

	if (isnan(native) || isnan(pinned) || isnan(vwfi))
		page_add(page, PAGE_TEXT,
			 "The order is not known: a row has no numbers.");
	else if (native < vwfi && vwfi < pinned)
		page_add(page, PAGE_TEXT,
			 "The order of 2017 holds: native < vwfi=native < pinned alone.");
	else
		page_add(page, PAGE_TEXT,
			 "THE ORDER OF 2017 DOES NOT HOLD (native < vwfi=native < pinned alone): what is measured here is something else.");
}

static void add_warm_max(struct page *page, const struct study_published *t)
{
	const struct study_cell *cell = t->row[STUDY_PINNED_VWFI];
	double avg = avg_of(cell);

	if (isnan(avg) || avg <= 0)
		return;
	page_add(page, PAGE_TEXT,
		 "WARM_MAX of the last row is %.0f %% above its AVG (2017: %.0f %%).",
		 100 * (cell->summary.warm_max / avg - 1),
		 100.0 * study_2017[STUDY_PINNED_VWFI].warm_max /
		 study_2017[STUDY_PINNED_VWFI].avg - 100);
}

/* Settings other than vwfi in which the two rows of Xen differ. */
static void add_others(struct page *page, const struct study_published *t)
{
	const struct study_cell *pinned = t->row[STUDY_PINNED];
	const struct study_cell *vwfi = t->row[STUDY_PINNED_VWFI];
	char *others;

	if (!pinned || !vwfi)
		return;
	others = study_differences(pinned, vwfi, "vwfi");
	if (*others)
		page_add(page, PAGE_TEXT,
			 "The two rows of Xen differ in more than vwfi: %s.",
			 others);
	free(others);
}

static bool is_there(const struct study_published *t)
{
	return t->row[STUDY_PINNED] || t->row[STUDY_PINNED_VWFI];
}

static void report_ratios(struct page *page,
			  const struct study_results *results)
{
	bool known = false;
	int i;

	for (i = 0; i < STUDY_TABLES; i++)
		known |= gap_of(&results->published[i]).known;
	if (!known)
		return;
	page_section(page, "Ratios to native, here and in 2017");
	page_add(page, PAGE_TEXT,
		 "A ratio that differs by more than %.0f %% from that of 2017 is called larger or smaller.",
		 100 * APART);
	for (i = 0; i < STUDY_TABLES; i++)
		add_gap(page, &results->published[i]);
	add_reasons(page, results);
}

static void report_table(struct page *page, const struct study_published *t)
{
	int row;

	page_add(page, PAGE_SUBHEADING, "%s", title_of(t));
	page_table(page, "=row\t>AVG\t>MIN\t>MAX\t>WARM_MAX\t>to native");
	for (row = 0; row < STUDY_PUBLISHED_ROWS; row++) {
		add_row(page, t, row);
		add_2017(page, row);
	}
	add_cells(page, t);
	add_order(page, t);
	add_others(page, t);
	add_warm_max(page, t);
}

void study_report_published(struct page *page,
			    const struct study_results *results)
{
	bool begun = false;
	int i;

	report_ratios(page, results);
	for (i = 0; i < STUDY_TABLES; i++) {
		if (!is_there(&results->published[i]))
			continue;
		if (!begun) {
			page_section(page, "The published table, rebuilt");
			page_add(page, PAGE_TEXT,
				 "Each row has the numbers of this lab (physical timer, idle, in the unit named above), and below them those published in 2017, in NANOSECONDS on a board (Zynq UltraScale+ MPSoC, 4 x Cortex-A53, GICv2, Xen 4.9-unstable without DEBUG, forwarded physical timer, bare-metal guest). \"to native\" is AVG divided by native's AVG: only this ratio can be compared.");
		}
		begun = true;
		report_table(page, &results->published[i]);
	}
}
