// SPDX-License-Identifier: GPL-2.0
/* The timers of a guest, leads of deadlines, Linux against bare metal. */
#include <stdlib.h>
#include <string.h>

#include "lab/plan/settings.h"
#include "report.h"
#include "words.h"

static const char *percentile(const struct study_cell *cell, int which)
{
	return words_estimate(&cell->summary.percentile[which]);
}

static void add_mechanism(struct page *page, const struct study_cell *cell)
{
	const struct study_summary *s = &cell->summary;
	char why[256];

	if (!study_measured(cell)) {
		study_without(why, sizeof(why), cell);
		page_row(page, "%s, cntp=%s\t%s\t-\t-\t-\t-\t-\t%s\t-\t%s",
			 cell->source, study_setting(cell, "cntp"), cell->name,
			 words_guest(cell), why);
		return;
	}
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s",
		 s->mechanism, cell->name, words_number(s->avg.value),
		 words_number(s->min), percentile(cell, 0),
		 percentile(cell, 2), words_number(s->warm_max),
		 words_guest(cell), words_legend(cell),
		 words_of("vwfi=%s, %s", study_setting(cell, "vwfi"),
			  cell->load));
}

/* Another build of Xen may have another code path. */
static void warn_of_xen(struct page *page, const struct study_set *set)
{
	const char *list = "";
	size_t i;

	if (study_same_xen(set))
		return;
	for (i = 0; i < set->count; i++) {
		const struct study_cell *cell = set->cell[i];
		const char *version = cell->readback[STUDY_XEN_VERSION];

		if (study_measured(cell))
			list = words_of("%s%s%s: Xen %s %s", list,
					*list ? ", " : "",
					cell->summary.mechanism,
					version ? version : "unknown",
					words_legend(cell));
	}
	page_add(page, PAGE_TEXT,
		 "NOT ONLY THE TIMER: these cells ran on different builds of Xen (%s). The build may cause some of the difference.",
		 list);
}

static void report_mechanisms(struct page *page,
			    const struct study_results *results)
{
	const struct study_sets *sets = &results->mechanisms;
	size_t i, j;

	if (!sets->count)
		return;
	page_section(page, "The timers of a guest");
	page_add(page, PAGE_TEXT,
		 "The cells of a table differ only in the timer: virtual (PPI 27), physical and emulated by Xen, physical and forwarded (PPI 30). A forwarded timer needs a patched Xen. A warning follows if the others ran on another build.");
	for (i = 0; i < sets->count; i++) {
		page_table(page, "=mechanism\t=cell\t>AVG\t>MIN\t>p50\t>p99\t>WARM_MAX\tguest\tsystem\tin");
		for (j = 0; j < sets->set[i].count; j++)
			add_mechanism(page, sets->set[i].cell[j]);
		warn_of_xen(page, &sets->set[i]);
	}
}

static void add_lead(struct page *page, const struct study_cell *cell,
		     const struct study_cell *far)
{
	const struct study_summary *s = &cell->summary;
	char why[256];

	if (!study_measured(cell)) {
		study_without(why, sizeof(why), cell);
		page_row(page, "%s\t-\t-\t-\t-\t-\t-\t%s\t-\t%s",
			 study_setting(cell, "period"), cell->name, why);
		return;
	}
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%llu\t%s\t%s\t%s\t",
		 study_setting(cell, "period"), words_number(s->avg.value),
		 percentile(cell, 0), percentile(cell, 1),
		 words_number(s->warm_max), (unsigned long long)s->missed,
		 study_measured(far) && far->summary.avg.value > 0 ?
		 words_of("%.2f", s->avg.value / far->summary.avg.value) : "-",
		 cell->name, words_legend(cell));
}

