// SPDX-License-Identifier: GPL-2.0
/* Make the cells of a matrix from the text of a matrix file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan_file.h"
#include "plan_read.h"

static int add_cell(struct reading *r, const struct plan_cell *cell,
		    config_setting_t *at)
{
	struct plan *plan = r->plan;
	struct plan_cell *more;
	int error;

	if (plan_find(plan, cell->name))
		return plan_blame(r, at, "a second cell named \"%s\"",
				  cell->name);
	more = realloc(plan->cells, (plan->count + 1) * sizeof(*more));
	if (!more)
		return plan_blame(r, at, "out of memory");
	plan->cells = more;
	more[plan->count] = *cell;
	error = settings_complete(&more[plan->count].settings, r->message);
	plan->count++;
	return error;
}

/* The name of a cell's load. It follows from the competitor. */
static const char *load_of(const struct settings *s)
{
	if (settings_is(s, SET_COMPETITOR, "domain"))
		return "contended";
	return settings_is(s, SET_COMPETITOR, "spinner") ? "spinner" : "idle";
}

static bool is_part_of_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '.';
}

/* Append a word. Characters that are not allowed in a name become '-'. */
static void add_to_name(char name[PLAN_NAME], const char *word)
{
	size_t n = strlen(name);

	if (n && n < PLAN_NAME - 1)
		name[n++] = '-';
	for (; *word && n < PLAN_NAME - 1; word++)
		if (is_part_of_name(*word))
			name[n++] = *word;
		else if (n && name[n - 1] != '-')
			name[n++] = '-';
	name[n] = '\0';
}

/* Apply defaults, then the centre, then the load to the built-in settings. */
static int start_cell(struct reading *r, struct plan_cell *cell,
		      config_setting_t *centre, config_setting_t *load)
{
	config_setting_t *defaults = config_lookup(&r->config, "defaults");
	int error;

	memset(cell, 0, sizeof(*cell));
	settings_begin(&cell->settings);
	error = plan_apply(r, defaults, &cell->settings, RANK_DEFAULTS, NULL);
	if (!error && centre) {
		snprintf(cell->centre, PLAN_NAME, "%s",
			 config_setting_name(centre));
		error = plan_apply(r, centre, &cell->settings, RANK_CENTRE,
				   NULL);
	}
	if (!error && load)
		error = plan_apply(r, load, &cell->settings, RANK_CENTRE,
				   "name");
	return error;
}

static void name_cell(struct plan_cell *cell, config_setting_t *load)
{
	const char *name;

	cell->name[0] = '\0';
	add_to_name(cell->name, cell->centre);
	if (load && config_setting_lookup_string(load, "name", &name) &&
	    strcmp(name, "idle"))
		add_to_name(cell->name, name);
	if (!*cell->factor)
		return;
	add_to_name(cell->name, cell->factor);
	add_to_name(cell->name, cell->level);
}

/* Add a cell for the centre with this load, unless there is one. */
static int add_centre(struct reading *r, config_setting_t *centre,
		      config_setting_t *load)
{
	struct plan_cell cell;
	int error = start_cell(r, &cell, centre, load);

	if (error)
		return error;
	strcpy(cell.load, load_of(&cell.settings));
	name_cell(&cell, load);
	return plan_find(r->plan, cell.name) ? 0 :
	       add_cell(r, &cell, centre);
}

/* Apply a level: a value, or a group of a value and the settings for it. */
static int take_level(struct reading *r, struct plan_cell *cell,
		      enum setting setting, config_setting_t *level)
{
	static const char *const own[] = { "value", "not_measurable", NULL };
	config_setting_t *value = level;
	const char *why;
	int error = 0;

	if (config_setting_is_group(level)) {
		value = config_setting_get_member(level, "value");
		if (!value)
			return plan_blame(r, level, "a level without a value");
		if (config_setting_lookup_string(level, "not_measurable", &why))
			snprintf(cell->not_measurable, SETTING_SIZE, "%s", why);
		error = plan_apply_but(r, level, &cell->settings, RANK_CELL,
				       own);
	}
	if (!error)
		error = plan_set(r, value, setting, &cell->settings,
				 RANK_CELL);
	snprintf(cell->level, SETTING_SIZE, "%s",
		 settings_text(&cell->settings, setting));
	return error;
}

static int add_level(struct reading *r, config_setting_t *centre,
		     config_setting_t *load, enum setting setting,
		     config_setting_t *level)
{
	struct plan_cell cell;
	char before[SETTING_SIZE];
	int error = start_cell(r, &cell, centre, load);

	if (error)
		return error;
	strcpy(before, settings_text(&cell.settings, setting));
	snprintf(cell.factor, PLAN_NAME, "%s", setting_name(setting));
	error = take_level(r, &cell, setting, level);
	if (error)
		return error;
	if (!strcmp(before, cell.level) && !config_setting_is_group(level))
		return 0;	/* the centre itself */
	strcpy(cell.load, load_of(&cell.settings));
	name_cell(&cell, load);
	return add_cell(r, &cell, level);
}

