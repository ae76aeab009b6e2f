// SPDX-License-Identifier: GPL-2.0
/* The report: its introduction, all cells, all systems. */
#include <string.h>

#include "report.h"
#include "words.h"

static size_t cells_of(const struct study *study, enum study_status status)
{
	size_t i, count = 0;

	for (i = 0; i < study->count; i++)
		count += study->cells[i].status == status;
	return count;
}

/* "27 done, 1 failed" */
static const char *counts_of(const struct study *study)
{
	static const char *const words[] = {
		[STUDY_DONE]		= "done",
		[STUDY_FAILED]		= "failed",
		[STUDY_BOARDS_ONLY]	= "boards only",
		[STUDY_NOT_RUN]		= "not run",
	};
	const char *text = "";
	int i;

	for (i = 0; i < STUDY_STATUSES; i++) {
		size_t count = cells_of(study, i);

		if (count)
			text = words_of("%s%s%zu %s", text, *text ? ", " : "",
					count, words[i]);
	}
	return text;
}

static const char *unit_of(const struct study *study)
{
	const char *unit = NULL;
	size_t i;

	for (i = 0; i < study->count; i++) {
		const char *one = study->cells[i].summary.unit;

		if (one && unit && strcmp(one, unit))
			return "mixed: see each recording";
		unit = one ? one : unit;
	}
	return unit ? unit : "unknown";
}

static void report_frame(struct page *page, const struct study *study)
{
	page_add(page, PAGE_TITLE, "Lab: matrix %s", study->matrix);
	page_add(page, PAGE_TEXT,
		 "Lateness in %s. %zu rows%s%s: %s. A row is a cell, or one source of a cell that recorded several.",
		 unit_of(study), study->count, study->file ? " of " : "",
		 study->file ? study->file : "", counts_of(study));
	page_add(page, PAGE_TEXT,
		 "AVG is the mean of the recordings' averages, and \"+-\" is half of its 95 %% interval (Student's t). A percentile is that of the warm samples of all recordings. It is given where ten samples are expected beyond it, and p99.9 where the cell has 10,000 samples, cold ones included. WARM_MAX is the longest warm sample of all. [n] is a system of the list \"Systems\". Recordings that are not lossless are set aside.");
}

static const char *place_of(const struct study_cell *cell)
{
	if (!cell->centre)
		return "-";
	if (!cell->factor)
		return words_of("centre %s", cell->centre);
	return words_of("%s, %s=%s", cell->centre, cell->factor,
			study_level(cell));
}

static const char *half_width(const struct study_estimate *e)
{
	return e->bounded ? words_number((e->high - e->low) / 2) : "-";
}

static void add_cell(struct page *page, const struct study_cell *cell)
{
	const struct study_summary *s = &cell->summary;
	char why[256];

	if (!study_measured(cell)) {
		study_without(why, sizeof(why), cell);
		page_row(page, "%s\t%s\t%s\t%s\t-\t%zu\t-\t-\t-\t-\t-\t-\t-\t-\t%s",
			 cell->name, cell->load, place_of(cell),
			 words_guest(cell), s->recordings, why);
		return;
	}
	page_row(page, "%s\t%s\t%s\t%s %s\t%s\t%s\t%llu\t%llu\t%s\t%s\t%s\t%s\t%s\t%s\t%s",
		 cell->name, cell->load, place_of(cell), words_guest(cell),
		 words_of("%s/%s", cell->source, s->mechanism),
		 words_legend(cell),
		 s->set_aside ? words_of("%zu of %zu", s->recordings,
					 s->recordings + s->set_aside) :
		 words_of("%zu", s->recordings),
		 (unsigned long long)s->samples,
		 (unsigned long long)s->missed,
		 words_number(s->avg.value), half_width(&s->avg),
		 words_estimate(&s->percentile[0]),
		 words_estimate(&s->percentile[2]),
		 words_estimate(&s->percentile[3]), words_number(s->warm_max),
		 s->set_aside ? "recordings set aside: not lossless" :
		 cell->boots_failed ? "a boot failed" : "done");
}