static void say_bite(struct page *page, const struct study_set *set)
{
	const struct study_cell *far = set->cell[set->count - 1], *near;
	const char *slop = study_setting(far, "timer_slop");
	int at = study_bites(set);

	if (!study_measured(far)) {
		page_add(page, PAGE_TEXT,
			 "The longest lead has no numbers, so the others are compared with nothing.");
		return;
	}
	if (at < 0) {
		page_add(page, PAGE_TEXT,
			 "timer_slop=%s ns: no lead of this sweep has an AVG more than 10 %% above that of %s. timer_slop has no effect here.",
			 slop, study_setting(far, "period"));
		return;
	}
	near = set->cell[at];
	page_add(page, PAGE_TEXT,
		 "timer_slop=%s ns: deadlines %s ahead and nearer are late because they are near (AVG %s there, %s at %s).%s",
		 slop, study_setting(near, "period"),
		 words_number(near->summary.avg.value),
		 words_number(far->summary.avg.value),
		 study_setting(far, "period"),
		 settings_time_ns(study_setting(near, "period")) >
		 2 * strtoll(slop, NULL, 10) ?
		 " That is farther than timer_slop, which cannot be the only cause." :
		 " That is the effect of timer_slop.");
}

static void report_leads(struct page *page, const struct study_results *results)
{
	const struct study_sets *sets = &results->leads;
	size_t i, j;

	if (!sets->count)
		return;
	page_section(page, "How far ahead a deadline is");
	page_add(page, PAGE_TEXT,
		 "The handler of one deadline programs the next one, so the lead of a deadline is the period less the lateness of the one before. \"to longest\" is AVG divided by the AVG of the longest lead. A grid point that has passed when it should be programmed is missed; it gives no sample.");
	for (i = 0; i < sets->count; i++) {
		const struct study_set *set = &sets->set[i];
		const struct study_cell *far = set->cell[set->count - 1];

		page_table(page, words_of("=>lead\t>AVG\t>p50\t>p90\t>WARM_MAX\t>missed\t>to longest\t%s %s, timer_slop=%s\tsystem\t",
					  words_guest(far), far->source,
					  study_setting(far, "timer_slop")));
		for (j = 0; j < set->count; j++)
			add_lead(page, set->cell[j], far);
		say_bite(page, set);
	}
}

void study_report_timers(struct page *page, const struct study_results *results)
{
	report_mechanisms(page, results);
	report_leads(page, results);
}

static void add_pair(struct page *page, const struct study_set *pair)
{
	const struct study_cell *bare = pair->cell[0], *other = pair->cell[1];
	struct study_estimate adds = study_guest_adds(pair, STUDY_AVG);
	struct study_estimate worst = study_guest_adds(pair, STUDY_WARM_MAX);
	char why[256];

	if (!adds.known) {
		study_without(why, sizeof(why),
			      study_measured(bare) ? other : bare);
		page_row(page, "%s\t%s\t-\t-\t-\t-\t-\t-\t%s\t%s %s\t%s",
			 bare->name, other->name, bare->source,
			 words_legend(bare), words_legend(other), why);
		return;
	}
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s %s\t",
		 bare->name, other->name,
		 words_number(bare->summary.avg.value),
		 words_number(other->summary.avg.value),
		 words_signed(adds.value), words_interval(&adds),
		 words_of("%.2f", other->summary.avg.value /
			  bare->summary.avg.value),
		 words_signed(worst.value), other->summary.mechanism,
		 words_legend(bare), words_legend(other));
}

void study_report_guests(struct page *page, const struct study_results *results)
{
	const struct study_sets *sets = &results->guests;
	size_t i;

	if (!sets->count)
		return;
	page_section(page, "What the guest's own kernel adds");
	page_add(page, PAGE_TEXT,
		 "The same set-up with two guests. Bare metal reads the clock in its vector, Linux in its interrupt handler. The difference is Linux's exception entry, its exit from the idle loop and its irq core; Xen's part is the same. \"ratio\" is Linux's AVG divided by bare metal's; \"to WARM_MAX\" is what Linux adds to WARM_MAX.");
	page_table(page, "=bare metal\t=Linux\t>AVG bare\t>AVG Linux\t>Linux adds\t95 % interval\t>ratio\t>to WARM_MAX\tmechanism\tsystems\t");
	for (i = 0; i < sets->count; i++)
		add_pair(page, &sets->set[i]);
}
