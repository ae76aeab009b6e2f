// SPDX-License-Identifier: MIT
/*
 * Describes in one line on what a run was measured: hypervisor, Xen scheduler,
 * physical CPUs, emulator.
 */
#include <string.h>

#include "user/data/report.h"

static void put(char *text, const char *label, const char *value)
{
	size_t length = strlen(text);

	snprintf(text + length, REPORT_SETUP - length, "%s%s%s",
		 length ? ", " : "", label, value);
}

static bool known(const char *value)
{
	return value[0] && strcmp(value, "unknown");
}

static const char *or_unknown(const char *value)
{
	return value[0] ? value : "unknown";
}

static void put_vwfi(char *text, const struct environment *e)
{
	if (known(e->vwfi))
		put(text, "vwfi=", e->vwfi);
	else if (!known(e->xen_commandline))
		put(text, "vwfi ", "unknown");
}

void render_setup(char *text, const struct environment *environment,
		  unsigned int facts)
{
	const struct environment *e = environment;
	bool xen = !strncmp(e->hypervisor, "xen", 3);

	text[0] = '\0';
	if (facts & SETUP_HYPERVISOR)
		put(text, "hypervisor ", or_unknown(e->hypervisor));
	if (facts & SETUP_SCHEDULER && xen)
		put(text, "scheduler ", or_unknown(e->scheduler));
	if (facts & SETUP_VWFI && xen)
		put_vwfi(text, e);
	if (facts & SETUP_DEBUG && xen)
		put(text, "DEBUG ", or_unknown(e->debug));
	if (facts & SETUP_CPUS)
		put(text, "physical CPUs ", or_unknown(e->physical_cpus));
	if (facts & SETUP_EMULATOR && known(e->emulator) &&
	    strcmp(e->emulator, "none"))
		put(text, "emulator ", e->emulator);
}

unsigned int render_setup_same(const struct environment *a,
			       const struct environment *b)
{
	char one[REPORT_SETUP], other[REPORT_SETUP];
	unsigned int fact, same = 0;

	for (fact = 1; fact < SETUP_ALL; fact <<= 1) {
		render_setup(one, a, fact);
		render_setup(other, b, fact);
		if (!strcmp(one, other))
			same |= fact;
	}
	return same;
}
