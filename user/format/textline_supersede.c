// SPDX-License-Identifier: MIT
/* Finds the runs of a log that another run replaces, in O(n log n) time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "textline.h"

/* These return a value less than, equal to or greater than 0, like strcmp(). */

static int by_number(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_name(const struct textline_run *a, const struct textline_run *b)
{
	int order = by_number(a->tag, b->tag);

	return order ? order : strcmp(a->name, b->name);
}

static int by_content(const struct textline_run *a,
		      const struct textline_run *b)
{
	int order = by_name(a, b);

	if (!order)
		order = by_number(a->crc, b->crc);
	return order ? order : by_number(a->length, b->length);
}

/* Equal runs are ordered by their place in log->runs. */
static int by_content_and_place(const void *one, const void *other)
{
	const struct textline_run *a = *(struct textline_run *const *)one;
	const struct textline_run *b = *(struct textline_run *const *)other;
	int order = by_content(a, b);

	return order ? order : by_number((uintptr_t)a, (uintptr_t)b);
}

/*
 * Does one of the sorted @intact runs have @run's tag and name? If @run has no
 * name, the tag is enough.
 */
static bool is_among(struct textline_run *const *intact, size_t count,
		     const struct textline_run *run)
{
	size_t low = 0, high = count;

	/* a run without a name sorts before all named runs of the same tag */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_name(intact[middle], run) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && intact[low]->tag == run->tag &&
	       (!*run->name || !strcmp(intact[low]->name, run->name));
}

int textline_supersede(struct textline_log *log)
{
	struct textline_run **intact;
	size_t i, count = 0;

	if (!log->count)
		return 0;
	intact = malloc(log->count * sizeof(struct textline_run *));
	if (!intact)
		return -ENOMEM;
	for (i = 0; i < log->count; i++)
		if (log->runs[i].intact)
			intact[count++] = &log->runs[i];
	qsort(intact, count, sizeof(struct textline_run *), by_content_and_place);
	for (i = 1; i < count; i++)
		if (!by_content(intact[i - 1], intact[i]))
			intact[i]->superseded = true;
	for (i = 0; i < log->count; i++)
		if (!log->runs[i].intact)
			log->runs[i].superseded =
				is_among(intact, count, &log->runs[i]);
	free(intact);
	return 0;
}
