// SPDX-License-Identifier: GPL-2.0
/* xlat-lab gate: has a path grown beyond its baseline? */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "usage.h"
#include "lab/study/baseline.h"
#include "lab/study/read.h"
#include "lab/study/words.h"

enum { GOOD, COULD_NOT, EXCEEDED = 3, DAMAGED };
enum { READER = 256, BASELINE, UPDATE, CHECK_OPTIONS };

struct request {
	const char *directory;
	const char *given;
	char path[4096];
	bool update;
	bool ended;	/* --help, --check-options: no more */
};

__attribute__((format(printf, 2, 3)))
static int complain(int code, const char *format, ...)
{
	va_list list;

	fprintf(stderr, "gate: ");
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	return code;
}

static int complain_of_losses(const struct study_cell *cell)
{
	size_t i;

	for (i = 0; i < cell->run_count; i++)
		if (!cell->runs[i].lossless)
			complain(DAMAGED, "%s: %s: %s: %s: not compared",
				 cell->name, cell->runs[i].file,
				 cell->runs[i].verdict, cell->runs[i].why);
	return DAMAGED;
}

/* Can this cell be judged, or become a baseline? */
static int check_cell(const struct study_cell *cell)
{
	char why[256];

	if (cell->summary.set_aside)
		return complain_of_losses(cell);
	if (!study_measured(cell)) {
		study_without(why, sizeof(why), cell);
		return complain(COULD_NOT, "%s: %s", cell->name, why);
	}
	if (strcmp(cell->summary.unit, "instructions"))
		return complain(COULD_NOT,
				"%s: its unit is %s: only instructions repeat well enough for a gate",
				cell->name, cell->summary.unit);
	if (cell->summary.warm < GATE_LEAST)
		return complain(COULD_NOT,
				"%s: %llu warm samples, and %d are needed",
				cell->name,
				(unsigned long long)cell->summary.warm,
				GATE_LEAST);
	return GOOD;
}

static const char *or_none(const char *text)
{
	return text ? text : "none";
}

static int check_versions(const struct request *r,
			  const struct study_cell *cell,
			  const struct baseline_cell *b)
{
	int i;

	for (i = 0; i < BASELINE_VERSIONS; i++) {
		const char *now = or_none(baseline_version_of(cell, i));

		if (!strcmp(now, or_none(b->version[i])))
			continue;
		return complain(COULD_NOT,
				"%s: no baseline for %s %s: %s is for %s; make another one: xlat-lab gate --update --baseline FILE %s",
				cell->name, baseline_version_name(i), now,
				r->path, or_none(b->version[i]), r->directory);
	}
	return GOOD;
}

/* The hypervisor may be another file, because that is what is judged. */
static int check_settings(const struct request *r,
			  const struct study_cell *cell,
			  const struct baseline_cell *b)
{
	size_t i;

	for (i = 0; i < b->setting_count; i++) {
		const struct study_setting *s = &b->settings[i];

		if (!strcmp(s->key, "hypervisor") || !strcmp(s->key, "limit") ||
		    study_is(cell, s->key, s->value))
			continue;
		return complain(COULD_NOT,
				"%s: another cell than in %s: %s is '%s' there and '%s' here",
				cell->name, r->path, s->key, s->value,
				study_setting(cell, s->key));
	}
	return GOOD;
}

/* "p47.5"; "minimum" and "maximum" at the ends. */
static const char *step_name(size_t step)
{
	if (!step || step == GATE_STEPS)
		return step ? "maximum" : "minimum";
	return words_of("p%s", words_number(100.0 * (double)step / GATE_STEPS));
}

static const char *moved(const struct gate_result *g)
{
	return words_of("%s %s -> %s instructions (%s, %+.1f %%); mean %+.1f %%",
			step_name(g->worst), words_number(g->from),
			words_number(g->to), words_signed(g->to - g->from),
			g->from ? 100 * (g->to - g->from) / fabs(g->from) : 0,
			g->mean_percent);
}

static int judge_cell(const struct request *r, const struct study_cell *cell,
		      const struct baseline_cell *b)
{
	struct study_sorted *sorted = study_sorted(cell);
	double curve[GATE_POINTS];
	struct gate_result g;

	gate_curve(curve, sorted, cell->summary.recordings);
	free(sorted);
	g = gate_compare(b->curve, curve, &b->tolerance);
	if (g.grown)
		return complain(EXCEEDED,
				"%s (%s): LONGER than %s: %s; %zu of %zu quantiles are beyond %s %% (mass %s %%)",
				cell->name, cell->source, r->path, moved(&g),
				g.grown, g.judged,
				words_number(b->tolerance.height),
				words_number(b->tolerance.mass));
	printf("gate: %s (%s): %s: %s; tolerance %s %% (mass %s %%)\n",
	       cell->name, cell->source,
	       g.shrunk ? "shorter, which a new baseline would keep" : "kept",
	       moved(&g), words_number(b->tolerance.height),
	       words_number(b->tolerance.mass));
	return GOOD;
}

static const struct study_cell *find_cell(const struct study *study,
					  const struct baseline_cell *b)
{
	const struct study_cell *named = NULL;
	size_t i;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (strcmp(one->name, b->name))
			continue;
		if (!strcmp(one->source, b->source))
			return one;
		named = one;
	}
	return named && !study_measured(named) ? named : NULL;
}

