// SPDX-License-Identifier: MIT
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import_names.h"

/**
 * struct taken - a name that is in use
 * @name: name of a run in the log, or a numbered name; not owned
 * @given: it was assigned to a run
 * @next: the number to try next for other runs of this name
 */
struct taken {
	const char *name;
	bool given;
	unsigned int next;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct taken *)a)->name,
		      ((const struct taken *)b)->name);
}

static struct taken *find(void *const *tree, const char *name)
{
	const struct taken key = { .name = name };
	struct taken *const *found = tfind(&key, tree, by_name);

	return found ? *found : NULL;
}

/* The entry of @name, added if it is absent. NULL if there is no memory. */
static struct taken *find_or_add(void **tree, const char *name)
{
	struct taken *own = find(tree, name);

	if (own)
		return own;
	own = malloc(sizeof(*own));
	if (!own)
		return NULL;
	*own = (struct taken) { .name = name, .next = *name ? 2 : 1 };
	if (tsearch(own, tree, by_name))
		return own;
	free(own);
	return NULL;
}

/* Each number is tried only once for a name, so many runs stay cheap. */
static char *numbered(void *const *tree, struct taken *of)
{
	const char *name = *of->name ? of->name : "unnamed";
	char *text;

	for (;;) {
		unsigned int number = of->next++;
		int length = number == 1 ? asprintf(&text, "%s", name) :
			     asprintf(&text, "%s-%u", name, number);

		if (length < 0)
			return NULL;
		if (!find(tree, text))
			return text;
		free(text);
	}
}

static char *name_of(void **tree, const char *name)
{
	struct taken *of = find(tree, name), *own;
	char *text;

	if (*name && !of->given) {
		of->given = true;
		return strdup(name);
	}
	text = numbered(tree, of);
	own = text ? find_or_add(tree, text) : NULL;
	if (text && !own) {
		free(text);
		return NULL;
	}
	if (own)
		own->given = true;
	return text;
}

static bool add_runs(const struct textline_log *log, void **tree)
{
	for (size_t i = 0; i < log->count; i++)
		if (!log->runs[i].superseded &&
		    !find_or_add(tree, log->runs[i].name))
			return false;
	return true;
}

static bool add_names(const struct textline_log *log, bool intact, void **tree,
		      char **names)
{
	for (size_t i = 0; i < log->count; i++) {
		const struct textline_run *run = &log->runs[i];

		if (run->superseded || run->intact != intact)
			continue;
		names[i] = name_of(tree, run->name);
		if (!names[i])
			return false;
	}
	return true;
}

char **import_names(const struct textline_log *log)
{
	char **names = calloc(log->count, sizeof(*names));
	void *tree = NULL;
	bool good = names && add_runs(log, &tree) &&
		    add_names(log, true, &tree, names) &&
		    add_names(log, false, &tree, names);

	tdestroy(tree, free);
	if (good)
		return names;
	import_names_free(names, log->count);
	return NULL;
}

void import_names_free(char **names, size_t count)
{
	for (size_t i = 0; names && i < count; i++)
		free(names[i]);
	free(names);
}
