// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "cpupool.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Bare-metal domains run one after the other: all have the UUID of "domu". */
#define DOMU_UUID "646f6d75-0000-4000-8000-000000000001"
#define BUSY_UUID "62757379-0000-4000-8000-000000000002"

static const struct {
	const char *name, *uuid;
} domains[] = {
	{ "domu:", DOMU_UUID ":" },
	{ "busy:", BUSY_UUID ":" },
};

bool cpupool_is_wanted(const struct settings *s)
{
	return settings_is(s, SET_SCHEDULER, "arinc653");
}

/* Add the words of the schedule in the syntax of the helper /arinc653. */
static void add_schedule(struct text *t, const char *word)
{
	size_t i, n, skip;

	for (; *(word += strspn(word, " ")); word += n) {
		n = strcspn(word, " ");
		text_add(t, " ");
		for (i = 0, skip = 0; i < ARRAY_SIZE(domains); i++)
			if (!strncmp(word, domains[i].name,
				     strlen(domains[i].name))) {
				skip = strlen(domains[i].name);
				text_add(t, "%s", domains[i].uuid);
			}
		text_add(t, "%.*s", (int)(n - skip), word + skip);
	}
}

void cpupool_make(struct text *t, const struct settings *s, int cpu)
{
	if (!cpupool_is_wanted(s))
		return;
	text_add(t, "must xl cpupool-cpu-remove Pool-0 %d\n"
		 "must xl cpupool-create name=\"arinc653\" sched=\"arinc653\" "
		 "cpus=[\"%d\"]\n"
		 "must out arinc653.txt /arinc653 --pool 1", cpu, cpu);
	add_schedule(t, settings_text(s, SET_SCHEDULER_PARAMETERS));
	text_add(t, "\n");
}

const char *cpupool_config(const struct settings *s, bool busy)
{
	if (!cpupool_is_wanted(s))
		return "";
	return busy ? "pool = \"arinc653\"\nuuid = \"" BUSY_UUID "\"\n" :
		      "pool = \"arinc653\"\nuuid = \"" DOMU_UUID "\"\n";
}
