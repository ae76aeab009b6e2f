/* SPDX-License-Identifier: MIT */
/*
 * Which hypervisor runs below this kernel, concluded from all known facts. No
 * I/O; for the reader and the bare-metal guest. The module only asks
 * (core/vendor.h): it does not know at which level the kernel was entered, and
 * cannot measure costs while a session exists.
 */
#ifndef XLAT_HYPERVISOR_H
#define XLAT_HYPERVISOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uapi/xlat.h>

/**
 * HYPERVISOR_TRAPPED: a control register is trapped and emulated if its reads
 * cost more than this many times as much as reads of the counter
 */
#define HYPERVISOR_TRAPPED	8

/**
 * struct hypervisor_cost - what reading one timer costs, in ticks; both costs
 *	are for the same number of reads
 * @clock: of a counter
 * @control: of the timer's control register; 0: not measured
 */
struct hypervisor_cost {
	uint64_t clock;
	uint64_t control;
};

/** enum hypervisor_read - what a read of a control register costs */
enum hypervisor_read {
	HYPERVISOR_READ_UNKNOWN,
	HYPERVISOR_READ_CHEAP,
	HYPERVISOR_READ_TRAPPED,
};

/**
 * struct hypervisor_facts - what is known
 * @vendor: enum xlat_hypervisor: the vendor that the answers name
 * @answers: the answers, and what was asked
 * @entered_el2: the kernel, or the guest, was entered at EL2, so nothing else
 *	runs there
 * @read: what a read of the most expensive control register costs
 */
struct hypervisor_facts {
	uint32_t vendor;
	struct xlat_answers answers;
	bool entered_el2;
	enum hypervisor_read read;
};

/**
 * enum hypervisor_kind - the conclusion
 * @HYPERVISOR_UNKNOWN: a question could not be asked, an unknown vendor
 *	answered, or the answers contradict each other or the cost of a read
 * @HYPERVISOR_NONE: there is none
 * @HYPERVISOR_NONE_SEEN: every possible question was asked, and none was
 *	answered; treated as native
 * @HYPERVISOR_NAMED: it is &hypervisor_facts.vendor
 */
enum hypervisor_kind {
	HYPERVISOR_UNKNOWN,
	HYPERVISOR_NONE,
	HYPERVISOR_NONE_SEEN,
	HYPERVISOR_NAMED,
};

/** hypervisor_read() - is this register trapped? */
enum hypervisor_read hypervisor_read(const struct hypervisor_cost *cost);

/** hypervisor_decide() - the conclusion */
enum hypervisor_kind hypervisor_decide(const struct hypervisor_facts *facts);

/** hypervisor_is_native() - is it %HYPERVISOR_NONE or %HYPERVISOR_NONE_SEEN? */
bool hypervisor_is_native(const struct hypervisor_facts *facts);

/** hypervisor_name() - "none", "none seen", "unknown", "xen", "kvm", ... */
const char *hypervisor_name(const struct hypervisor_facts *facts);

/**
 * hypervisor_mechanism() - what really delivers a generic timer's interrupt
 * @physical: the EL1 physical timer; else the virtual one
 * @read: of this timer's control register
 *
 * Return: "ppi", "virtual", "emulated", "forwarded" or "unknown".
 */
const char *hypervisor_mechanism(const struct hypervisor_facts *facts,
				 bool physical, enum hypervisor_read read);

/** HYPERVISOR_QUESTIONS: see hypervisor_asked() */
#define HYPERVISOR_QUESTIONS	5

/**
 * hypervisor_asked() - one question and its answer, in words
 * @question: 0 to %HYPERVISOR_QUESTIONS - 1
 *
 * Return: the text; NULL if this machine has no such question.
 */
const char *hypervisor_asked(const struct hypervisor_facts *facts,
			     unsigned int question);

#endif /* XLAT_HYPERVISOR_H */
