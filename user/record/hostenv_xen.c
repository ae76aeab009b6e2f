// SPDX-License-Identifier: MIT
/*
 * The environment document: Xen's state as xl reports it in dom0. This runs
 * commands because libxenctrl has no stable interface.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostenv.h"
#include "xl.h"

/* Time for all xl commands together, in milliseconds. */
#define XL_TIME_MS	5000

/* xl works only in the control domain. */
static bool is_control_domain(void)
{
	char text[256] = "";
	FILE *file = hostenv_open("/proc/xen/capabilities");

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

/** struct asker - the function that runs xl, and its deadline */
struct asker {
	hostenv_ask *ask;
	int64_t deadline;
};

/* The output of "xl @one @two @three", for free(); NULL: none, or it failed. */
static char *ask_xl(const struct asker *asker, const char *one,
		    const char *two, const char *three)
{
	const char *const argv[] = { "xl", one, two, three, NULL };

	return asker->ask(argv, asker->deadline);
}

/* The output may be one domain or an array of them. */
static void add_domains(json_t *domains, char *text)
{
	json_t *said = text ? json_loads(text, 0, NULL) : NULL;

	if (json_is_array(said))
		json_array_extend(domains, said);
	else if (json_is_object(said))
		json_array_append(domains, said);
	json_decref(said);
	free(text);
}

static bool has_domid(json_t *list, json_int_t domid)
{
	json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry)
		if (json_integer_value(json_object_get(entry, "domid")) == domid)
			return true;
	return false;
}

/*
 * If xl cannot describe one domain, it may fail for all of them. Then this asks
 * for each domain in @vcpus separately. vCPU 0 represents its domain.
 */
static json_t *domains_of(const struct asker *asker, json_t *vcpus)
{
	json_t *domains = json_array(), *vcpu;
	char id[16];
	size_t i;

	add_domains(domains, ask_xl(asker, "list", "-l", NULL));
	if (json_array_size(domains))
		return domains;
	json_array_foreach(vcpus, i, vcpu) {
		json_int_t domid = json_integer_value(json_object_get(vcpu,
								      "domid"));

		if (json_integer_value(json_object_get(vcpu, "vcpu")) ||
		    has_domid(domains, domid))
			continue;
		snprintf(id, sizeof(id), "%d", (int)domid);
		add_domains(domains, ask_xl(asker, "list", "-l", id));
	}
	return domains;
}

/* "xl list -v" prints the UUIDs even of domains that "xl list -l" omits. */
static void add_uuids(json_t *xen, const struct asker *asker)
{
	json_t *domains = json_object_get(xen, "domains"), *vcpu;
	bool complete = true;
	char *text;
	size_t i;

	json_array_foreach(json_object_get(xen, "vcpus"), i, vcpu) {
		json_int_t domid = json_integer_value(json_object_get(vcpu,
								      "domid"));

		complete &= !domid || has_domid(domains, domid);
	}
	if (complete)
		return;
	text = ask_xl(asker, "list", "-v", NULL);
	json_object_set_new(xen, "uuids", hostenv_parse_uuids(text));
	free(text);
}

/* The domains' pools are needed only if there are several pools. */
static void add_pools(json_t *xen, const struct asker *asker)
{
	char *text = ask_xl(asker, "cpupool-list", NULL, NULL);
	json_t *pools = hostenv_parse_pools(text);

	free(text);
	json_object_set_new(xen, "pools", pools);
	text = ask_xl(asker, "cpupool-list", "-c", NULL);
	hostenv_parse_pool_cpus(text, pools);
	free(text);
	if (json_array_size(pools) < 2)
		return;
	text = ask_xl(asker, "list", "-c", NULL);
	json_object_set_new(xen, "members", hostenv_parse_members(text));
	free(text);
}

/* "xl sched-NAME" exists for these. RTDS has parameters for each vCPU. */
static const char *const schedulers[] = { "credit", "credit2", "rtds" };

static bool has_scheduler(json_t *pools, const char *scheduler)
{
	json_t *pool;
	size_t i;

	json_array_foreach(pools, i, pool) {
		const char *its = json_string_value(json_object_get(pool,
								"scheduler"));

		if (its && !strcmp(its, scheduler))
			return true;
	}
	return false;
}

static void add_parameters(json_t *xen, const struct asker *asker)
{
	json_t *parameters = json_array(), *pools = json_object_get(xen, "pools");
	char command[16], *text;

	for (size_t i = 0; i < sizeof(schedulers) / sizeof(schedulers[0]); i++) {
		bool each = !strcmp(schedulers[i], "rtds");

		if (!has_scheduler(pools, schedulers[i]))
			continue;
		snprintf(command, sizeof(command), "sched-%s", schedulers[i]);
		text = ask_xl(asker, command, each ? "-v" : NULL,
			      each ? "all" : NULL);
		hostenv_parse_parameters(text, schedulers[i], parameters);
		free(text);
	}
	json_object_set_new(xen, "parameters", parameters);
}

static json_t *describe(const struct asker *asker, json_t *info)
{
	char *dmesg = ask_xl(asker, "dmesg", NULL, NULL);
	char *list = ask_xl(asker, "vcpu-list", NULL, NULL);
	json_t *vcpus = hostenv_parse_vcpus(list), *xen;

	xen = json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o}",
		"version", version_of(info),
		"commandline", member(info, "xen_commandline"),
		"scheduler", member(info, "xen_scheduler"),
		"debug", debug_of(dmesg),
		"vcpus", vcpus,
		"domains", domains_of(asker, vcpus),
		"info", info);
	free(dmesg);
	free(list);
	add_pools(xen, asker);
	add_parameters(xen, asker);
	add_uuids(xen, asker);
	return xen;
}

json_t *hostenv_xen_by(hostenv_ask *ask)
{
	const struct asker asker = {
		.ask = ask, .deadline = hostenv_now_ms() + XL_TIME_MS,
	};
	char *text = is_control_domain() ? ask_xl(&asker, "info", NULL, NULL) :
					   NULL;
	json_t *info;

	if (!text)
		return NULL;
	info = parse_info(text);
	free(text);
	return describe(&asker, info);
}

json_t *hostenv_xen(void)
{
	return hostenv_xen_by(hostenv_output_of);
}
