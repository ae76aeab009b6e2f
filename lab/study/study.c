// SPDX-License-Identifier: GPL-2.0
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study.h"
#include "must.h"
#include "lab/plan/settings.h"

static const char *const statuses[] = {
	"done", "failed", "boards-only", "not-run",
};

static const char *const readbacks[] = {
	"xen_version", "xen_build", "xen_commandline", "scheduler", "schedule",
	"pinning", "debug", "kernel", "qemu",
};

static const char *const statistics[] = { "AVG", "p99.9", "WARM_MAX" };

const char *study_status_name(enum study_status status)
{
	return statuses[status];
}

int study_status_find(const char *name)
{
	int i;

	for (i = 0; i < STUDY_STATUSES; i++)
		if (!strcmp(name, statuses[i]))
			return i;
	return -1;
}

const char *study_readback_name(enum study_readback readback)
{
	return readbacks[readback];
}

const char *study_statistic_name(enum study_statistic statistic)
{
	return statistics[statistic];
}

const char *study_setting(const struct study_cell *cell, const char *key)
{
	size_t i;

	for (i = 0; i < cell->setting_count; i++)
		if (!strcmp(cell->settings[i].key, key))
			return cell->settings[i].value;
	return "";
}

bool study_is(const struct study_cell *cell, const char *key,
	      const char *value)
{
	return !strcmp(study_setting(cell, key), value);
}

bool study_measured(const struct study_cell *cell)
{
	return cell->status == STUDY_DONE && cell->summary.recordings;
}

void study_without(char *text, size_t size, const struct study_cell *cell)
{
	const char *why = cell->why ? cell->why : "";

	if (cell->status == STUDY_BOARDS_ONLY)
		snprintf(text, size, "boards only%s%s", *why ? ": " : "", why);
	else if (cell->status == STUDY_NOT_RUN)
		snprintf(text, size, "not run%s%s", *why ? ": " : "", why);
	else if (cell->status == STUDY_FAILED)
		snprintf(text, size, "failed%s%s", *why ? ": " : "", why);
	else if (cell->run_count)
		snprintf(text, size, "no lossless recording: %s: %s",
			 cell->runs[0].verdict, cell->runs[0].why);
	else
		snprintf(text, size, "no recording");
}

