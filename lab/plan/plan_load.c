// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan_load.h"
#include "plan_read.h"

enum { TEXT_MAX = 1 << 20 };

static char *read_text(const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = calloc(1, TEXT_MAX);
	size_t n = f && text ? fread(text, 1, TEXT_MAX - 1, f) : 0;

	if (!f || !text || ferror(f) || n == TEXT_MAX - 1) {
		fprintf(stderr, "xlat-lab: %s: %s\n", path,
			f && !ferror(f) ? "too long" : strerror(errno));
		free(text);
		text = NULL;
	}
	if (f)
		fclose(f);
	return text;
}

int plan_load(struct plan *plan, const char *path)
{
	char *text = read_text(path), directory[4096], message[512];
	char *slash;
	int error;

	if (!text)
		return 1;
	snprintf(directory, sizeof(directory), "%s", path);
	slash = strrchr(directory, '/');
	if (slash)
		*slash = '\0';
	error = plan_read(plan, text, path, slash ? directory : ".", message);
	free(text);
	if (error)
		fprintf(stderr, "xlat-lab: %s\n", message);
	return error ? 2 : 0;
}

static bool is_set(const struct plan_cell *cell, enum setting s,
		   const char *word)
{
	return settings_is(&cell->settings, s, word);
}

static int count_sources(const struct plan_cell *cell)
{
	const char *at = settings_text(&cell->settings, SET_SOURCE);
	int count = 1;

	for (; (at = strchr(at, ' ')); at++)
		count++;
	return count;
}

/* Virtual seconds during which a CPU executes without sleeping. */
static double busy_seconds(const struct plan_cell *cell)
{
	const struct settings *s = &cell->settings;
	double period = (double)settings_time_ns(settings_text(s, SET_PERIOD));
	double settle = (double)settings_time_ns(settings_text(s, SET_SETTLE));
	double each = period * settings_number(s, SET_SAMPLES) + settle;

	/* a vCPU that shares its pCPU waits for the other's time slices */
	if (is_set(cell, SET_COMPETITOR_CPU, "measured") &&
	    is_set(cell, SET_GUEST, "linux"))
		each += 8e6 * settings_number(s, SET_SAMPLES);
	if (is_set(cell, SET_COMPETITOR, "none") &&
	    !is_set(cell, SET_IDLE, "busy"))
		return 0;
	return each * 1e-9 * settings_number(s, SET_PHASES) *
	       count_sources(cell) /
	       (1 << settings_number(s, SET_ICOUNT_SHIFT));
}

/* The time to boot, plus the time that the console needs for each sample. */
double plan_cost(const struct plan_cell *cell)
{
	const struct settings *s = &cell->settings;
	int runs = count_sources(cell) * settings_number(s, SET_PHASES);
	double samples = runs * (double)settings_number(s, SET_SAMPLES);
	bool bare = is_set(cell, SET_GUEST, "bare-metal");
	double seconds = bare ? 0.3 * runs : 5;

	if (is_set(cell, SET_MACHINE, "xen"))
		seconds = bare ? 6 + 0.7 * runs + 0.001 * samples :
			  is_set(cell, SET_DOMAIN, "dom0") ? 7 :
							 13 + 0.002 * samples;
	return seconds + 5 * busy_seconds(cell);
}

size_t *plan_order(const struct plan *plan)
{
	size_t *order = calloc(plan->count + 1, sizeof(*order)), n, i, moved;

	for (n = 0; order && n < plan->count; n++) {
		moved = n;
		for (i = n; i && plan_cost(&plan->cells[order[i - 1]]) <
				 plan_cost(&plan->cells[moved]); i--)
			order[i] = order[i - 1];
		order[i] = moved;
	}
	return order;
}
