/* SPDX-License-Identifier: MIT */
/*
 * What the guest ran on, as the document of docs/format.md. What a machine
 * without an operating system cannot know says "unknown".
 */
#ifndef GUEST_ENVIRONMENT_H
#define GUEST_ENVIRONMENT_H

#include "measure.h"
#include "options.h"

/**
 * struct machine - what the guest found
 * @entered_el: the exception level at which the boot loader entered it
 * @hypervisor: enum xlat_hypervisor
 * @timer: of the timer that is measured
 */
struct machine {
	uint64_t entered_el;
	uint32_t hypervisor;
	struct timer_facts timer;
};

/** environment_mechanism() - what really delivers the interrupt */
const char *environment_mechanism(const struct measurement *measurement,
				  uint32_t hypervisor);

/** environment_write() - the document; NULL: it did not fit */
const char *environment_write(const struct machine *machine,
			      const struct options *options,
			      const struct measurement *measurement,
			      const char *arguments);

#endif /* GUEST_ENVIRONMENT_H */
