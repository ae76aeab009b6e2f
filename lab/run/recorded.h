/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_RECORDED_H
#define LAB_RECORDED_H

#include <jansson.h>
#include <stdbool.h>

/*
 * The environment document of recording NAME in the directory of a boot. NULL:
 * there is none, or it is not readable. The caller calls json_decref().
 */
json_t *recorded_environment(const char *out, const char *name);

/*
 * What xl said in dom0 when the machine had settled; NULL: nothing. A guest's
 * recording has it in the host's document, a recording of dom0 in its own. The
 * result is a part of the document: do not call json_decref() for it.
 */
json_t *recorded_xen(json_t *document);

/* The text with this key in what xl said, or in a part of it; "": none. */
const char *recorded_text(json_t *from, const char *key);

/* The number of the domain with this name in xl; -1: there is none. */
int recorded_domain(json_t *xen, const char *name);

/* The hard affinity of a vCPU; "": there is no such vCPU. */
const char *recorded_affinity(json_t *xen, const char *domain, int vcpu);

/*
 * Does the scheduler's parameter of a domain have this value, as an option of
 * "xl sched-*" states it? vcpu: one vCPU, or -1 for all. False: it differs, or
 * xl did not say it.
 */
bool recorded_parameter_is(json_t *xen, const char *domain, int vcpu,
			   const char *key, const char *wanted);

#endif
