/* SPDX-License-Identifier: MIT */
/*
 * Xen as dom0's xl tells it: its tables as JSON, and what they mean for one
 * domain. The formats are those of Xen's tools/xl/xl_list.c, xl_vcpu.c and
 * xl_cpupool.c. A name may hold blanks, so a line is read from its end. Pure.
 */
#ifndef XLAT_XL_H
#define XLAT_XL_H

#include <jansson.h>

#include "user/data/cli.h"

/**
 * hostenv_parse_vcpus() - "xl vcpu-list" as an array of objects
 * @text: NULL: an empty array
 */
json_t *hostenv_parse_vcpus(const char *text);

/** hostenv_parse_pools() - "xl cpupool-list": name and scheduler of each */
json_t *hostenv_parse_pools(const char *text);

/** hostenv_parse_pool_cpus() - "xl cpupool-list -c": adds "cpus" to @pools */
void hostenv_parse_pool_cpus(const char *text, json_t *pools);

/** hostenv_parse_uuids() - "xl list -v": by domid, the UUID */
json_t *hostenv_parse_uuids(const char *text);

/** hostenv_parse_members() - "xl list -c": by domid, the name of its pool */
json_t *hostenv_parse_members(const char *text);

/**
 * hostenv_pinning() - physical CPUs of @measured vCPUs of domain @domid
 *
 * A vCPU never leaves its domain's pool, whatever its affinity.
 *
 * Return: a list, "all" or "unknown".
 */
json_t *hostenv_pinning(json_t *xen, unsigned int domid,
			const struct cli_cpus *measured);

/** hostenv_scheduler() - the scheduler of a domain's pool, or "unknown" */
json_t *hostenv_scheduler(json_t *xen, unsigned int domid);

/** hostenv_domain_of() - id of the domain with @uuid; -1: not found */
int hostenv_domain_of(json_t *xen, const char *uuid);

/** HOSTENV_ASK: what runs a command: hostenv_output_of(), or a test's */
typedef char *hostenv_ask(const char *const *argv, int64_t deadline_ms);

/** hostenv_xen_by() - the section "xen"; NULL: no xl, or not dom0 */
json_t *hostenv_xen_by(hostenv_ask *ask);

#endif /* XLAT_XL_H */
