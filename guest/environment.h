/* SPDX-License-Identifier: MIT */
/*
 * Describes the machine that the guest ran on, as the environment document of
 * docs/format.md. Facts that the guest cannot find out are "unknown".
 */
#ifndef GUEST_ENVIRONMENT_H
#define GUEST_ENVIRONMENT_H

#include "core/hypervisor.h"
#include "measure.h"
#include "options.h"

/**
 * struct machine - what the guest found out about the machine
 * @entered_el: the exception level at which the boot loader entered the guest
 * @facts: which hypervisor runs below; .read is not filled in here
 * @phys: cost of reads of the physical timer; all 0: not timed
 * @timer: rate and interrupt of the measured timer
 */
struct machine {
	uint64_t entered_el;
	struct hypervisor_facts facts;
	struct hypervisor_cost phys;
	struct timer_facts timer;
};

/** environment_write() - make the document; NULL: it does not fit */
const char *environment_write(const struct machine *machine,
			      const struct options *options,
			      const struct measurement *measurement,
			      const char *arguments);

#endif /* GUEST_ENVIRONMENT_H */