static void report_cells(struct page *page, const struct study *study)
{
	size_t i;

	page_section(page, "All cells");
	page_table(page, "cell\tload\tplace\tguest\tsystem\t>recordings\t>samples\t>missed\t>AVG\t>+-\t>p50\t>p99\t>p99.9\t>WARM_MAX\tstatus");
	for (i = 0; i < study->count; i++)
		add_cell(page, &study->cells[i]);
}

/* Does the system say what the cell asked for? */
static void check_asked(struct page *page, const struct study_cell *cell)
{
	const char *scheduler = cell->readback[STUDY_SCHEDULER];
	const char *debug = cell->readback[STUDY_DEBUG];
	const char *asked = study_setting(cell, "debug");

	if (!study_is(cell, "machine", "xen"))
		return;
	if (scheduler && *study_setting(cell, "scheduler") &&
	    !study_is(cell, "scheduler", scheduler))
		page_add(page, PAGE_TEXT,
			 "%s: asked for scheduler %s, and the system says %s.",
			 cell->name, study_setting(cell, "scheduler"),
			 scheduler);
	if (debug && *asked && *debug != *asked)
		page_add(page, PAGE_TEXT,
			 "%s: asked for debug=%s, and the system says %s.",
			 cell->name, asked, debug);
}

static void check_cells(struct page *page, const struct study *study)
{
	size_t i;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *cell = &study->cells[i];

		if (cell->status != STUDY_DONE)
			continue;
		check_asked(page, cell);
		if (cell->boots_differ)
			page_add(page, PAGE_TEXT,
				 "%s: its boots do not say the same of themselves; the first one is listed.",
				 cell->name);
		if (cell->boots_again)
			page_add(page, PAGE_TEXT,
				 "%s: %zu of %zu boots were lost at first and started again.",
				 cell->name, cell->boots_again, cell->boots);
		if (cell->summary.early)
			page_add(page, PAGE_TEXT,
				 "%s: %llu samples were early: negative lateness, kept as such.",
				 cell->name,
				 (unsigned long long)cell->summary.early);
	}
}

static const char *known(const struct study_cell *cell, int what)
{
	return cell->readback[what] ? cell->readback[what] : "unknown";
}

static void add_system(struct page *page, const struct study_cell *cell)
{
	page_add(page, PAGE_TEXT, "[%zu] machine %s, hypervisor %s, guest %s",
		 cell->legend, study_setting(cell, "machine"),
		 study_setting(cell, "hypervisor"), words_guest(cell));
	if (study_is(cell, "machine", "xen")) {
		page_add(page, PAGE_ITEM,
			 "Xen %s; build: %s; debug=%s",
			 known(cell, STUDY_XEN_VERSION),
			 known(cell, STUDY_XEN_BUILD),
			 known(cell, STUDY_DEBUG));
		page_add(page, PAGE_ITEM,
			 "command line: %s; scheduler %s%s%s; pinning: %s",
			 known(cell, STUDY_XEN_COMMANDLINE),
			 known(cell, STUDY_SCHEDULER),
			 cell->readback[STUDY_SCHEDULE] ? ", schedule " : "",
			 cell->readback[STUDY_SCHEDULE] ?
			 cell->readback[STUDY_SCHEDULE] : "",
			 known(cell, STUDY_PINNING));
	}
	page_add(page, PAGE_ITEM, "kernel %s; %s",
		 study_is(cell, "guest", "bare-metal") &&
		 !strcmp(known(cell, STUDY_KERNEL), "unknown") ?
		 "none: bare metal" : known(cell, STUDY_KERNEL),
		 known(cell, STUDY_QEMU));
}

static void report_legend(struct page *page, const struct study *study)
{
	size_t i, n;

	page_section(page, "Systems");
	page_add(page, PAGE_TEXT,
		 "What the running systems said of themselves. Machine, hypervisor and guest are what the matrix asked for.");
	for (n = 1; n <= study->legends; n++) {
		for (i = 0; study->cells[i].legend != n; i++)
			;
		add_system(page, &study->cells[i]);
	}
	check_cells(page, study);
}

void study_report(struct page *page, const struct study_results *results)
{
	report_frame(page, results->study);
	report_cells(page, results->study);
	study_report_effects(page, results);
	study_report_timers(page, results);
	study_report_guests(page, results);
	report_legend(page, results->study);
	study_report_published(page, results);
}
