// SPDX-License-Identifier: MIT
/* The facts of a run's environment document that the analysis needs. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "environment.h"

/* As far as the emulator goes; a document may say anything. */
#define INSN_SHIFT_MAX	10

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "unknown";
}

static void copy(char *to, const char *from)
{
	snprintf(to, ENVIRONMENT_TEXT, "%s", from);
}

static void copy_kernel(char *to, json_t *kernel)
{
	if (!kernel)
		copy(to, "unknown");
	else
		snprintf(to, ENVIRONMENT_TEXT, "%s %s",
			 text_of(kernel, "release"),
			 text_of(kernel, "version"));
}

/* In a domU the host knows the version better than the guest does. */
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
}

int environment_read(const char *json, struct environment *out)
{
	json_t *document = json ? json_loads(json, 0, NULL) : NULL;
	json_t *kernel = json_object_get(document, "kernel");
	json_t *cpu = json_object_get(document, "cpu");
	json_int_t shift = json_integer_value(json_object_get(document,
							      "insn_shift"));
	bool good = json_is_object(document);

	memset(out, 0, sizeof(*out));
	copy(out->scenario, text_of(document, "scenario"));
	copy(out->mechanism, text_of(document, "mechanism"));
	copy(out->backing_timer, text_of(document, "backing_timer"));
	copy(out->physical_cpus, text_of(document, "physical_cpus"));
	copy(out->cpus_online, text_of(cpu, "online"));
	copy_kernel(out->kernel, kernel);
	copy_hypervisor(out->hypervisor, document);
	out->hz = (uint32_t)json_integer_value(json_object_get(kernel, "hz"));
	out->instructions = shift >= 0 && shift <= INSN_SHIFT_MAX &&
		json_is_true(json_object_get(document, "instructions"));
	if (out->instructions)
		out->insn_shift = (uint32_t)shift;
	json_decref(document);
	return good || !json ? 0 : -EINVAL;
}
