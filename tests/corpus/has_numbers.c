// SPDX-License-Identifier: GPL-2.0
/*
 * has_numbers OLD NEW: does the JSON document NEW still contain all of OLD?
 *
 * Every member and element of OLD must be in NEW, at the same place and of the
 * same type. Numbers must be equal to within 1e-6 of their value, and truth
 * values must be equal. Only those texts are compared on which a program would
 * act: unit, verdict and status. A new member is not a difference.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static int differences;

static void differs(const char *path, const char *how)
{
	fprintf(stderr, "has_numbers: %s %s\n", path, how);
	differences++;
}

static int is_for_programs(const char *path)
{
	static const char *const keys[] = { ".unit", ".verdict", ".status" };
	const char *last = strrchr(path, '.');
	size_t i;

	for (i = 0; last && i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(last, keys[i]))
			return 1;
	return 0;
}

static void look(const char *path, json_t *old, json_t *new);

static void look_at_members(const char *path, json_t *old, json_t *new)
{
	const char *key;
	char below[1024];
	json_t *value;

	json_object_foreach(old, key, value) {
		snprintf(below, sizeof(below), "%s.%s", path, key);
		look(below, value, json_object_get(new, key));
	}
}

/* Lists of messages may grow or shrink; lists with numbers may not. */
static void look_at_elements(const char *path, json_t *old, json_t *new)
{
	char below[1024];
	json_t *value;
	size_t i;

	if (json_is_string(json_array_get(old, 0)))
		return;
	if (json_array_size(old) != json_array_size(new))
		differs(path, "has another number of elements");
	json_array_foreach(old, i, value) {
		snprintf(below, sizeof(below), "%s[%zu]", path, i);
		look(below, value, json_array_get(new, i));
	}
}

static void look_at_number(const char *path, double old, double new)
{
	char how[128];

	if (fabs(new - old) <= 1e-6 * fabs(old))
		return;
	snprintf(how, sizeof(how), "was %.12g and is %.12g", old, new);
	differs(path, how);
}

static void look(const char *path, json_t *old, json_t *new)
{
	if (!new)
		differs(path, "is missing");
	else if (json_is_number(old) && json_is_number(new))
		look_at_number(path, json_number_value(old),
			       json_number_value(new));
	else if (json_typeof(old) != json_typeof(new))
		differs(path, "is of another type");
	else if (json_is_object(old))
		look_at_members(path, old, new);
	else if (json_is_array(old))
		look_at_elements(path, old, new);
	else if (json_is_string(old) && is_for_programs(path) &&
		 strcmp(json_string_value(old), json_string_value(new)))
		differs(path, "is another word");
}

int main(int argc, char *argv[])
{
	json_t *old, *new;

	if (argc != 3)
		return 2;
	old = json_load_file(argv[1], 0, NULL);
	new = json_load_file(argv[2], 0, NULL);
	if (!old || !new)
		differs(old ? argv[2] : argv[1], "is not a JSON document");
	else
		look("", old, new);
	json_decref(old);
	json_decref(new);
	return differences != 0;
}
