// SPDX-License-Identifier: GPL-2.0
/* The make targets that must exist before the cells of a plan can be run. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "needs.h"

enum { NEED = SETTING_SIZE + 16 };	/* a target's name */

static bool is_set(const struct plan_cell *cell, enum setting s,
		   const char *word)
{
	return settings_is(&cell->settings, s, word);
}

static void guest(const struct plan_cell *cell, char target[NEED])
{
	if (is_set(cell, SET_GUEST, "bare-metal") ||
	    is_set(cell, SET_COMPETITOR, "domain"))
		snprintf(target, NEED, "guest");
}

static void trixie(const struct plan_cell *cell, char target[NEED])
{
	if (cell_is_xen_4_20(cell) || is_set(cell, SET_KERNEL, "debian-6.12"))
		snprintf(target, NEED, "parts-trixie");
}

static void module(const struct plan_cell *cell, char target[NEED])
{
	if (is_set(cell, SET_GUEST, "linux") &&
	    is_set(cell, SET_KERNEL, "debian-6.12"))
		snprintf(target, NEED, "module-arm64-6.12");
}

static void hypervisor(const struct plan_cell *cell, char target[NEED])
{
	const char *xen = settings_text(&cell->settings, SET_HYPERVISOR);

	if (is_set(cell, SET_MACHINE, "xen") && strncmp(xen, "debian-", 7))
		snprintf(target, NEED, "xen-%s", xen);
}

typedef void need_fn(const struct plan_cell *cell, char target[NEED]);

enum { NEEDS = 4 };
static need_fn *const needs[NEEDS] = { guest, trixie, module, hypervisor };

/* Keep the last entry if it is a target and is not yet in the list. */
static void add(char (*known)[NEED], size_t *count)
{
	size_t n;

	if (!*known[*count])
		return;
	for (n = 0; n < *count; n++)
		if (!strcmp(known[n], known[*count]))
			return;
	++*count;
}

int needs_print(const struct plan *plan, const char *only, FILE *out)
{
	char (*known)[NEED] = calloc(plan->count * NEEDS + 1, NEED);
	size_t need, n, count = 0;

	if (!known)
		return -ENOMEM;
	for (need = 0; need < NEEDS; need++)
		for (n = 0; n < plan->count; n++) {
			if (*plan->cells[n].not_measurable ||
			    (only && strcmp(plan->cells[n].name, only)))
				continue;
			*known[count] = '\0';
			needs[need](&plan->cells[n], known[count]);
			add(known, &count);
		}
	for (n = 0; n < count; n++)
		fprintf(out, "%s\n", known[n]);
	free(known);
	return 0;
}
