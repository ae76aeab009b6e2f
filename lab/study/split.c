// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "study.h"
#include "must.h"

static char *copy(const char *text)
{
	return text ? study_must(strdup(text)) : NULL;
}

static void copy_settings(struct study_cell *to, const struct study_cell *from)
{
	size_t i;

	to->settings = study_must(calloc(from->setting_count + 1,
					 sizeof(*to->settings)));
	to->setting_count = from->setting_count;
	for (i = 0; i < from->setting_count; i++) {
		to->settings[i].key = copy(from->settings[i].key);
		to->settings[i].value = copy(from->settings[i].value);
	}
}

/* The cell may have asked for a list of sources. */
static void set_source(struct study_cell *cell)
{
	size_t i;

	for (i = 0; i < cell->setting_count; i++) {
		if (strcmp(cell->settings[i].key, "source"))
			continue;
		free(cell->settings[i].value);
		cell->settings[i].value = copy(cell->source);
	}
}

/* Copy all of a cell except its recordings. */
static struct study_cell twin_of(const struct study_cell *from,
				 const char *source)
{
	struct study_cell to = *from;
	int i;

	to.name = copy(from->name);
	to.load = copy(from->load);
	to.centre = copy(from->centre);
	to.factor = copy(from->factor);
	to.level = copy(from->level);
	to.why = copy(from->why);
	to.source = copy(source);
	for (i = 0; i < STUDY_READBACKS; i++)
		to.readback[i] = copy(from->readback[i]);
	copy_settings(&to, from);
	to.runs = NULL;
	to.run_count = 0;
	return to;
}

static const char *source_of(const struct study_run *run)
{
	return strcmp(run->source, "unknown") ? run->source : NULL;
}

/* Move the recordings of the last source that is not the first one. */
static bool take_one_source(struct study_cell *from, struct study_cell *to)
{
	const char *source = NULL;
	size_t i, kept = 0;

	for (i = 0; i < from->run_count; i++)
		if (source_of(&from->runs[i]) &&
		    strcmp(source_of(&from->runs[i]), from->source))
			source = source_of(&from->runs[i]);
	if (!source)
		return false;
	*to = twin_of(from, source);
	to->runs = study_must(calloc(from->run_count, sizeof(*to->runs)));
	for (i = 0; i < from->run_count; i++)
		if (source_of(&from->runs[i]) &&
		    !strcmp(source_of(&from->runs[i]), to->source))
			to->runs[to->run_count++] = from->runs[i];
		else
			from->runs[kept++] = from->runs[i];
	from->run_count = kept;
	return true;
}

static void name_first_source(struct study_cell *cell)
{
	size_t i;

	for (i = 0; i < cell->run_count && !source_of(&cell->runs[i]); i++)
		;
	if (i == cell->run_count)
		return;
	free(cell->source);
	cell->source = copy(source_of(&cell->runs[i]));
	set_source(cell);
}

void study_split(struct study *study)
{
	size_t i, j;

	for (i = 0; i < study->count; i++) {
		struct study_cell more;

		name_first_source(&study->cells[i]);
		if (!take_one_source(&study->cells[i], &more))
			continue;
		study->cells = study_must(realloc(study->cells,
			(study->count + 1) * sizeof(*study->cells)));
		for (j = study->count++; j > i + 1; j--)
			study->cells[j] = study->cells[j - 1];
		study->cells[i + 1] = more;
		i--;	/* there may be a third one */
	}
}
