// SPDX-License-Identifier: GPL-2.0
/* The results of a matrix for analysis: plan.json, cells/NAME/cell.json. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "matrix.h"
#include "record_job.h"
#include "user/data/plain.h"

enum { PATH_SIZE = 4096 };

void matrix_cell_path(char path[MATRIX_PATH], const struct matrix_cell *cell)
{
	snprintf(path, MATRIX_PATH, "cells/%s", cell->plan->name);
}

void matrix_boot_path(char path[MATRIX_PATH], const struct matrix_cell *cell,
		      int boot)
{
	const char *name = cell->plan->name;

	if (cell->same)
		name = cell->same->plan->name;
	else if (cell->kept && *cell->owner)
		name = cell->owner;
	snprintf(path, MATRIX_PATH, "cells/%s/boot-%d", name, boot);
}

/* Text that is not UTF-8 becomes null, so that the document stays valid. */
static json_t *text(const char *value)
{
	json_t *string = *value ? json_string(value) : NULL;

	return string ? string : json_null();
}

/* Write the document under a temporary name, then rename it. */
static int write_file(const struct matrix *matrix, const char *name,
		      json_t *document)
{
	char path[PATH_SIZE], new[PATH_SIZE + 8];
	int failed;

	snprintf(path, sizeof(path), "%s/%s", matrix->out, name);
	snprintf(new, sizeof(new), "%s.new", path);
	failed = !document || json_dump_file(document, new,
					     JSON_INDENT(1)) ||
		 rename(new, path);
	json_decref(document);
	if (failed)
		fprintf(stderr, "lab: cannot write %s: %s\n", path,
			strerror(errno));
	return failed;
}

int matrix_write_plan(const struct matrix *matrix)
{
	json_t *cells = json_array();
	size_t n;

	for (n = 0; n < matrix->plan.count; n++)
		json_array_append_new(cells,
				json_string(matrix->plan.cells[n].name));
	return write_file(matrix, "plan.json",
			  json_pack("{s:s, s:s, s:o}", "matrix",
				    matrix->plan.name, "file", matrix->file,
				    "cells", cells));
}

static json_t *settings_json(const struct settings *settings)
{
	json_t *object = json_object();
	int s;

	for (s = 0; s < SETTINGS; s++)
		json_object_set_new(object, setting_name((enum setting)s),
				json_string(settings_text(settings,
							  (enum setting)s)));
	return object;
}

static json_t *runs_json(const struct matrix_cell *cell, int boot)
{
	const struct settings *s = &cell->plan->settings;
	char directory[MATRIX_PATH], source[RECORD_NAME], run[RECORD_NAME];
	json_t *runs = json_array();
	int n, phase;

	matrix_boot_path(directory, cell, boot);
	for (n = 0; !record_source(s, n, source); n++)
		for (phase = 1; phase <= settings_number(s, SET_PHASES);
		     phase++) {
			record_name(run, source, phase);
			json_array_append_new(runs,
					json_sprintf("%s/%s.xlat", directory,
						     run));
		}
	return runs;
}

/* A path that was cut may end inside a character. */
static json_t *plain_text(const char *text)
{
	char copy[512];

	plain_copy(copy, sizeof(copy), text);
	return json_string(copy);
}

static json_t *readback_json(const struct readback *r)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "xen_version", text(r->xen_version),
			 "xen_build", text(r->xen_build),
			 "xen_commandline", text(r->xen_commandline),
			 "scheduler", text(r->scheduler),
			 "schedule", text(r->schedule),
			 "pinning", text(r->pinning),
			 "debug", text(r->debug), "kernel", text(r->kernel),
			 "qemu", text(r->qemu));
}

static json_t *boot_json(const struct matrix_cell *cell, int number)
{
	const struct matrix_boot *boot = &cell->boot[number - 1];
	bool failed = *boot->outcome.why;
	char directory[MATRIX_PATH];

	matrix_boot_path(directory, cell, number);
	return json_pack("{s:s, s:s, s:o, s:i, s:f, s:f, s:o, s:o}",
			 "dir", directory,
			 "status", failed ? "failed" : "done",
			 "why", plain_text(boot->outcome.why),
			 "tries", boot->outcome.vm.tries,
			 "seconds", boot->outcome.vm.seconds,
			 "cpu_seconds", boot->outcome.cpu_seconds,
			 "runs", failed ? json_array() :
					  runs_json(cell, number),
			 "readback", readback_json(&boot->readback));
}

/* Only the owner's end may remove the new cell.json, not the old owner's. */
static void name_owner(struct matrix_cell *cell)
{
	const struct plan_cell *owner = cell->same ? cell->same->plan :
						     cell->plan;

	snprintf(cell->owner, sizeof(cell->owner), "%s",
		 cell->ended ? owner->name : "");
}

int matrix_write_cell(const struct matrix *matrix, struct matrix_cell *cell)
{
	const struct plan_cell *p = cell->plan;
	char name[MATRIX_PATH], path[PATH_SIZE];
	json_t *boots = json_array();
	int n;

	for (n = 1; n <= cell->ended; n++)
		json_array_append_new(boots, boot_json(cell, n));
	name_owner(cell);
	matrix_cell_path(name, cell);
	snprintf(path, sizeof(path), "%s/%s", matrix->out, name);
	if (mkdir(path, 0755) && errno != EEXIST)
		fprintf(stderr, "lab: %s: %s\n", path, strerror(errno));
	strcat(name, "/cell.json");
	return write_file(matrix, name,
		json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:s, s:o, s:o}",
			  "cell", p->name, "key", cell->key, "load", p->load,
			  "centre", text(p->centre), "factor", text(p->factor),
			  "level", *p->factor ? json_string(p->level) :
						json_null(),
			  "settings", settings_json(&p->settings),
			  "status", cell->status, "why", plain_text(cell->why),
			  "boots", boots));
}

static json_t *load_cell(const struct matrix *matrix, const char *name)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/cells/%s/cell.json", matrix->out,
		 name);
	return json_load_file(path, 0, NULL);
}

static bool is_done(const json_t *cell, const char *wanted)
{
	const char *key = json_string_value(json_object_get(cell, "key"));
	const char *status = json_string_value(json_object_get(cell, "status"));

	return key && status && !strcmp(key, wanted) && !strcmp(status, "done");
}

/* Extract the name of the owner from a path made by matrix_boot_path(). */
static void find_owner(const json_t *cell, char owner[PLAN_NAME])
{
	const json_t *boots = json_object_get(cell, "boots");
	const char *dir = json_string_value(json_object_get(
				json_array_get(boots, 0), "dir"));

	*owner = '\0';
	if (dir && sscanf(dir, "cells/%95[^/]", owner) != 1)
		*owner = '\0';
}

/* If the owner was since run with other settings, the boots do not fit. */
bool matrix_is_done(const struct matrix *matrix, struct matrix_cell *cell)
{
	const char *name = cell->plan->name;
	json_t *document = load_cell(matrix, name);
	bool done = is_done(document, cell->key);

	find_owner(document, cell->owner);
	json_decref(document);
	if (!done || !*cell->owner || !strcmp(cell->owner, name))
		return done;
	document = load_cell(matrix, cell->owner);
	done = is_done(document, cell->key);
	json_decref(document);
	return done;
}
