// SPDX-License-Identifier: MIT
/* Finds the CPUs and the scheduler of one domain in Xen's tables. */
#include <stdio.h>
#include <string.h>

#include "hostenv.h"
#include "xl.h"

static int domain_by_uuids(json_t *xen, const char *uuid)
{
	json_t *value;
	const char *id;
	uint64_t domid;

	json_object_foreach(json_object_get(xen, "uuids"), id, value) {
		const char *its = json_string_value(value);

		if (its && !strcasecmp(its, uuid) &&
		    !cli_parse_number(id, INT32_MAX, &domid))
			return (int)domid;
	}
	return -1;
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
	return domain_by_uuids(xen, uuid);
}

/* The pool of a domain; NULL: unknown. A single pool has all domains. */
static json_t *pool_of(json_t *xen, unsigned int domid)
{
	json_t *pools = json_object_get(xen, "pools"), *pool;
	const char *name;
	char id[16];
	size_t i;

	if (json_array_size(pools) == 1)
		return json_array_get(pools, 0);
	snprintf(id, sizeof(id), "%u", domid);
	name = json_string_value(json_object_get(json_object_get(xen,
						"members"), id));
	json_array_foreach(pools, i, pool) {
		const char *its =
			json_string_value(json_object_get(pool, "name"));

		if (name && its && !strcmp(name, its))
			return pool;
	}
	return NULL;
}

/* Without pools in the host's document, its one scheduler is used. */
json_t *hostenv_scheduler(json_t *xen, unsigned int domid)
{
	json_t *pool = pool_of(xen, domid), *scheduler = NULL;

	if (pool)
		scheduler = json_object_get(pool, "scheduler");
	else if (!json_array_size(json_object_get(xen, "pools")))
		scheduler = json_object_get(xen, "scheduler");
	return json_is_string(scheduler) ? json_incref(scheduler) :
					   json_string("unknown");
}

static void unite(struct cli_cpus *to, const struct cli_cpus *from)
{
	for (size_t w = 0; w < CLI_CPUS_MAX / 64; w++)
		to->word[w] |= from->word[w];
}

static bool is_empty(const struct cli_cpus *cpus)
{
	for (size_t w = 0; w < CLI_CPUS_MAX / 64; w++)
		if (cpus->word[w])
			return false;
	return true;
}

/* An affinity to CPUs outside the pool has no effect (sched_set_affinity()). */
static void confine(struct cli_cpus *cpus, const struct cli_cpus *pool)
{
	struct cli_cpus inside = *cpus;

	for (size_t w = 0; w < CLI_CPUS_MAX / 64; w++)
		inside.word[w] &= pool->word[w];
	*cpus = is_empty(&inside) ? *pool : inside;
}

static bool is_measured(json_t *vcpu, unsigned int domid,
			const struct cli_cpus *measured)
{
	json_t *id = json_object_get(vcpu, "domid");
	json_t *number = json_object_get(vcpu, "vcpu");

	return json_is_integer(id) && json_is_integer(number) &&
	       json_integer_value(id) == (json_int_t)domid &&
	       cli_cpus_has(measured, (unsigned int)json_integer_value(number));
}

static bool are_all(json_t *xen, const struct cli_cpus *cpus)
{
	const char *text = json_string_value(json_object_get(
		json_object_get(xen, "info"), "nr_cpus"));
	uint64_t all, count = 0;

	for (size_t w = 0; w < CLI_CPUS_MAX / 64; w++)
		count += (uint64_t)__builtin_popcountll(cpus->word[w]);
	return text && !cli_parse_number(text, CLI_CPUS_MAX, &all) &&
	       count == all;
}

/*
 * Gets the CPUs of the domain's pool. Every bit is set if the pool has all CPUs
 * of the host. False: the CPUs are unknown, and there are several pools.
 */
static bool pool_cpus(json_t *xen, unsigned int domid, struct cli_cpus *pool)
{
	const char *list = json_string_value(json_object_get(pool_of(xen, domid),
							     "cpus"));
	bool known = list && !cli_parse_cpus(list, pool);

	if (!known || are_all(xen, pool))
		cli_parse_cpus("all", pool);
	return known || json_array_size(json_object_get(xen, "pools")) < 2;
}

json_t *hostenv_pinning(json_t *xen, unsigned int domid,
			const struct cli_cpus *measured)
{
	struct cli_cpus all = { 0 }, one, pool, any;
	json_t *vcpu;
	size_t i;

	if (!pool_cpus(xen, domid, &pool))
		return json_string("unknown");
	cli_parse_cpus("all", &any);
	json_array_foreach(json_object_get(xen, "vcpus"), i, vcpu) {
		const char *hard =
			json_string_value(json_object_get(vcpu, "hard"));

		if (!hard || !is_measured(vcpu, domid, measured))
			continue;
		if (cli_parse_cpus(hard, &one))
			return json_string("unknown");
		confine(&one, &pool);
		unite(&all, &one);
	}
	return memcmp(&all, &any, sizeof(all)) ? hostenv_cpu_list(&all) :
						 json_string("all");
}
