// SPDX-License-Identifier: MIT
/*
 * The environment document: Xen as dom0's xl tells it. The commands are used
 * because libxenctrl has no stable interface.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hostenv.h"

/* For all that xl is asked, in milliseconds. */
#define XL_TIME_MS	5000

/* Elsewhere than in the control domain xl has nothing to tell. */
static bool is_control_domain(void)
{
	char text[256] = "";
	FILE *file = fopen("/proc/xen/capabilities", "re");

	if (!file)
		return false;
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	return strstr(text, "control_d") != NULL;
}

/* "key   : value" lines. */
static json_t *parse_info(char *text)
{
	json_t *info = json_object();
	char *line, *rest = NULL;

	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		char *colon = strchr(line, ':'), *end = colon;

		if (!colon)
			continue;
		while (end > line && strchr(" \t", end[-1]))
			end--;
		*end = '\0';
		colon += 1 + strspn(colon + 1, " \t");
		json_object_set_new(info, line, json_string(colon));
	}
	return info;
}

json_t *hostenv_parse_vcpus(const char *text)
{
	json_t *vcpus = json_array();

	for (; text && *text; text += strcspn(text, "\n"),
	     text += *text == '\n') {
		char name[64], cpu[16], state[16], hard[128], soft[128];
		unsigned int domid, vcpu;

		if (sscanf(text, "%63s %u %u %15s %15s %*s %127s / %127s", name,
			   &domid, &vcpu, cpu, state, hard, soft) != 7)
			continue;
		json_array_append_new(vcpus, json_pack(
			"{s:s, s:i, s:i, s:s, s:s, s:s, s:s}", "domain", name,
			"domid", (int)domid, "vcpu", (int)vcpu, "cpu", cpu,
			"state", state, "hard", hard, "soft", soft));
	}
	return vcpus;
}

/* "Xen version 4.17.4 (...) (gcc ...) debug=n Tue ..." */
static const char *debug_of(const char *dmesg)
{
	const char *banner = dmesg ? strstr(dmesg, "Xen version ") : NULL;
	const char *debug = banner ? strstr(banner, " debug=") : NULL;

	if (!debug || memchr(banner, '\n', (size_t)(debug - banner)))
		return "unknown";
	return debug[7] == 'y' ? "y" : "n";
}

static json_t *member(json_t *info, const char *key)
{
	json_t *value = json_object_get(info, key);

	return value ? json_incref(value) : json_string("unknown");
}

static json_t *version_of(json_t *info)
{
	return json_sprintf("%s.%s%s",
		json_string_value(json_object_get(info, "xen_major")) ?: "?",
		json_string_value(json_object_get(info, "xen_minor")) ?: "?",
		json_string_value(json_object_get(info, "xen_extra")) ?: "");
}

json_t *hostenv_xen(void)
{
	static const char *const ask_info[] = { "xl", "info", NULL };
	static const char *const ask_dmesg[] = { "xl", "dmesg", NULL };
	static const char *const ask_list[] = { "xl", "list", "-l", NULL };
	static const char *const ask_vcpus[] = { "xl", "vcpu-list", NULL };
	int64_t deadline = hostenv_now_ms() + XL_TIME_MS;
	char *text = is_control_domain() ?
		     hostenv_output_of(ask_info, deadline) : NULL;
	char *dmesg, *list, *vcpus;
	json_t *info, *domains, *xen;

	if (!text)
		return NULL;
	info = parse_info(text);
	dmesg = hostenv_output_of(ask_dmesg, deadline);
	list = hostenv_output_of(ask_list, deadline);
	vcpus = hostenv_output_of(ask_vcpus, deadline);
	domains = list ? json_loads(list, 0, NULL) : NULL;
	xen = json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o}",
		"version", version_of(info),
		"commandline", member(info, "xen_commandline"),
		"scheduler", member(info, "xen_scheduler"),
		"debug", debug_of(dmesg),
		"vcpus", hostenv_parse_vcpus(vcpus),
		"domains", domains ? domains : json_array(),
		"info", info);
	free(text);
	free(dmesg);
	free(list);
	free(vcpus);
	return xen;
}

int hostenv_domain_of(json_t *xen, const char *uuid)
{
	json_t *domain;
	size_t i;

	json_array_foreach(json_object_get(xen, "domains"), i, domain) {
		json_t *info = json_object_get(
			json_object_get(domain, "config"), "c_info");
		const char *its =
			json_string_value(json_object_get(info, "uuid"));

		if (its && !strcasecmp(its, uuid))
			return (int)json_integer_value(
				json_object_get(domain, "domid"));
	}
	return -1;
}

json_t *hostenv_pinning(json_t *xen, unsigned int domid,
			const struct cli_cpus *measured)
{
	struct cli_cpus all = { 0 }, one;
	char text[128];
	json_t *vcpu;
	size_t i;

	json_array_foreach(json_object_get(xen, "vcpus"), i, vcpu) {
		json_t *id = json_object_get(vcpu, "domid");
		json_t *number = json_object_get(vcpu, "vcpu");
		const char *hard =
			json_string_value(json_object_get(vcpu, "hard"));

		if (!json_is_integer(id) || !json_is_integer(number) || !hard ||
		    json_integer_value(id) != (json_int_t)domid ||
		    !cli_cpus_has(measured,
				  (unsigned int)json_integer_value(number)))
			continue;
		if (!strcmp(hard, "all"))
			return json_string("all");
		if (cli_parse_cpus(hard, &one))
			continue;
		for (size_t w = 0; w < CLI_CPUS_MAX / 64; w++)
			all.word[w] |= one.word[w];
	}
	cli_format_cpus(&all, text, sizeof(text));
	return json_string(*text ? text : "unknown");
}
