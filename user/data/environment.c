// SPDX-License-Identifier: MIT
/* The facts of a run's environment document that the analysis needs. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "environment.h"
#include "plain.h"

/* The greatest shift that the emulator accepts; a document may claim any. */
#define INSN_SHIFT_MAX	10

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "unknown";
}

static void copy(char *to, const char *from)
{
	plain_copy(to, ENVIRONMENT_TEXT, from);
}

static void copy_kernel(char *to, json_t *kernel)
{
	if (!kernel)
		copy(to, "unknown");
	else
		snprintf(to, ENVIRONMENT_TEXT, "%s %s",
			 text_of(kernel, "release"),
			 text_of(kernel, "version"));
	plain_make(to);
}

/* Returns the CPUs whose value in @by_cpu is @text. */
static void same_cpus(json_t *by_cpu, const char *text, struct cli_cpus *cpus)
{
	const char *key;
	json_t *value;

	memset(cpus, 0, sizeof(*cpus));
	json_object_foreach(by_cpu, key, value) {
		uint64_t cpu;

		if (!strcmp(text_of(by_cpu, key), text) &&
		    !cli_parse_number(key, CLI_CPUS_MAX - 1, &cpu))
			cpus->word[cpu / 64] |= 1ULL << (cpu % 64);
	}
}

static bool is_first(json_t *by_cpu, const char *cpu)
{
	const char *key;
	json_t *value;

	json_object_foreach(by_cpu, key, value) {
		if (!strcmp(key, cpu))
			return true;
		if (!strcmp(text_of(by_cpu, key), text_of(by_cpu, cpu)))
			return false;
	}
	return true;
}

/* Appends a group at @length; false: it does not fit, and @to ends in "...". */
static bool append_group(char *to, size_t size, size_t *length,
			 const char *separator, const char *list,
			 const char *text)
{
	size_t whole = *length;

	*length += (size_t)snprintf(to + whole, size - whole, "%s%s:%s",
				    whole ? separator : "", list, text);
	if (*length < size)
		return true;
	whole = whole < size - sizeof("...") ? whole : size - sizeof("...");
	strcpy(to + whole, "...");
	return false;
}

/* One name if all CPUs have the same, else "2:powersave 3-4:performance". */
static void copy_by_cpu(char *to, size_t size, json_t *by_cpu,
			const char *separator)
{
	const char *key, *text = "unknown";
	char list[CLI_CPUS_TEXT];
	size_t length = 0, names = 0;
	struct cli_cpus cpus;
	json_t *value;

	json_object_foreach(by_cpu, key, value) {
		if (!is_first(by_cpu, key))
			continue;
		text = text_of(by_cpu, key);
		names++;
		same_cpus(by_cpu, text, &cpus);
		cli_format_cpus(&cpus, list, sizeof(list));
		if (!append_group(to, size, &length, separator, list, text))
			break;
	}
	if (names < 2)
		snprintf(to, size, "%s", text);
	plain_make(to);
}

/* Older recordings contain only the model of the first CPU. */
static void copy_model(struct environment *out, json_t *cpu)
{
	json_t *models = json_object_get(cpu, "models");

	if (json_object_size(models))
		copy_by_cpu(out->cpu_model, sizeof(out->cpu_model), models,
			    ", ");
	else
		plain_copy(out->cpu_model, sizeof(out->cpu_model),
			  text_of(cpu, "model"));
}

static void copy_cpus(char *to, const char *list)
{
	struct cli_cpus cpus;

	if (cli_parse_cpus(list, &cpus) || !strcmp(list, "all"))
		plain_copy(to, ENVIRONMENT_LINE, list);
	else
		cli_format_cpus(&cpus, to, ENVIRONMENT_LINE);
}

