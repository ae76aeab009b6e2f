// SPDX-License-Identifier: GPL-2.0
/* Read the entries of a matrix file, with their line numbers. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plan_file.h"

static void where(const struct reading *r, const config_setting_t *at,
		  char text[SETTING_WHERE])
{
	const char *file = config_setting_source_file(at);
	unsigned int line = config_setting_is_root(at) ?
			    1 : config_setting_source_line(at);

	snprintf(text, SETTING_WHERE, "%.140s:%u", file ? file : r->file, line);
}

int plan_blame(struct reading *r, const config_setting_t *at,
	       const char *format, ...)
{
	char place[SETTING_WHERE], what[300];
	va_list ap;

	where(r, at, place);
	va_start(ap, format);
	vsnprintf(what, sizeof(what), format, ap);
	va_end(ap);
	snprintf(r->message, 512, "%s: %s", place, what);
	return -EINVAL;
}

static bool is_in(const char *const list[], const char *name)
{
	for (; list && *list; list++)
		if (!strcmp(*list, name))
			return true;
	return false;
}

int plan_only_keys(struct reading *r, config_setting_t *group,
		   const char *const keys[])
{
	config_setting_t *member;
	int i;

	if (!config_setting_is_group(group))
		return plan_blame(r, group, "not a group { }");
	for (i = 0; i < config_setting_length(group); i++) {
		member = config_setting_get_elem(group, (unsigned int)i);
		if (!is_in(keys, config_setting_name(member)))
			return plan_blame(r, member, "unknown key \"%s\"",
					  config_setting_name(member));
	}
	return 0;
}

/* The value as text. In the file it may also be a number. */
static int text_of(struct reading *r, const config_setting_t *value,
		   char text[SETTING_SIZE])
{
	const char *string = "";

	switch (config_setting_type(value)) {
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		snprintf(text, SETTING_SIZE, "%lld",
			 config_setting_get_int64(value));
		return 0;
	case CONFIG_TYPE_STRING:
		string = config_setting_get_string(value);
		if (strlen(string) >= SETTING_SIZE)
			return plan_blame(r, value, "too long");
		strcpy(text, string);
		return 0;
	}
	return plan_blame(r, value, "write a number or a text in quotes");
}

int plan_set(struct reading *r, const config_setting_t *value,
	     enum setting setting, struct settings *settings,
	     enum setting_rank rank)
{
	char text[SETTING_SIZE], place[SETTING_WHERE], message[512];
	int error = text_of(r, value, text);

	if (error)
		return error;
	where(r, value, place);
	if (settings_set(settings, setting, text, place, rank, message))
		return plan_blame(r, value, "%s", message);
	return 0;
}

int plan_apply_but(struct reading *r, config_setting_t *group,
		   struct settings *settings, enum setting_rank rank,
		   const char *const but[])
{
	config_setting_t *member;
	enum setting setting;
	const char *name;
	int i, error = 0;

	if (!group)
		return 0;
	if (!config_setting_is_group(group))
		return plan_blame(r, group, "not a group { }");
	for (i = 0; !error && i < config_setting_length(group); i++) {
		member = config_setting_get_elem(group, (unsigned int)i);
		name = config_setting_name(member);
		if (is_in(but, name))
			continue;
		setting = setting_find(name);
		error = setting == SETTINGS ?
			plan_blame(r, member, "unknown setting \"%s\"", name) :
			plan_set(r, member, setting, settings, rank);
	}
	return error;
}

int plan_apply(struct reading *r, config_setting_t *group,
	       struct settings *settings, enum setting_rank rank,
	       const char *but)
{
	const char *const list[] = { but, NULL };

	return plan_apply_but(r, group, settings, rank, list);
}

int plan_need_list(struct reading *r, config_setting_t *group,
		   const char *name, config_setting_t **list)
{
	config_setting_t *found = config_setting_get_member(group, name);

	if (!found)
		return plan_blame(r, group, "no %s", name);
	if (!config_setting_is_aggregate(found) ||
	    config_setting_is_group(found) || !config_setting_length(found))
		return plan_blame(r, found, "%s is a list ( ) with something "
				  "in it", name);
	if (list)
		*list = found;
	return 0;
}

int plan_find_centre(struct reading *r, config_setting_t *words, int i,
		     config_setting_t **centre)
{
	config_setting_t *centres = config_lookup(&r->config, "centres");
	const char *name = config_setting_get_string_elem(words, i);

	*centre = centres && name ?
		  config_setting_get_member(centres, name) : NULL;
	return *centre ? 0 : plan_blame(r, words, "there is no centre \"%s\"",
					name ? name : "");
}

int plan_find_load(struct reading *r, config_setting_t *words, int i,
		   config_setting_t **load)
{
	config_setting_t *loads = config_lookup(&r->config, "loads");
	const char *name = config_setting_get_string_elem(words, i), *found;
	int n;

	*load = NULL;
	for (n = 0; name && loads && n < config_setting_length(loads); n++) {
		*load = config_setting_get_elem(loads, (unsigned int)n);
		if (config_setting_lookup_string(*load, "name", &found) &&
		    !strcmp(found, name))
			return 0;
	}
	*load = NULL;
	return name && !strcmp(name, "idle") ? 0 :
	       plan_blame(r, words, "there is no load \"%s\"",
			  name ? name : "");
}

static int check_group(struct reading *r, config_setting_t *group,
		       const char *but)
{
	struct settings unused;

	settings_begin(&unused);
	return plan_apply(r, group, &unused, RANK_DEFAULTS, but);
}

int plan_check_groups(struct reading *r)
{
	config_setting_t *centres = config_lookup(&r->config, "centres");
	config_setting_t *loads = config_lookup(&r->config, "loads");
	config_setting_t *load;
	int i, error, count = centres ? config_setting_length(centres) : 0;

	error = check_group(r, config_lookup(&r->config, "defaults"), NULL);
	if (!error && centres && !config_setting_is_group(centres))
		error = plan_blame(r, centres, "centres is a group { }");
	for (i = 0; !error && i < count; i++)
		error = check_group(r, config_setting_get_elem(centres,
						(unsigned int)i), NULL);
	if (!error && loads && !config_setting_is_list(loads))
		error = plan_blame(r, loads, "loads is a list ( )");
	for (i = 0; !error && loads && i < config_setting_length(loads); i++) {
		load = config_setting_get_elem(loads, (unsigned int)i);
		error = check_group(r, load, "name");
		if (!error && !config_setting_get_member(load, "name"))
			error = plan_blame(r, load, "a load without a name");
	}
	return error;
}
