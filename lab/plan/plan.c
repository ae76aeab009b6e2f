// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "plan.h"

void plan_free(struct plan *plan)
{
	free(plan->cells);
	memset(plan, 0, sizeof(*plan));
}

/*
 * The new hypervisor may lack features that a cell requests: Debian's Xen does.
 * So the settings are checked again.
 */
int plan_use_hypervisor(struct plan *plan, const char *name,
			char message[512])
{
	struct settings *settings;
	int error = 0;
	size_t n;

	for (n = 0; !error && n < plan->count; n++) {
		settings = &plan->cells[n].settings;
		if (!settings_is(settings, SET_MACHINE, "xen"))
			continue;
		error = settings_set(settings, SET_HYPERVISOR, name,
				     "--hypervisor", RANK_CELL, message);
		if (!error)
			error = settings_complete(settings, message);
	}
	return error;
}

const struct plan_cell *plan_find(const struct plan *plan, const char *name)
{
	size_t n;

	for (n = 0; n < plan->count; n++)
		if (!strcmp(plan->cells[n].name, name))
			return &plan->cells[n];
	return NULL;
}