/* The last option counts, as it does in Xen; the default on arm64 is "trap". */
static const char *vwfi_of(json_t *document, const char *commandline)
{
	const char *machine = text_of(json_object_get(document, "kernel"),
				      "machine");
	const char *at = commandline, *value = "trap";

	if (strcmp(machine, "aarch64") || !strcmp(commandline, "unknown"))
		return "unknown";
	while ((at = strstr(at, "vwfi="))) {
		if (at == commandline || at[-1] == ' ')
			value = at + strlen("vwfi=");
		at++;
	}
	return !strncmp(value, "native", strlen("native")) ? "native" : "trap";
}

/* Xen uses the last sched= option, if it can. */
static void copy_ignored_scheduler(struct environment *out, json_t *xen)
{
	const char *booted = text_of(xen, "scheduler");
	const char *at = out->xen_commandline, *asked = NULL;

	while ((at = strstr(at, "sched="))) {
		if (at == out->xen_commandline || at[-1] == ' ')
			asked = at + strlen("sched=");
		at++;
	}
	if (!asked || !strcmp(booted, "unknown") ||
	    (strcspn(asked, " ") == strlen(booted) &&
	     !strncmp(asked, booted, strlen(booted))))
		return;
	snprintf(out->scheduler_ignored, sizeof(out->scheduler_ignored),
		 "%.*s", (int)strcspn(asked, " "), asked);
}

/* The host's facts: in dom0 from this document, else from the attached one. */
static void copy_xen(struct environment *out, json_t *document)
{
	json_t *xen = json_object_get(document, "xen");

	if (!xen)
		xen = json_object_get(json_object_get(document, "host"), "xen");
	plain_copy(out->xen_commandline, sizeof(out->xen_commandline),
		  text_of(xen, "commandline"));
	copy(out->scheduler, text_of(json_object_get(document, "scheduler") ?
				     document : xen, "scheduler"));
	copy_ignored_scheduler(out, xen);
	copy(out->debug, text_of(xen, "debug"));
	copy(out->vwfi, vwfi_of(document, out->xen_commandline));
}

static void copy_machine(struct environment *out, json_t *document)
{
	json_t *kernel = json_object_get(document, "kernel");
	json_t *cpu = json_object_get(document, "cpu");
	json_t *emulation = json_object_get(document, "emulation");

	plain_copy(out->kernel_commandline, sizeof(out->kernel_commandline),
		  text_of(kernel, "cmdline"));
	copy(out->config_digest, text_of(kernel, "config_digest"));
	copy_model(out, cpu);
	copy_by_cpu(out->governor, sizeof(out->governor),
		    json_object_get(cpu, "governor"), " ");
	copy(out->emulator, emulation ? text_of(emulation, "emulator") :
	     json_is_object(document) ? "none" : "unknown");
}

/* A domU may not know Xen's version. The host's document contains it. */
static void copy_hypervisor(char *to, json_t *document)
{
	json_t *hypervisor = json_object_get(document, "hypervisor");
	json_t *host = json_object_get(document, "host");
	const char *type = text_of(hypervisor, "type");
	const char *version = text_of(hypervisor, "version");

	if (!strcmp(version, "unknown"))
		version = text_of(json_object_get(host, "xen"), "version");
	if (!strcmp(version, "unknown") || strcmp(type, "xen"))
		copy(to, type);
	else
		snprintf(to, ENVIRONMENT_TEXT, "%s %s", type, version);
	plain_make(to);
}

static bool is_shift(json_t *shift)
{
	json_int_t value = json_integer_value(shift);

	return json_is_integer(shift) && value >= 0 && value <= INSN_SHIFT_MAX;
}

/*
 * The last document contains the result of the proof. A recording that was cut
 * off has only the first document, which contains the launcher's claim.
 */
static void copy_clock(struct environment *out, json_t *document)
{
	json_t *verdict = json_object_get(document, "instructions");
	json_t *emulation = json_object_get(document, "emulation");
	json_t *shift = json_object_get(document, "insn_shift");

	out->insn_proven = json_is_true(verdict) && is_shift(shift);
	if (!verdict)
		shift = json_object_get(emulation, "icount_shift");
	out->instructions = out->insn_proven || (!verdict && is_shift(shift));
	if (out->instructions)
		out->insn_shift = (uint32_t)json_integer_value(shift);
}

