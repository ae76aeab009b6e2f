// SPDX-License-Identifier: MIT
/* The environment document: the CPUs, and the model of each. */
#include <ctype.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostenv.h"

#define SYS_CPU	"/sys/devices/system/cpu/"

static void add_cpu(struct cli_cpus *cpus, unsigned long cpu)
{
	if (cpu < CLI_CPUS_MAX)
		cpus->word[cpu / 64] |= 1ULL << (cpu % 64);
}

/*
 * The first line of /proc/interrupts names each online CPU: "  CPU0  CPU2"
 * (show_interrupts() in Linux's kernel/irq/proc.c). Container software may
 * mount its own file over .../cpu/online, with CPUs numbered from 0, but does
 * not change this file.
 */
static int online_by_interrupts(struct cli_cpus *cpus)
{
	char *line = hostenv_line("/proc/interrupts"), *at = line;
	int found = 0;

	while (at && (at = strstr(at, "CPU"))) {
		at += strlen("CPU");
		if (!isdigit((unsigned char)*at))
			continue;
		add_cpu(cpus, strtoul(at, &at, 10));
		found++;
	}
	free(line);
	return found ? 0 : -ENODATA;
}

static int online_by_sysfs(struct cli_cpus *cpus)
{
	char *line = hostenv_line(SYS_CPU "online");
	int error = line ? cli_parse_cpus(line, cpus) : -ENOENT;

	free(line);
	return error;
}

/* Without /proc and /sys, the scheduler reports the CPUs that we may use. */
static int online_by_scheduler(struct cli_cpus *cpus)
{
	size_t size = CPU_ALLOC_SIZE(CLI_CPUS_MAX);
	cpu_set_t *allowed = CPU_ALLOC(CLI_CPUS_MAX);
	int error = 0;

	if (!allowed)
		return -ENOMEM;
	CPU_ZERO_S(size, allowed);
	if (sched_getaffinity(0, size, allowed))
		error = -errno;
	for (unsigned int cpu = 0; cpu < CLI_CPUS_MAX && !error; cpu++)
		if (CPU_ISSET_S(cpu, size, allowed))
			add_cpu(cpus, cpu);
	CPU_FREE(allowed);
	return error;
}

int hostenv_online(struct cli_cpus *cpus)
{
	static int (*const ask[])(struct cli_cpus *cpus) = {
		online_by_interrupts, online_by_sysfs, online_by_scheduler,
	};
	int error = -ENODATA;

	for (size_t i = 0; i < sizeof(ask) / sizeof(ask[0]) && error; i++) {
		memset(cpus, 0, sizeof(*cpus));
		error = ask[i](cpus);
	}
	return error;
}

json_t *hostenv_cpu_list(const struct cli_cpus *cpus)
{
	char text[CLI_CPUS_TEXT];

	cli_format_cpus(cpus, text, sizeof(text));
	return json_string(*text ? text : "unknown");
}

static json_t *online(void)
{
	struct cli_cpus cpus;

	return hostenv_online(&cpus) ? json_string("unknown") :
				       hostenv_cpu_list(&cpus);
}

static json_t *arm_model(unsigned long implementer, unsigned long part)
{
	return json_sprintf("implementer 0x%02lx part 0x%03lx", implementer,
			    part);
}

/* MIDR_EL1: implementer in bits 31:24, part number in bits 15:4. */
static json_t *model_by_midr(unsigned int cpu)
{
	char path[128], line[64], *end;
	unsigned long long midr;

	snprintf(path, sizeof(path),
		 SYS_CPU "cpu%u/regs/identification/midr_el1", cpu);
	if (hostenv_first_line(path, line, sizeof(line)))
		return NULL;
	midr = strtoull(line, &end, 16);
	if (end == line)
		return NULL;
	return arm_model(midr >> 24 & 0xff, midr >> 4 & 0xfff);
}

/** struct cpuinfo - one block of /proc/cpuinfo; -1 and NULL: not there */
struct cpuinfo {
	long cpu;
	char *name;
	long implementer;
	long part;
};

static void cpuinfo_reset(struct cpuinfo *block)
{
	free(block->name);
	*block = (struct cpuinfo) { .cpu = -1, .implementer = -1, .part = -1 };
}

