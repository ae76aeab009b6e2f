// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "baseline.h"
#include "must.h"
#include "read.h"

/*
 * Tolerances of a cell that is new in a baseline, in percent. Recordings of one
 * Linux on one Xen had the same modes within 0.2 %, but up to 3 % of their
 * samples were in different modes.
 */
static const struct gate_tolerance bare = { 1, 1 }, with_linux = { 1, 3 };

static const struct {
	const char *name;
	const char *key;
	const char *file;
	enum study_readback said;
} versions[BASELINE_VERSIONS] = {
	{ "Xen", "xen_version", "xen", STUDY_XEN_VERSION },
	{ "kernel", "kernel", "linux", STUDY_KERNEL },
	{ "emulator", "qemu", "qemu", STUDY_QEMU },
};

const char *baseline_version_name(enum baseline_version version)
{
	return versions[version].name;
}

const char *baseline_version_of(const struct study_cell *cell,
				enum baseline_version version)
{
	const char *said = cell->readback[versions[version].said];

	/* bare metal says "none (xlat-guest 0.1.0)" */
	return said && strcmp(said, "unknown") && strncmp(said, "none", 4) ?
	       said : NULL;
}

/* "QEMU 10.0.2 (Debian ...)": the first word that begins with a digit. */
static void add_version(char *name, size_t size, const char *file,
			const char *version)
{
	size_t length = strlen(name), n;

	while (version && *version && !isdigit((unsigned char)*version)) {
		version += strcspn(version, " ");
		version += strspn(version, " ");
	}
	if (!version || !*version)
		version = "none";
	n = strcspn(version, " /");
	snprintf(name + length, size - length, "%s%s-%.*s",
		 length ? "_" : "", file, (int)n, version);
}

static const char *first_version(const struct study *study, int version)
{
	size_t i;

	for (i = 0; i < study->count; i++)
		if (baseline_version_of(&study->cells[i], version))
			return baseline_version_of(&study->cells[i], version);
	return NULL;
}

void baseline_path(char *path, size_t size, const char *given,
		   const struct study *study)
{
	char name[512] = "";
	struct stat st;
	int i;

	snprintf(path, size, "%s", given);
	if (stat(given, &st) || !S_ISDIR(st.st_mode))
		return;
	for (i = 0; i < BASELINE_VERSIONS; i++)
		add_version(name, sizeof(name), versions[i].file,
			    first_version(study, i));
	snprintf(path, size, "%s/%s.json", given, name);
}

const struct baseline_cell *baseline_find(const struct baseline *baseline,
					  const struct study_cell *cell)
{
	size_t i;

	for (i = 0; i < baseline->count; i++)
		if (!strcmp(baseline->cells[i].name, cell->name) &&
		    !strcmp(baseline->cells[i].source, cell->source))
			return &baseline->cells[i];
	return NULL;
}

static char *text_of(const json_t *from, const char *key)
{
	const char *text = json_string_value(json_object_get(from, key));

	return text ? study_must(strdup(text)) : NULL;
}

static bool take_curve(struct baseline_cell *cell, const json_t *curve)
{
	size_t i;

	for (i = 0; i < GATE_POINTS; i++) {
		const json_t *one = json_array_get(curve, i);

		cell->curve[i] = json_number_value(one);
		if (!json_is_number(one) ||
		    (i && cell->curve[i] < cell->curve[i - 1]))
			return false;
	}
	return json_array_size(curve) == GATE_POINTS;
}

/* Return: what is wrong with it, or NULL. */
static const char *take_cell(struct baseline_cell *cell, const json_t *from)
{
	const json_t *height = json_object_get(from, "tolerance_percent");
	const json_t *mass = json_object_get(from, "mass_percent");
	json_t *settings = json_object_get(from, "settings");
	int i;

	cell->name = text_of(from, "cell");
	cell->source = text_of(from, "source");
	cell->xen_build = text_of(from, "xen_build");
	for (i = 0; i < BASELINE_VERSIONS; i++)
		cell->version[i] = text_of(from, versions[i].key);
	if (!cell->name || !cell->source)
		return "a cell has no name or no source";
	cell->tolerance.height = json_number_value(height);
	cell->tolerance.mass = json_number_value(mass);
	if (!json_is_number(height) || cell->tolerance.height < 0)
		return "tolerance_percent is no number from 0 up";
	if (!json_is_number(mass) || !gate_mass_is_valid(cell->tolerance.mass))
		return "mass_percent is no multiple of 0.5 below 25";
	cell->samples = (uint64_t)json_integer_value(json_object_get(from,
								"samples"));
	if (!json_is_object(settings) ||
	    study_read_settings(&cell->settings, &cell->setting_count,
				settings))
		return "settings are not texts";
	if (!take_curve(cell, json_object_get(from, "quantiles")))
		return "quantiles are not 201 ascending numbers";
	return NULL;
}