/*
 * The clock sources that Linux uses if the architecture's counter failed or was
 * refused: those of lower rating in Linux's arch/x86/kernel/ and kernel/time/.
 */
static bool is_fallback(const char *machine, const char *clocksource)
{
	static const char *const names[] = {
		"jiffies", "refined-jiffies", "hpet", "acpi_pm", "pit",
	};
	size_t i;

	/* the bare-metal guest has none */
	if (!strcmp(clocksource, "unknown") || !strcmp(clocksource, "none"))
		return false;
	if (!strcmp(machine, "aarch64"))
		return strcmp(clocksource, "arch_sys_counter");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(clocksource, names[i]))
			return true;
	return false;
}

static double slew_of(json_t *document, const char *key)
{
	return json_number_value(json_object_get(json_object_get(document, key),
						 "slew_ppm"));
}

static void copy_kernel_clock(struct environment *out, json_t *document)
{
	json_t *kernel = json_object_get(document, "kernel");
	json_t *timers = json_object_get(document, "timers");
	double before = slew_of(document, "clock");
	double after = slew_of(document, "clock_after");
	json_int_t ns = json_integer_value(json_object_get(
		json_object_get(document, "clock"), "resolution_ns"));

	copy(out->clocksource, text_of(timers, "clocksource"));
	out->clocksource_fell_back = is_fallback(text_of(kernel, "machine"),
						 out->clocksource);
	out->resolution_ns = ns > 0 ? (uint64_t)ns : 0;
	out->slew_ppm = fabs(after) > fabs(before) ? after : before;
}

static json_int_t number_of(json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* "62500000 Hz on 1 CPU (CPU 0), 0 Hz on 3 CPUs (from CPU 1 on)" */
static void copy_cntfrq(struct environment *out, json_t *list)
{
	size_t i, length = 0, room = sizeof(out->cntfrq);
	json_t *entry;

	if (json_array_size(list) < 2)
		return;
	json_array_foreach(list, i, entry) {
		json_int_t cpus = number_of(entry, "cpus");

		if (length < room)
			length += (size_t)snprintf(out->cntfrq + length,
				room - length,
				"%s%lld Hz on %lld CPU%s (%sCPU %lld)",
				i ? ", " : "",
				(long long)number_of(entry, "hz"),
				(long long)cpus, cpus == 1 ? "" : "s",
				cpus == 1 ? "" : "first ",
				(long long)number_of(entry, "first_cpu"));
	}
}

static void copy_rate(struct environment *out, json_t *document)
{
	json_t *rate = json_object_get(document, "rate");

	out->rate_unknown = !strcmp(text_of(rate, "claim"), "none") &&
		strcmp(text_of(document, "source"), "hrtimer");
	copy_cntfrq(out, json_object_get(rate, "cntfrq"));
}

int environment_read(const char *json, struct environment *out)
{
	json_t *document = json ? json_loads(json, 0, NULL) : NULL;
	json_t *kernel = json_object_get(document, "kernel");
	json_t *cpu = json_object_get(document, "cpu");
	bool good = json_is_object(document);
	bool lost = json_is_true(json_object_get(document, "lost"));

	memset(out, 0, sizeof(*out));
	out->lost = !good || lost;
	copy(out->scenario, text_of(document, "scenario"));
	copy(out->mechanism, text_of(document, "mechanism"));
	copy(out->backing_timer, text_of(document, "backing_timer"));
	copy_cpus(out->physical_cpus, text_of(document, "physical_cpus"));
	copy_cpus(out->cpus_online, text_of(cpu, "online"));
	copy_kernel(out->kernel, kernel);
	copy_hypervisor(out->hypervisor, document);
	copy_machine(out, document);
	copy_xen(out, document);
	out->hz = (uint32_t)json_integer_value(json_object_get(kernel, "hz"));
	copy_clock(out, document);
	copy_kernel_clock(out, document);
	copy_rate(out, document);
	json_decref(document);
	return good || !json ? 0 : -EINVAL;
}
