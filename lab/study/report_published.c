// SPDX-License-Identifier: GPL-2.0
/* The published table, rebuilt: ours beside that of 2017. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "words.h"

/* More than this apart, two ratios want a reason. */
#define APART	0.25

static const char *year_2017(int ns)
{
	return ns ? words_of("%d", ns) : "-";
}

static void add_row(struct page *page, const struct study_published *t, int row)
{
	const struct study_cell *cell = t->row[row];
	const struct study_2017 *old = &study_2017[row];
	const char *then = words_of("%s%d\t%s\t%s\t%s\t%.1f",
				    row ? "" : "about ", old->avg,
				    year_2017(old->min), year_2017(old->max),
				    year_2017(old->warm_max),
				    study_ratio_2017(row));
	struct study_estimate ratio = study_ratio(t, row);
	const struct study_summary *s;
	char why[256];

	if (!cell) {
		page_row(page, "%s\tnot in this matrix\t-\t-\t-\t-\t-\t-\t%s",
			 old->name, then);
		return;
	}
	if (!study_measured(cell)) {
		study_without(why, sizeof(why), cell);
		page_row(page, "%s\t%s: %s\t-\t-\t-\t-\t-\t-\t%s", old->name,
			 cell->name, why, then);
		return;
	}
	s = &cell->summary;
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", old->name,
		 cell->name, words_legend(cell), words_number(s->avg.value),
		 words_number(s->min), words_number(s->max),
		 words_number(s->warm_max),
		 ratio.known ? words_of("%.1f", ratio.value) : "-", then);
}

static const char *xen_of(const struct study_cell *cell)
{
	return cell->readback[STUDY_XEN_VERSION] ?
	       cell->readback[STUDY_XEN_VERSION] : "of unknown version";
}

static void reasons_if_larger(struct page *page,
			      const struct study_published *t)
{
	if (!strcmp(t->cntp, "trap"))
		page_add(page, PAGE_ITEM,
			 "The timer of 2017 was forwarded, this one is emulated: each deadline is a software timer of Xen's, expires in its softirq, and may be put off by timer_slop.");
	page_add(page, PAGE_ITEM,
		 "What native and guest share on a board (reads of the GIC, cache misses: most of about 300 ns) counts as a few instructions here, so native is the shorter one and every ratio to it the larger one.");
}

static void reasons_if_smaller(struct page *page,
			       const struct study_published *t)
{
	const struct study_cell *native = t->row[STUDY_NATIVE];

	if (!strcmp(t->guest, "linux"))
		page_add(page, PAGE_ITEM,
			 "The guest of 2017 was bare metal. Linux's own way to its handler (natively %s) is in every row, and makes ratios smaller.",
			 words_number(native->summary.avg.value));
	page_add(page, PAGE_ITEM,
		 "Traps, list registers and context switches are what a guest adds. On a board each takes tens to hundreds of cycles and misses caches; counted as instructions they weigh like an add.");
}

static void add_reasons(struct page *page, const struct study_published *t)
{
	const struct study_cell *pinned = t->row[STUDY_PINNED];
	bool larger = false, smaller = false, known = false;
	int row;

	for (row = STUDY_PINNED; row < STUDY_PUBLISHED_ROWS; row++) {
		struct study_estimate r = study_ratio(t, row);

		known |= r.known;
		larger |= r.known && r.value / study_ratio_2017(row) > 1 + APART;
		smaller |= r.known && r.value / study_ratio_2017(row) < 1 - APART;
	}
	if (!known)
		return;
	if (!larger && !smaller) {
		page_add(page, PAGE_TEXT,
			 "Ratios to native are within %.0f %% of those of 2017.",
			 100 * APART);
		return;
	}
	page_add(page, PAGE_TEXT,
		 "Ratios to native differ by more than %.0f %% from those of 2017 (%s). The likeliest reasons; none of them was measured here:",
		 100 * APART, larger && smaller ? "one larger, one smaller" :
		 larger ? "larger" : "smaller");
	if (larger)
		reasons_if_larger(page, t);
	if (smaller)
		reasons_if_smaller(page, t);
	if (pinned && pinned->readback[STUDY_XEN_VERSION] &&
	    strncmp(xen_of(pinned), "4.9", 3))
		page_add(page, PAGE_ITEM,
			 "Xen %s is not 4.9-unstable: its interrupt path, vGIC and default scheduler are others.",
			 xen_of(pinned));
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
			 "The order cannot be told: a row has no numbers.");
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

/* Whatever else sets the two rows of Xen apart. */
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

void study_report_published(struct page *page,
			  const struct study_results *results)
{
	int i, row;

	page_add(page, PAGE_HEADING, "1. The published table, rebuilt");
	page_add(page, PAGE_TEXT,
		 "Left: this lab, physical timer, idle, in the unit named above. Right: as published in 2017, in NANOSECONDS on a board (Zynq UltraScale+ MPSoC, 4 x Cortex-A53, GICv2, Xen 4.9-unstable without DEBUG, forwarded physical timer, bare-metal guest). Only ratios to native compare, and \"x\" is that ratio.");
	for (i = 0; i < STUDY_TABLES; i++) {
		const struct study_published *t = &results->published[i];

		page_add(page, PAGE_SUBHEADING, "%s, %s physical timer",
			 strcmp(t->guest, "linux") ? "Bare metal" : "Linux",
			 strcmp(t->cntp, "trap") ? "forwarded" : "emulated");
		if (!is_there(t)) {
			page_add(page, PAGE_TEXT, "Not in this matrix.");
			continue;
		}
		page_table(page, "row\tcell\tsystem\t>AVG\t>MIN\t>MAX\t>WARM_MAX\t>x\t>2017 AVG\t>MIN\t>MAX\t>WARM_MAX\t>x");
		for (row = 0; row < STUDY_PUBLISHED_ROWS; row++)
			add_row(page, t, row);
		add_order(page, t);
		add_others(page, t);
		add_warm_max(page, t);
		add_reasons(page, t);
	}
}
