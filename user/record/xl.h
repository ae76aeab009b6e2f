/* SPDX-License-Identifier: MIT */
/*
 * Converts the tables that xl prints in dom0 to JSON, and finds the facts of
 * one domain in them. The formats are those of Xen's tools/xl/xl_list.c,
 * xl_vcpu.c, xl_cpupool.c and xl_sched.c. A name may contain blanks, so lines
 * are parsed from their end. This code does no I/O.
 */
#ifndef XLAT_XL_H
#define XLAT_XL_H

#include <jansson.h>

#include "user/data/cli.h"

/**
 * hostenv_parse_vcpus() - "xl vcpu-list" as an array of objects
 * @text: the output; NULL: the array is empty
 */
json_t *hostenv_parse_vcpus(const char *text);

/** hostenv_parse_pools() - "xl cpupool-list": each pool's name and scheduler */
json_t *hostenv_parse_pools(const char *text);

/** hostenv_parse_pool_cpus() - "xl cpupool-list -c": adds "cpus" to @pools */
void hostenv_parse_pool_cpus(const char *text, json_t *pools);

/** hostenv_parse_uuids() - "xl list -v": the UUID for each domid */
json_t *hostenv_parse_uuids(const char *text);

/** hostenv_parse_members() - "xl list -c": the pool's name for each domid */
json_t *hostenv_parse_members(const char *text);

/**
 * hostenv_parse_parameters() - the scheduling parameters of domains or vCPUs
 * @text: output of "xl sched-credit", "xl sched-credit2", "xl sched-rtds -v all"
 * @scheduler: the scheduler; one without such a command adds nothing
 * @parameters: array to which this adds an object for each domain or vCPU
 */
void hostenv_parse_parameters(const char *text, const char *scheduler,
			      json_t *parameters);

/**
 * hostenv_pinning() - physical CPUs of the @measured vCPUs of domain @domid
 *
 * Whatever its affinity is, a vCPU runs only on CPUs of its domain's pool.
 *
 * Return: a list, "all" or "unknown".
 */
json_t *hostenv_pinning(json_t *xen, unsigned int domid,
			const struct cli_cpus *measured);

/** hostenv_scheduler() - the scheduler of a domain's pool, or "unknown" */
json_t *hostenv_scheduler(json_t *xen, unsigned int domid);

/** hostenv_domain_of() - id of the domain with @uuid; -1: not found */
int hostenv_domain_of(json_t *xen, const char *uuid);

/** hostenv_ask - function that runs a command, such as hostenv_output_of() */
typedef char *hostenv_ask(const char *const *argv, int64_t deadline_ms);

/** hostenv_xen_by() - make the section "xen"; NULL: no xl, or not dom0 */
json_t *hostenv_xen_by(hostenv_ask *ask);

#endif /* XLAT_XL_H */