static int add_factor_at(struct reading *r, config_setting_t *factor,
			 config_setting_t *centre, config_setting_t *load)
{
	config_setting_t *levels = config_setting_get_member(factor, "levels");
	const char *name = NULL;
	enum setting setting;
	int i, error = add_centre(r, centre, load);

	config_setting_lookup_string(factor, "setting", &name);
	setting = setting_find(name ? name : "");
	if (setting == SETTINGS)
		return plan_blame(r, factor, "a factor needs a setting: "
				  "\"%s\" is none", name ? name : "");
	for (i = 0; !error && i < config_setting_length(levels); i++)
		error = add_level(r, centre, load, setting,
				  config_setting_get_elem(levels,
							  (unsigned int)i));
	return error;
}

static int add_factor(struct reading *r, config_setting_t *factor)
{
	static const char *const keys[] = {
		"setting", "levels", "centres", "loads", NULL,
	};
	config_setting_t *centres, *loads, *centre, *load;
	int i, j, error = plan_only_keys(r, factor, keys);

	if (!error)
		error = plan_need_list(r, factor, "levels", NULL);
	if (!error)
		error = plan_need_list(r, factor, "centres", &centres);
	if (!error)
		error = plan_need_list(r, factor, "loads", &loads);
	for (i = 0; !error && i < config_setting_length(centres); i++)
		for (j = 0; !error && j < config_setting_length(loads); j++) {
			error = plan_find_centre(r, centres, i, &centre);
			if (!error)
				error = plan_find_load(r, loads, j, &load);
			if (!error)
				error = add_factor_at(r, factor, centre, load);
		}
	return error;
}

static int add_explicit(struct reading *r, config_setting_t *at)
{
	static const char *const own[] = {
		"name", "what", "not_measurable", NULL,
	};
	const char *name = NULL, *text;
	struct plan_cell cell;
	int error;

	if (!config_setting_is_group(at))
		return plan_blame(r, at, "a cell is a group { }");
	if (!config_setting_lookup_string(at, "name", &name))
		return plan_blame(r, at, "a cell without a name");
	error = start_cell(r, &cell, NULL, NULL);
	if (error)
		return error;
	add_to_name(cell.name, name);
	if (!*name || strcmp(cell.name, name))
		return plan_blame(r, at, "\"%s\": a cell's name is letters, "
				  "digits, dots and single dashes", name);
	if (config_setting_lookup_string(at, "what", &text))
		snprintf(cell.what, SETTING_SIZE, "%s", text);
	if (config_setting_lookup_string(at, "not_measurable", &text))
		snprintf(cell.not_measurable, SETTING_SIZE, "%s", text);
	error = plan_apply_but(r, at, &cell.settings, RANK_CELL, own);
	strcpy(cell.load, load_of(&cell.settings));
	return error ? error : add_cell(r, &cell, at);
}

static int for_each(struct reading *r, const char *list,
		    int (*add)(struct reading *, config_setting_t *))
{
	config_setting_t *at = config_lookup(&r->config, list);
	int i, error = 0;

	if (at && !config_setting_is_list(at))
		return plan_blame(r, at, "%s is a list ( )", list);
	for (i = 0; at && !error && i < config_setting_length(at); i++)
		error = add(r, config_setting_get_elem(at, (unsigned int)i));
	return error;
}

static int read_all(struct reading *r)
{
	static const char *const keys[] = {
		"name", "defaults", "centres", "loads", "factors", "cells",
		NULL,
	};
	config_setting_t *root = config_root_setting(&r->config);
	const char *name;
	int error = plan_only_keys(r, root, keys);

	if (!error && !config_lookup_string(&r->config, "name", &name))
		error = plan_blame(r, root, "no name = \"...\"");
	if (error)
		return error;
	snprintf(r->plan->name, PLAN_NAME, "%s", name);
	error = plan_check_groups(r);
	if (!error)
		error = for_each(r, "cells", add_explicit);
	if (!error)
		error = for_each(r, "factors", add_factor);
	if (!error && !r->plan->count)
		error = plan_blame(r, root, "no cells");
	return error;
}

int plan_read(struct plan *plan, const char *text, const char *file,
	      const char *include_dir, char message[512])
{
	struct reading r = { .plan = plan, .file = file, .message = message };
	int error;

	memset(plan, 0, sizeof(*plan));
	config_init(&r.config);
	if (include_dir)
		config_set_include_dir(&r.config, include_dir);
	if (config_read_string(&r.config, text)) {
		error = read_all(&r);
	} else {
		const char *in = config_error_file(&r.config);

		snprintf(message, 512, "%.200s:%d: %s", in ? in : file,
			 config_error_line(&r.config),
			 config_error_text(&r.config));
		error = -EINVAL;
	}
	config_destroy(&r.config);
	return error;
}
