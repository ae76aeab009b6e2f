// SPDX-License-Identifier: GPL-2.0
/* The report: its introduction, all cells, all systems. */
#include <stdbool.h>
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

static void add_unmeasured(struct page *page, const struct study_cell *cell)
{
	char why[256];

	study_without(why, sizeof(why), cell);
	page_row(page, "%s\t%s\t-\t-\t-\t-\t-\t-\t%s\t%s\t%s\t-\t-\t%zu\t-\t-\t%s",
		 cell->name, *cell->source ? cell->source : "-", cell->load,
		 place_of(cell), words_guest(cell), cell->summary.recordings,
		 why);
}

static void add_cell(struct page *page, const struct study_cell *cell)
{
	const struct study_summary *s = &cell->summary;

	if (!study_measured(cell)) {
		add_unmeasured(page, cell);
		return;
	}
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%llu\t%llu\t%s",
		 cell->name, cell->source, words_number(s->avg.value),
		 half_width(&s->avg), words_estimate(&s->percentile[0]),
		 words_estimate(&s->percentile[2]),
		 words_estimate(&s->percentile[3]), words_number(s->warm_max),
		 cell->load, place_of(cell), words_guest(cell), s->mechanism,
		 words_legend(cell),
		 s->set_aside ? words_of("%zu of %zu", s->recordings,
					 s->recordings + s->set_aside) :
		 words_of("%zu", s->recordings),
		 (unsigned long long)s->samples,
		 (unsigned long long)s->missed,
		 s->set_aside ? "recordings set aside: not lossless" :
		 cell->boots_failed ? "a boot failed" : "done");
}

static void report_cells(struct page *page, const struct study *study)
{
	size_t i;

	page_section(page, "All cells");
	page_table(page, "=cell\t=source\t>AVG\t>+-\t>p50\t>p99\t>p99.9\t>WARM_MAX\tload\tplace\tguest\tmechanism\tsystem\t>recordings\t>samples\t>missed\tstatus");
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

/* The first cell of system @n. */
static const struct study_cell *first_of(const struct study *study, size_t n)
{
	const struct study_cell *cell = study->cells;

	while (cell->legend != n)
		cell++;
	return cell;
}

static const char *kernel_of(const struct study_cell *cell)
{
	const char *kernel = known(cell, STUDY_KERNEL);

	return study_is(cell, "guest", "bare-metal") &&
	       !strcmp(kernel, "unknown") ? "none: bare metal" : kernel;
}

static const char *emulator_of(const struct study_cell *cell)
{
	return known(cell, STUDY_QEMU);
}

/*
 * The fact that is the same for all systems with this guest, or for all systems
 * if @guest is NULL. Returns NULL if it differs, or if there is only one such
 * system.
 */
static const char *shared_by(const struct study *study, const char *guest,
			     const char *(*fact)(const struct study_cell *))
{
	const char *shared = NULL;
	size_t n, count = 0;

	for (n = 1; n <= study->legends; n++) {
		const struct study_cell *cell = first_of(study, n);

		if (guest && !study_is(cell, "guest", guest))
			continue;
		if (shared && strcmp(shared, fact(cell)))
			return NULL;
		shared = fact(cell);
		count++;
	}
	return count > 1 ? shared : NULL;
}

/* Is @n the first system with its guest? */
static bool is_first_with_guest(const struct study *study, size_t n)
{
	const char *guest = study_setting(first_of(study, n), "guest");
	size_t before;

	for (before = 1; before < n; before++)
		if (study_is(first_of(study, before), "guest", guest))
			return false;
	return true;
}

/*
 * What many systems say alike is said once, before them. add_system() omits
 * exactly what is said here.
 */
static void add_shared(struct page *page, const struct study *study)
{
	const char *text = shared_by(study, NULL, emulator_of);
	const struct study_cell *cell;
	size_t n;

	if (text)
		page_add(page, PAGE_ITEM, "all systems: %s", text);
	for (n = 1; n <= study->legends; n++) {
		cell = first_of(study, n);
		text = shared_by(study, study_setting(cell, "guest"),
				 kernel_of);
		if (text && is_first_with_guest(study, n))
			page_add(page, PAGE_ITEM, "all with guest %s: kernel %s",
				 words_guest(cell), text);
	}
}

static void add_xen(struct page *page, const struct study_cell *cell)
{
	page_add(page, PAGE_ITEM, "Xen %s; build: %s; debug=%s",
		 known(cell, STUDY_XEN_VERSION), known(cell, STUDY_XEN_BUILD),
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

static void add_system(struct page *page, const struct study *study,
		       const struct study_cell *cell)
{
	const char *guest = study_setting(cell, "guest");
	bool kernel = !shared_by(study, guest, kernel_of);
	bool emulator = !shared_by(study, NULL, emulator_of);

	page_add(page, PAGE_TEXT, "[%zu] machine %s, hypervisor %s, guest %s",
		 cell->legend, study_setting(cell, "machine"),
		 study_setting(cell, "hypervisor"), words_guest(cell));
	if (study_is(cell, "machine", "xen"))
		add_xen(page, cell);
	if (kernel || emulator)
		page_add(page, PAGE_ITEM, "%s%s%s%s", kernel ? "kernel " : "",
			 kernel ? kernel_of(cell) : "",
			 kernel && emulator ? "; " : "",
			 emulator ? emulator_of(cell) : "");
}

static void report_legend(struct page *page, const struct study *study)
{
	size_t n;

	page_section(page, "Systems");
	page_add(page, PAGE_TEXT,
		 "What the running systems said of themselves. Machine, hypervisor and guest are what the matrix asked for.");
	add_shared(page, study);
	for (n = 1; n <= study->legends; n++)
		add_system(page, study, first_of(study, n));
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