static int take_cells(struct baseline *b, const json_t *cells, char *why)
{
	const char *wrong;
	size_t i;

	b->cells = study_must(calloc(json_array_size(cells) + 1,
				     sizeof(*b->cells)));
	for (i = 0; i < json_array_size(cells); i++) {
		wrong = take_cell(&b->cells[b->count++],
				  json_array_get(cells, i));
		if (!wrong)
			continue;
		snprintf(why, STUDY_WHY, "cell %zu: %s", i + 1, wrong);
		return -1;
	}
	if (b->count)
		return 0;
	snprintf(why, STUDY_WHY, "it holds no cell");
	return -1;
}

int baseline_read(struct baseline *baseline, const char *path, char *why)
{
	json_error_t error;
	json_t *document;
	int failed;

	*baseline = (struct baseline) { 0 };
	if (access(path, F_OK) && errno == ENOENT)
		return -2;
	document = json_load_file(path, 0, &error);
	if (!document) {
		snprintf(why, STUDY_WHY, "line %d: %s", error.line, error.text);
		return -1;
	}
	failed = take_cells(baseline, json_object_get(document, "cells"), why);
	json_decref(document);
	return failed;
}

static json_t *text_or_null(const char *text)
{
	json_t *string = text ? json_string(text) : NULL;

	return string ? string : json_null();
}

static json_t *curve_of(const struct study_cell *cell)
{
	struct study_sorted *sorted = study_sorted(cell);
	double curve[GATE_POINTS];
	json_t *to = json_array();
	size_t i;

	gate_curve(curve, sorted, cell->summary.recordings);
	free(sorted);
	for (i = 0; i < GATE_POINTS; i++)
		json_array_append_new(to, curve[i] == floor(curve[i]) ?
				      json_integer((json_int_t)curve[i]) :
				      json_real(curve[i]));
	return to;
}

static json_t *cell_object(const struct study_cell *cell,
			   const struct baseline_cell *old)
{
	const struct gate_tolerance *t = old ? &old->tolerance :
		study_is(cell, "guest", "linux") ? &with_linux : &bare;
	json_t *to = json_object(), *settings = json_object();
	size_t i;

	for (i = 0; i < cell->setting_count; i++)
		json_object_set_new(settings, cell->settings[i].key,
				    text_or_null(cell->settings[i].value));
	json_object_set_new(to, "cell", text_or_null(cell->name));
	json_object_set_new(to, "source", text_or_null(cell->source));
	json_object_set_new(to, "tolerance_percent", json_real(t->height));
	json_object_set_new(to, "mass_percent", json_real(t->mass));
	for (i = 0; i < BASELINE_VERSIONS; i++)
		json_object_set_new(to, versions[i].key, text_or_null(
				    baseline_version_of(cell, (int)i)));
	json_object_set_new(to, "xen_build",
			    text_or_null(cell->readback[STUDY_XEN_BUILD]));
	json_object_set_new(to, "settings", settings);
	json_object_set_new(to, "samples",
			    json_integer((json_int_t)cell->summary.warm));
	json_object_set_new(to, "quantiles", curve_of(cell));
	return to;
}

/* Each cell has one line, so that a diff shows which cell changed. */
static int print(FILE *out, const struct study *study,
		 const struct baseline *old)
{
	const char *comma = "";
	int error = 0;
	size_t i;

	fputs("{\"cells\": [", out);
	for (i = 0; i < study->count; i++) {
		const struct study_cell *cell = &study->cells[i];
		json_t *one;

		if (!study_measured(cell))
			continue;
		fprintf(out, "%s\n", comma);
		comma = ",";
		one = cell_object(cell, baseline_find(old, cell));
		error |= json_dumpf(one, out, JSON_REAL_PRECISION(12));
		json_decref(one);
	}
	fputs("\n]}\n", out);
	return error || ferror(out) ? -EIO : 0;
}

int baseline_write(const char *path, const struct study *study,
		   const struct baseline *old)
{
	char temporary[4096];
	int error;
	FILE *out;

	snprintf(temporary, sizeof(temporary), "%s.new", path);
	out = fopen(temporary, "w");
	if (!out)
		return -errno;
	error = print(out, study, old);
	if (fclose(out) && !error)
		error = -errno;
	if (!error && rename(temporary, path))
		error = -errno;
	if (error)
		unlink(temporary);
	return error;
}

static void free_cell(struct baseline_cell *cell)
{
	int i;

	study_settings_free(cell->settings, cell->setting_count);
	for (i = 0; i < BASELINE_VERSIONS; i++)
		free(cell->version[i]);
	free(cell->name);
	free(cell->source);
	free(cell->xen_build);
}

void baseline_free(struct baseline *baseline)
{
	size_t i;

	for (i = 0; i < baseline->count; i++)
		free_cell(&baseline->cells[i]);
	free(baseline->cells);
	*baseline = (struct baseline) { 0 };
}
