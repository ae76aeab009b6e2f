// SPDX-License-Identifier: MIT
/* The environment document: timers, their interrupts, idle states. */
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostenv.h"

/*
 * " 11:   5  7   GIC-0  27 Level     arch_timer". This skips the counts, one
 * for each CPU. The name may contain blanks.
 */
static json_t *parse_interrupt(const char *line)
{
	char chip[32], *name;
	unsigned int hwirq;
	int used = 0;

	line = strchr(line, ':');
	if (!line)
		return NULL;
	line++;
	while (sscanf(line, " %*[0-9]%n", &used) == 0 && used) {
		line += used;
		used = 0;
	}
	if (sscanf(line, " %31s %u %*[A-Za-z]%n", chip, &hwirq, &used) < 2 ||
	    !used || strncmp(chip, "GIC", 3))
		return NULL;
	name = strdup(line + used + strspn(line + used, " \t"));
	if (!name)
		return NULL;
	name[strcspn(name, "\n")] = '\0';
	json_t *entry = json_pack("{s:i, s:s, s:s}", "intid", (int)hwirq,
				  "chip", chip, "owner", name);
	free(name);
	return entry;
}

/* PPIs, and the extended ones of GICv3.1 (IHI 0069, 2.2 "INTIDs") */
static bool is_private(const json_t *entry)
{
	json_int_t intid = json_integer_value(json_object_get(entry, "intid"));

	return intid < 32 || (intid >= 1056 && intid < 1120);
}

json_t *hostenv_private_interrupts(const char *path)
{
	FILE *file = hostenv_open(path);
	json_t *list = json_array();
	char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0) {
		json_t *entry = parse_interrupt(line);

		if (entry && is_private(entry))
			json_array_append_new(list, entry);
		else
			json_decref(entry);
	}
	free(line);
	if (file)
		fclose(file);
	return list;
}

static json_int_t intid_of(json_t *interrupts, const char *owner)
{
	json_t *entry;
	size_t i;

	json_array_foreach(interrupts, i, entry) {
		const char *name =
			json_string_value(json_object_get(entry, "owner"));

		if (name && !strcmp(name, owner))
			return json_integer_value(json_object_get(entry,
								  "intid"));
	}
	return 0;
}

static const char *gic_of(const char *compatible)
{
	static const char *const v2[] = {
		"arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a9-gic",
		"arm,cortex-a7-gic", "arm,pl390", "qcom,msm-qgic2",
	};

	if (!strncmp(compatible, "arm,gic-v3", 10))
		return "GICv3";
	if (!strncmp(compatible, "arm,gic-v5", 10))
		return "GICv5";
	for (size_t i = 0; i < sizeof(v2) / sizeof(v2[0]); i++) {
		if (!strcmp(compatible, v2[i]))
			return "GICv2";
	}
	return NULL;
}

static json_t *gic(void)
{
	char path[HOSTENV_PATH];
	size_t above = strlen(hostenv_path(path, ""));
	const char *found = NULL;
	glob_t nodes;

	glob(hostenv_path(path, "/proc/device-tree/*/compatible"), 0, NULL,
	     &nodes);
	glob(hostenv_path(path, "/proc/device-tree/*/*/compatible"),
	     GLOB_APPEND, NULL, &nodes);
	for (size_t i = 0; i < nodes.gl_pathc && !found; i++) {
		json_t *text = hostenv_text("%s", nodes.gl_pathv[i] + above);

		found = gic_of(json_string_value(text));
		json_decref(text);
	}
	globfree(&nodes);
	return json_string(found ? found : "unknown");
}

/* An offline CPU has no clock event device: its file is empty. */
static json_t *clock_event(const struct cli_cpus *cpus)
{
	char path[128], line[64];

	for (unsigned int cpu = 0; cpu < CLI_CPUS_MAX; cpu++) {
		if (!cli_cpus_has(cpus, cpu))
			continue;
		snprintf(path, sizeof(path), "/sys/devices/system/clockevents/"
			 "clockevent%u/current_device", cpu);
		if (!hostenv_first_line(path, line, sizeof(line)) && *line)
			return json_string(line);
	}
	return json_string("unknown");
}

json_t *hostenv_timers(const struct cli_cpus *cpus)
{
	json_t *list = hostenv_private_interrupts("/proc/interrupts");
	json_t *event = clock_event(cpus);
	const char *name = json_string_value(event);
	json_int_t intid = 0;

	if (name && !strncmp(name, "arch_", 5))
		intid = intid_of(list, "arch_timer");
	return json_pack("{s:o, s:I, s:o, s:o, s:o}",
			 "clock_event", event,
			 "clock_event_intid", intid,
			 "clocksource",
			 hostenv_text("/sys/devices/system/clocksource/"
				      "clocksource0/current_clocksource"),
			 "gic", gic(),
			 "private_interrupts", list);
}

static json_t *states_of(unsigned int cpu)
{
	json_t *states = json_array();

	for (int i = 0; i < 32; i++) {
		char base[96];
		json_t *usage, *disable;

		snprintf(base, sizeof(base),
			 "/sys/devices/system/cpu/cpu%u/cpuidle/state%d",
			 cpu, i);
		if (!hostenv_exists(base))
			break;
		usage = hostenv_text("%s/usage", base);
		disable = hostenv_text("%s/disable", base);
		json_array_append_new(states, json_pack("{s:o, s:o, s:I, s:b}",
			"name", hostenv_text("%s/name", base),
			"latency_us", hostenv_text("%s/latency", base),
			"entered",
			(json_int_t)atoll(json_string_value(usage)),
			"disabled", atoi(json_string_value(disable)) != 0));
		json_decref(usage);
		json_decref(disable);
	}
	return states;
}

json_t *hostenv_idle_states(const struct cli_cpus *cpus)
{
	json_t *all = json_object();

	for (unsigned int cpu = 0; cpu < CLI_CPUS_MAX; cpu++) {
		char name[16];
		json_t *states;

		if (!cli_cpus_has(cpus, cpu))
			continue;
		states = states_of(cpu);
		snprintf(name, sizeof(name), "%u", cpu);
		if (json_array_size(states))
			json_object_set_new(all, name, states);
		else
			json_decref(states);
	}
	return all;
}