static bool is_word_of(const char *list, const char *word)
{
	size_t length = strlen(word);
	const char *at = list;

	for (; (at = strstr(at, word)); at += length)
		if ((at == list || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	return false;
}

static bool differ_in(const struct study_cell *a, const struct study_cell *b,
		      const char *key, const char *ignore)
{
	return !is_word_of(ignore, key) && setting_role(key) != ROLE_REPETITION &&
	       strcmp(study_setting(a, key), study_setting(b, key));
}

/* Keys that only @b has. */
static bool is_new(const struct study_cell *a, const char *key)
{
	size_t i;

	for (i = 0; i < a->setting_count; i++)
		if (!strcmp(a->settings[i].key, key))
			return false;
	return true;
}

static void add_word(char **list, const char *word)
{
	size_t length = strlen(*list);

	*list = study_must(realloc(*list, length + strlen(word) + 3));
	sprintf(*list + length, "%s%s", length ? ", " : "", word);
}

static size_t compare(const struct study_cell *a, const struct study_cell *b,
		      const char *ignore, char **list)
{
	const struct study_cell *both[] = { a, b };
	size_t i, j, count = 0;

	for (j = 0; j < 2; j++)
		for (i = 0; i < both[j]->setting_count; i++) {
			const char *key = both[j]->settings[i].key;

			if (!differ_in(a, b, key, ignore) ||
			    (j && !is_new(a, key)))
				continue;
			count++;
			if (list)
				add_word(list, key);
		}
	if (strcmp(a->load, b->load) && !is_word_of(ignore, "load")) {
		count++;
		if (list)
			add_word(list, "load");
	}
	return count;
}

size_t study_distance(const struct study_cell *a, const struct study_cell *b,
		      const char *ignore)
{
	return compare(a, b, ignore, NULL);
}

char *study_differences(const struct study_cell *a, const struct study_cell *b,
			const char *ignore)
{
	char *list = study_must(calloc(1, 1));

	compare(a, b, ignore, &list);
	return list;
}

struct study_sorted *study_sorted(const struct study_cell *cell)
{
	struct study_sorted *sorted;
	size_t i, n = 0;

	sorted = study_must(calloc(cell->run_count + 1, sizeof(*sorted)));
	for (i = 0; i < cell->run_count; i++)
		if (cell->runs[i].lossless)
			sorted[n++] = (struct study_sorted) {
				cell->runs[i].warm, cell->runs[i].warm_count,
			};
	return sorted;
}

double *study_values(const struct study_cell *cell,
		     enum study_statistic statistic)
{
	double *value = study_must(calloc(cell->run_count + 1, sizeof(*value)));
	size_t i, n = 0;

	for (i = 0; i < cell->run_count; i++)
		if (cell->runs[i].lossless)
			value[n++] = statistic == STUDY_AVG ?
				     cell->runs[i].avg : cell->runs[i].warm_max;
	return value;
}

static const char *common(const char *so_far, const char *one)
{
	return !so_far || !strcmp(so_far, one) ? one : "mixed";
}

static void add_run(struct study_summary *s, const struct study_run *run)
{
	if (!run->lossless) {
		s->set_aside++;
		return;
	}
	s->min = s->recordings ? fmin(s->min, run->min) : run->min;
	s->max = s->recordings ? fmax(s->max, run->max) : run->max;
	s->warm_max = s->recordings ? fmax(s->warm_max, run->warm_max) :
				      run->warm_max;
	s->recordings++;
	s->samples += run->count;
	s->warm += run->warm_count;
	s->missed += run->missed;
	s->early += run->early;
	s->unit = common(s->unit, run->unit);
	s->mechanism = common(s->mechanism, run->mechanism);
	s->stage = common(s->stage, run->stage);
}

static void summarise(struct study_cell *cell)
{
	static const uint32_t part[] = {
		STUDY_P50, STUDY_P90, STUDY_P99,
	};
	struct study_summary *s = &cell->summary;
	struct study_sorted *sorted;
	double *value;
	size_t i;

	*s = (struct study_summary) { 0 };
	for (i = 0; i < cell->run_count; i++)
		add_run(s, &cell->runs[i]);
	value = study_values(cell, STUDY_AVG);
	s->avg = study_contrast(&(struct study_group) { 1, value,
				s->recordings }, 1);
	free(value);
	value = study_values(cell, STUDY_WARM_MAX);
	s->warm_max_mean = study_contrast(&(struct study_group) { 1, value,
					  s->recordings }, 1);
	free(value);
	sorted = study_sorted(cell);
	for (i = 0; i < 3; i++)
		if (study_supports(s->warm, part[i]))
			s->percentile[i] = (struct study_estimate) {
				.known = true,
				.value = study_quantile(sorted, s->recordings,
							part[i]),
			};
	if (study_supports(s->samples, STUDY_P99_9))
		s->percentile[3] = study_quantile_estimate(NULL, 0, sorted,
							   s->recordings,
							   STUDY_P99_9);
	free(sorted);
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Do both have the same entry in the list of systems? */
static bool same_system(const struct study_cell *a, const struct study_cell *b)
{
	int i;

	for (i = 0; i < STUDY_READBACKS; i++)
		if (!same(a->readback[i], b->readback[i]))
			return false;
	return study_is(a, "machine", study_setting(b, "machine")) &&
	       study_is(a, "hypervisor", study_setting(b, "hypervisor")) &&
	       study_is(a, "guest", study_setting(b, "guest"));
}

static void number_legend(struct study *study)
{
	size_t i, j;

	study->legends = 0;
	for (i = 0; i < study->count; i++) {
		struct study_cell *cell = &study->cells[i];

		cell->legend = 0;
		if (cell->status != STUDY_DONE)
			continue;
		for (j = 0; j < i && !cell->legend; j++)
			if (study->cells[j].legend &&
			    same_system(cell, &study->cells[j]))
				cell->legend = study->cells[j].legend;
		if (!cell->legend)
			cell->legend = ++study->legends;
	}
}

void study_summarise(struct study *study)
{
	size_t i;

	for (i = 0; i < study->count; i++)
		summarise(&study->cells[i]);
	number_legend(study);
}

static void free_run(struct study_run *run)
{
	free(run->file);
	free(run->source);
	free(run->mechanism);
	free(run->stage);
	free(run->unit);
	free(run->verdict);
	free(run->why);
	free(run->warm);
}

void study_settings_free(struct study_setting *settings, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		free(settings[i].key);
		free(settings[i].value);
	}
	free(settings);
}

static void free_cell(struct study_cell *cell)
{
	size_t i;

	for (i = 0; i < cell->run_count; i++)
		free_run(&cell->runs[i]);
	free(cell->runs);
	study_settings_free(cell->settings, cell->setting_count);
	for (i = 0; i < STUDY_READBACKS; i++)
		free(cell->readback[i]);
	free(cell->name);
	free(cell->load);
	free(cell->centre);
	free(cell->factor);
	free(cell->level);
	free(cell->source);
	free(cell->why);
}

void study_free(struct study *study)
{
	size_t i;

	for (i = 0; i < study->count; i++)
		free_cell(&study->cells[i]);
	free(study->cells);
	free(study->matrix);
	free(study->file);
	*study = (struct study) { 0 };
}