static int judge_one(const struct request *r, const struct study *study,
		     const struct baseline_cell *b)
{
	const struct study_cell *cell = find_cell(study, b);
	int code;

	if (!cell)
		return complain(COULD_NOT, "%s (%s): in %s, and not in %s",
				b->name, b->source, r->path, r->directory);
	code = check_cell(cell);
	if (!code)
		code = check_versions(r, cell, b);
	if (!code)
		code = check_settings(r, cell, b);
	return code ? code : judge_cell(r, cell, b);
}

/* The worst first: a longer path, losses, cells that could not be judged. */
static int worse(int a, int b)
{
	static const int order[] = { GOOD, COULD_NOT, DAMAGED, EXCEEDED };
	size_t i, x = 0, y = 0;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		x = order[i] == a ? i : x;
		y = order[i] == b ? i : y;
	}
	return x > y ? a : b;
}

static int judge_all(const struct request *r, const struct study *study,
		     const struct baseline *baseline)
{
	int code = GOOD;
	size_t i;

	for (i = 0; i < baseline->count; i++)
		code = worse(code, judge_one(r, study, &baseline->cells[i]));
	for (i = 0; i < study->count; i++)
		if (study_measured(&study->cells[i]) &&
		    !baseline_find(baseline, &study->cells[i]))
			printf("gate: %s (%s): not in the baseline, not judged\n",
			       study->cells[i].name, study->cells[i].source);
	return code;
}

static int update(const struct request *r, const struct study *study,
		  const struct baseline *old)
{
	int code = GOOD, error;
	size_t i, count = 0;

	for (i = 0; i < study->count; i++) {
		if (study->cells[i].status == STUDY_BOARDS_ONLY)
			continue;
		code = worse(code, check_cell(&study->cells[i]));
		count++;
	}
	if (code)
		return complain(code, "%s: left as it is", r->path);
	error = baseline_write(r->path, study, old);
	if (error)
		return complain(COULD_NOT, "%s: %s", r->path,
				strerror(-error));
	printf("gate: %s: a baseline of %zu cells\n", r->path, count);
	return GOOD;
}

static int complain_of_missing(const struct request *r,
			       const struct study *study)
{
	char text[1024] = "";
	size_t i, length;
	int v;

	for (v = 0; v < BASELINE_VERSIONS; v++) {
		const char *version = NULL;

		for (i = 0; !version && i < study->count; i++)
			version = baseline_version_of(&study->cells[i], v);
		length = strlen(text);
		snprintf(text + length, sizeof(text) - length, "%s%s %s",
			 v ? ", " : "", baseline_version_name(v),
			 or_none(version));
	}
	return complain(COULD_NOT,
			"no baseline for %s: there is no %s; measure a version that is known to be good, and keep it: xlat-lab gate --update --baseline %s DIRECTORY",
			text, r->path, r->given);
}

static int gate(struct request *r, const struct study *study)
{
	struct baseline baseline;
	char why[STUDY_WHY];
	int found, code;

	baseline_path(r->path, sizeof(r->path), r->given, study);
	found = baseline_read(&baseline, r->path, why);
	if (found == -1)
		code = complain(COULD_NOT, "%s: %s", r->path, why);
	else if (r->update)
		code = update(r, study, &baseline);
	else if (found)
		code = complain_of_missing(r, study);
	else
		code = judge_all(r, study, &baseline);
	baseline_free(&baseline);
	return code;
}

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "baseline", required_argument, NULL, BASELINE },
	{ "reader", required_argument, NULL, READER },
	{ "update", no_argument, NULL, UPDATE },
	{ "check-options", no_argument, NULL, CHECK_OPTIONS },
	{ NULL, 0, NULL, 0 },
};

static const char help[] =
"usage: xlat-lab gate --baseline FILE [OPTION]... DIRECTORY\n"
"Compare the instruction counts of a lab's cells with a baseline.\n"
"      --baseline FILE       or a directory with a file for each Xen, kernel and\n"
"                            QEMU\n"
"      --update              write a new baseline; the tolerances are kept\n"
"      --check-options       refuse wrong options, do nothing else\n"
"      --reader FILE         accepted and ignored\n"
"Examples:\n"
"  xlat-lab gate --baseline lab/baseline build/lab-gate\n"
"  xlat-lab gate --update --baseline mine.json build/lab-gate\n"
"Exit status: 0 no path has grown; 1 could not be judged; 2 wrong usage; 3 a\n"
"path has grown beyond its tolerance; 4 recordings are not lossless.\n";

static int take_options(struct request *r, int argc, char *argv[])
{
	int option;

	while ((option = usage_next(argc, argv, "h", options)) != -1)
		switch (option) {
		case 'h':
			fputs(help, stdout);
			r->ended = true;
			return GOOD;
		case READER: break;
		case BASELINE: r->given = optarg; break;
		case UPDATE: r->update = true; break;
		case CHECK_OPTIONS: r->ended = true; break;
		default: return usage_wrong_option("gate", argv, "h");
		}
	if (argc - optind > 1)
		return usage_wrong("gate", "unexpected ", argv[optind + 1]);
	r->directory = argv[optind];
	return r->directory && r->given ? GOOD :
	       usage_wrong("gate", "needs --baseline FILE and a DIRECTORY", "");
}

int cmd_study_gate(int argc, char *argv[])
{
	struct request r = { 0 };
	char why[STUDY_WHY];
	struct study study;
	int code = take_options(&r, argc, argv);

	if (code || r.ended)
		return code;
	if (study_read(&study, r.directory, why))
		return complain(COULD_NOT, "%s", why);
	code = gate(&r, &study);
	study_free(&study);
	return code;
}
