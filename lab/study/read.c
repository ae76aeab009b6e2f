// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "must.h"
#include "read.h"

enum { PATH_SIZE = 4096 };

struct reading {
	struct study *study;
	const char *directory;
	char *why;
	char path[PATH_SIZE];
};

__attribute__((format(printf, 2, 3)))
static int refuse(struct reading *r, const char *format, ...)
{
	int length = snprintf(r->why, STUDY_WHY, "%s: ", r->path);
	va_list list;

	va_start(list, format);
	vsnprintf(r->why + length, STUDY_WHY - (size_t)length, format, list);
	va_end(list);
	return -1;
}

static json_t *load(struct reading *r)
{
	json_error_t error;
	json_t *document = json_load_file(r->path, 0, &error);

	if (!document && error.line < 0)
		refuse(r, "cannot be read: %s", strerror(errno));
	else if (!document)
		refuse(r, "line %d: %s", error.line, error.text);
	else if (!json_is_object(document))
		refuse(r, "not a JSON object");
	if (json_is_object(document))
		return document;
	json_decref(document);
	return NULL;
}

/* A copy on one line: a text from xl may have several. */
static char *copy(const char *text)
{
	char *line = text ? study_must(strdup(text)) : NULL, *at;

	for (at = line; at && *at; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	return line;
}

static char *text_or_null(const json_t *from, const char *key)
{
	return copy(json_string_value(json_object_get(from, key)));
}

/* Return: 0 if it is a text, or null where that is allowed. */
static int check_text(struct reading *r, const json_t *from, const char *key,
		      bool or_null)
{
	const json_t *value = json_object_get(from, key);

	if (json_is_string(value) || (or_null && (!value ||
						  json_is_null(value))))
		return 0;
	return refuse(r, "\"%s\" is %s, not a text", key,
		      value ? "something else" : "missing");
}

static int check_member(struct reading *r, const json_t *from,
			const char *key, json_type type, const char *name)
{
	const json_t *value = json_object_get(from, key);

	if (value && json_typeof(value) == type)
		return 0;
	return refuse(r, "\"%s\" is %s, not %s", key,
		      value ? "something else" : "missing", name);
}

const char *study_read_settings(struct study_setting **settings, size_t *count,
				json_t *from)
{
	const char *key;
	json_t *value;

	*count = 0;
	*settings = study_must(calloc(json_object_size(from) + 1,
				      sizeof(**settings)));
	json_object_foreach(from, key, value) {
		if (!json_is_string(value))
			return key;
		(*settings)[(*count)++] = (struct study_setting) {
			copy(key), copy(json_string_value(value)),
		};
	}
	return NULL;
}

static int take_settings(struct reading *r, struct study_cell *cell,
			 json_t *settings)
{
	const char *wrong = study_read_settings(&cell->settings,
						&cell->setting_count, settings);

	return wrong ? refuse(r, "setting \"%s\" is not a text", wrong) : 0;
}

static int take_status(struct reading *r, struct study_cell *cell,
		       const json_t *from)
{
	const char *name = json_string_value(json_object_get(from, "status"));
	int status = study_status_find(name);

	if (status < 0)
		return refuse(r, "unknown status \"%s\": done, failed, boards-only or not-run",
			      name);
	cell->status = (enum study_status)status;
	return 0;
}

static int take_labels(struct reading *r, struct study_cell *cell,
		       const char *name, const json_t *from)
{
	static const char *const needed[] = { "cell", "load", "status" };
	static const char *const others[] = {
		"centre", "factor", "level", "why",
	};
	const char *own;
	size_t i;

	for (i = 0; i < 3; i++)
		if (check_text(r, from, needed[i], false))
			return -1;
	for (i = 0; i < 4; i++)
		if (check_text(r, from, others[i], true))
			return -1;
	own = json_string_value(json_object_get(from, "cell"));
	if (strcmp(own, name))
		return refuse(r, "says that it is cell \"%s\"", own);
	cell->name = copy(name);
	cell->load = text_or_null(from, "load");
	cell->centre = text_or_null(from, "centre");
	cell->factor = text_or_null(from, "factor");
	cell->level = text_or_null(from, "level");
	cell->why = text_or_null(from, "why");
	if (take_status(r, cell, from) ||
	    check_member(r, from, "settings", JSON_OBJECT, "an object") ||
	    check_member(r, from, "boots", JSON_ARRAY, "a list"))
		return -1;
	return take_settings(r, cell, json_object_get(from, "settings"));
}

static bool differs(const char *a, const char *b)
{
	return a && b && strcmp(a, b);
}

static void take_readback(struct study_cell *cell, const json_t *boot)
{
	const json_t *said = json_object_get(boot, "readback");
	int i;

	for (i = 0; i < STUDY_READBACKS; i++) {
		const char *text = json_string_value(json_object_get(said,
						study_readback_name(i)));

		cell->boots_differ |= differs(cell->readback[i], text);
		if (!cell->readback[i])
			cell->readback[i] = copy(text);
	}
}

static int take_run(struct reading *r, struct study_cell *cell,
		    const json_t *name)
{
	char path[PATH_SIZE];

	if (!json_is_string(name))
		return refuse(r, "\"runs\" holds something that is no text");
	snprintf(path, sizeof(path), "%s/%s", r->directory,
		 json_string_value(name));
	cell->runs = study_must(realloc(cell->runs, (cell->run_count + 1) *
					sizeof(*cell->runs)));
	return study_read_run(&cell->runs[cell->run_count++], path, r->why);
}

static int take_boot(struct reading *r, struct study_cell *cell,
		     const json_t *boot)
{
	const json_t *runs = json_object_get(boot, "runs");
	const char *status;
	size_t i;

	if (check_text(r, boot, "status", false) ||
	    check_member(r, boot, "runs", JSON_ARRAY, "a list"))
		return -1;
	status = json_string_value(json_object_get(boot, "status"));
	cell->boots++;
	cell->boots_again += json_integer_value(json_object_get(boot,
								"tries")) > 1;
	if (!strcmp(status, "failed")) {
		cell->boots_failed++;
		return 0;
	}
	if (strcmp(status, "done"))
		return refuse(r, "unknown status \"%s\" of a boot: done or failed",
			      status);
	take_readback(cell, boot);
	for (i = 0; i < json_array_size(runs); i++)
		if (take_run(r, cell, json_array_get(runs, i)))
			return -1;
	return 0;
}

static int take_boots(struct reading *r, struct study_cell *cell,
		      const json_t *boots)
{
	size_t i;

	cell->source = copy(study_setting(cell, "source"));
	if (cell->status != STUDY_DONE)
		return 0;
	for (i = 0; i < json_array_size(boots); i++)
		if (take_boot(r, cell, json_array_get(boots, i)))
			return -1;
	return 0;
}

static struct study_cell *add_cell(struct study *study)
{
	study->cells = study_must(realloc(study->cells, (study->count + 1) *
					  sizeof(*study->cells)));
	study->cells[study->count] = (struct study_cell) { 0 };
	return &study->cells[study->count++];
}

static void add_missing(struct study *study, const char *name)
{
	struct study_cell *cell = add_cell(study);

	cell->name = copy(name);
	cell->load = copy("idle");
	cell->source = copy("");
	cell->status = STUDY_NOT_RUN;
	cell->why = copy("it has not ended: no cell.json");
}

static int read_cell(struct reading *r, const char *name)
{
	struct study_cell *cell;
	json_t *document;
	int error;

	if (!*name || *name == '.' || strchr(name, '/'))
		return refuse(r, "\"%s\" is no name of a cell", name);
	snprintf(r->path, sizeof(r->path), "%s/cells/%s/cell.json",
		 r->directory, name);
	if (access(r->path, F_OK) && errno == ENOENT) {
		add_missing(r->study, name);
		return 0;
	}
	document = load(r);
	if (!document)
		return -1;
	cell = add_cell(r->study);
	error = take_labels(r, cell, name, document);
	if (!error)
		error = take_boots(r, cell, json_object_get(document, "boots"));
	json_decref(document);
	return error;
}

static int read_cells(struct reading *r, const json_t *plan)
{
	const json_t *cells = json_object_get(plan, "cells");
	char plan_path[PATH_SIZE];
	size_t i;

	memcpy(plan_path, r->path, PATH_SIZE);
	for (i = 0; i < json_array_size(cells); i++) {
		const char *name = json_string_value(json_array_get(cells, i));

		memcpy(r->path, plan_path, PATH_SIZE);
		if (!name)
			return refuse(r, "\"cells\" holds something that is no text");
		if (read_cell(r, name))
			return -1;
	}
	return 0;
}

static int read_plan(struct reading *r)
{
	json_t *plan;
	int error;

	snprintf(r->path, sizeof(r->path), "%s/plan.json", r->directory);
	plan = load(r);
	if (!plan)
		return -1;
	error = check_text(r, plan, "matrix", false) ||
		check_text(r, plan, "file", true) ||
		check_member(r, plan, "cells", JSON_ARRAY, "a list");
	if (!error) {
		r->study->matrix = text_or_null(plan, "matrix");
		r->study->file = text_or_null(plan, "file");
		error = read_cells(r, plan);
	}
	json_decref(plan);
	return error ? -1 : 0;
}

int study_read(struct study *study, const char *directory, char *why)
{
	struct reading r = {
		.study = study, .directory = directory, .why = why,
	};

	*study = (struct study) { 0 };
	if (read_plan(&r)) {
		study_free(study);
		return -1;
	}
	study_split(study);
	study_summarise(study);
	return 0;
}