/* "processor : 2"; x86 has a name, arm64 has the fields of MIDR_EL1. */
static void cpuinfo_take(struct cpuinfo *block, char *line)
{
	char *value = strchr(line, ':');

	if (!value)
		return;
	value += 1 + strspn(value + 1, " ");
	value[strcspn(value, "\n")] = '\0';
	if (!strncmp(line, "processor", 9)) {
		cpuinfo_reset(block);
		block->cpu = strtol(value, NULL, 10);
	} else if (!strncmp(line, "model name", 10) && !block->name) {
		block->name = strdup(value);
	} else if (!strncmp(line, "CPU implementer", 15)) {
		block->implementer = strtol(value, NULL, 0);
	} else if (!strncmp(line, "CPU part", 8)) {
		block->part = strtol(value, NULL, 0);
	}
}

static json_t *cpuinfo_model(const struct cpuinfo *block)
{
	if (block->name)
		return json_string(block->name);
	if (block->implementer >= 0 && block->part >= 0)
		return arm_model((unsigned long)block->implementer,
				 (unsigned long)block->part);
	return NULL;
}

/* The models in /proc/cpuinfo, by CPU number. */
static json_t *cpuinfo_models(void)
{
	struct cpuinfo block = { .cpu = -1, .implementer = -1, .part = -1 };
	FILE *file = hostenv_open("/proc/cpuinfo");
	json_t *models = json_object();
	char *line = NULL, key[32];
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0) {
		json_t *model;

		cpuinfo_take(&block, line);
		model = block.cpu >= 0 ? cpuinfo_model(&block) : NULL;
		snprintf(key, sizeof(key), "%ld", block.cpu);
		if (model)
			json_object_set_new(models, key, model);
	}
	cpuinfo_reset(&block);
	free(line);
	if (file)
		fclose(file);
	return models;
}

static bool all_equal(json_t *models)
{
	const char *key, *first = NULL;
	json_t *model;

	json_object_foreach(models, key, model) {
		const char *text = json_string_value(model);

		if (first && strcmp(first, text))
			return false;
		first = text;
	}
	return first;
}

/* A container may renumber its CPUs. If all models are equal, it is known. */
static json_t *model_by_cpuinfo(json_t *known, const char *cpu)
{
	json_t *model = json_object_get(known, cpu);

	if (!model && all_equal(known))
		model = json_object_iter_value(json_object_iter(known));
	return model ? json_incref(model) : json_string("unknown");
}

static json_t *models_of(const struct cli_cpus *cpus)
{
	json_t *known = cpuinfo_models(), *all = json_object();

	for (unsigned int cpu = 0; cpu < CLI_CPUS_MAX; cpu++) {
		json_t *model;
		char key[16];

		if (!cli_cpus_has(cpus, cpu))
			continue;
		snprintf(key, sizeof(key), "%u", cpu);
		model = model_by_midr(cpu);
		if (!model)
			model = model_by_cpuinfo(known, key);
		json_object_set_new(all, key, model);
	}
	json_decref(known);
	return all;
}

static json_t *governors_of(const struct cli_cpus *cpus)
{
	json_t *all = json_object();

	for (unsigned int cpu = 0; cpu < CLI_CPUS_MAX; cpu++) {
		char key[16];

		if (!cli_cpus_has(cpus, cpu))
			continue;
		snprintf(key, sizeof(key), "%u", cpu);
		json_object_set_new(all, key,
			hostenv_text(SYS_CPU "cpu%u/cpufreq/scaling_governor",
				     cpu));
	}
	return all;
}

json_t *hostenv_cpus(const struct cli_cpus *cpus)
{
	json_t *models = models_of(cpus);
	json_t *model = all_equal(models) ?
		json_object_iter_value(json_object_iter(models)) : NULL;

	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}",
		"model", model ? json_string_value(model) :
			 json_object_size(models) ? "several" : "unknown",
		"models", models,
		"online", online(),
		"isolated", hostenv_text(SYS_CPU "isolated"),
		"nohz_full", hostenv_text(SYS_CPU "nohz_full"),
		"governor", governors_of(cpus));
}
