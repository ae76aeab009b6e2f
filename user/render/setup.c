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

static void put_xen(char *text, const struct environment *e)
{
	put(text, "scheduler ", or_unknown(e->scheduler));
	if (known(e->vwfi))
		put(text, "vwfi=", e->vwfi);
	else if (!known(e->xen_commandline))
		put(text, "vwfi ", "unknown");
	put(text, "DEBUG ", or_unknown(e->debug));
}

void render_setup(char *text, const struct environment *environment)
{
	const struct environment *e = environment;

	text[0] = '\0';
	put(text, "hypervisor ", or_unknown(e->hypervisor));
	if (!strncmp(e->hypervisor, "xen", 3))
		put_xen(text, e);
	put(text, "physical CPUs ", or_unknown(e->physical_cpus));
	if (known(e->emulator) && strcmp(e->emulator, "none"))
		put(text, "emulator ", e->emulator);
}
