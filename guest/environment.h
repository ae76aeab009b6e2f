/* SPDX-License-Identifier: MIT */
/*
 * What the guest ran on, as the document of docs/format.md. What a machine
 * without an operating system cannot know says "unknown".
 */
#ifndef GUEST_ENVIRONMENT_H
#define GUEST_ENVIRONMENT_H

#include "core/hypervisor.h"
#include "measure.h"
#include "options.h"

/**
 * struct machine - what the guest found
 * @entered_el: the exception level at which the boot loader entered it
 * @facts: of who is below; what a read costs is known once it was measured
 * @phys: what reads of the physical timer cost; all 0: not timed
 * @timer: of the timer that is measured
 */
struct machine {
	uint64_t entered_el;
	struct hypervisor_facts facts;
	struct hypervisor_cost phys;
	struct timer_facts timer;
};

/** environment_write() - the document; NULL: it did not fit */
const char *environment_write(const struct machine *machine,
			      const struct options *options,
			      const struct measurement *measurement,
			      const char *arguments);

#endif /* GUEST_ENVIRONMENT_H */
