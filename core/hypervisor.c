// SPDX-License-Identifier: MIT
#include "hypervisor.h"
#include "vendor.h"

static const char *const names[] = {
	[XLAT_HYP_UNKNOWN]	= "unknown",
	[XLAT_HYP_NONE]		= "none",
	[XLAT_HYP_XEN]		= "xen",
	[XLAT_HYP_KVM]		= "kvm",
	[XLAT_HYP_JAILHOUSE]	= "jailhouse",
	[XLAT_HYP_GUNYAH]	= "gunyah",
	[XLAT_HYP_HYPERV]	= "hyper-v",
	[XLAT_HYP_VMWARE]	= "vmware",
	[XLAT_HYP_VIRTUALBOX]	= "virtualbox",
	[XLAT_HYP_QEMU]		= "qemu",
};

/* The 1: a clock too slow to resolve a read leaves 0 ticks. */
enum hypervisor_read hypervisor_read(const struct hypervisor_cost *cost)
{
	if (!cost->control)
		return HYPERVISOR_READ_UNKNOWN;
	return cost->control > HYPERVISOR_TRAPPED * (cost->clock + 1) ?
	       HYPERVISOR_READ_TRAPPED : HYPERVISOR_READ_CHEAP;
}

static bool was_asked(const struct hypervisor_facts *facts, uint32_t all)
{
	return (facts->answers.asked & all) == all;
}

static bool is_named(uint32_t vendor)
{
	return vendor > XLAT_HYP_NONE &&
	       vendor < sizeof(names) / sizeof(names[0]);
}

enum hypervisor_kind hypervisor_decide(const struct hypervisor_facts *facts)
{
	if (is_named(facts->vendor))
		return HYPERVISOR_NAMED;
	if (facts->vendor != XLAT_HYP_NONE ||
	    facts->read == HYPERVISOR_READ_TRAPPED)
		return HYPERVISOR_UNKNOWN;
	if (facts->entered_el2)
		return HYPERVISOR_NONE;
	if (was_asked(facts, XLAT_ASKED_CPUID))
		return HYPERVISOR_NONE_SEEN;
	return was_asked(facts, XLAT_ASKED_NODE | XLAT_ASKED_SMCCC) &&
	       facts->read == HYPERVISOR_READ_CHEAP ?
	       HYPERVISOR_NONE_SEEN : HYPERVISOR_UNKNOWN;
}

bool hypervisor_is_native(const struct hypervisor_facts *facts)
{
	enum hypervisor_kind kind = hypervisor_decide(facts);

	return kind == HYPERVISOR_NONE || kind == HYPERVISOR_NONE_SEEN;
}

const char *hypervisor_name(const struct hypervisor_facts *facts)
{
	switch (hypervisor_decide(facts)) {
	case HYPERVISOR_NAMED:
		return names[facts->vendor];
	case HYPERVISOR_NONE:
		return "none";
	case HYPERVISOR_NONE_SEEN:
		return "none seen";
	default:
		return "unknown";
	}
}

/* A trapped register is emulated, by whatever hypervisor. */
const char *hypervisor_mechanism(const struct hypervisor_facts *facts,
				 bool physical, enum hypervisor_read read)
{
	if (physical && read == HYPERVISOR_READ_TRAPPED)
		return "emulated";
	if (hypervisor_is_native(facts))
		return "ppi";
	if (hypervisor_decide(facts) != HYPERVISOR_NAMED)
		return "unknown";
	if (!physical)
		return "virtual";
	return read == HYPERVISOR_READ_CHEAP ? "forwarded" : "unknown";
}

static bool is_arm(const struct hypervisor_facts *facts)
{
	return !was_asked(facts, XLAT_ASKED_CPUID);
}

static const char *node_asked(const struct hypervisor_facts *facts)
{
	if (!was_asked(facts, XLAT_ASKED_NODE))
		return is_arm(facts) ? "device tree: none here, or not asked" :
				       NULL;
	return facts->answers.node[0] ? "device tree: a node /hypervisor" :
					"device tree: no node /hypervisor";
}

static const char *smccc_asked(const struct hypervisor_facts *facts)
{
	const struct xlat_answers *a = &facts->answers;
	const bool hvc = a->conduit == XLAT_CONDUIT_HVC;

	if (!was_asked(facts, XLAT_ASKED_SMCCC))
		return is_arm(facts) ? "SMCCC: no conduit, not asked" : NULL;
	if (xlat_vendor_uid_given(a->vendor_uid) ||
	    xlat_vendor_uid_given(a->standard_uid))
		return hvc ? "SMCCC by hvc: a hypervisor answers" :
			     "SMCCC by smc: a hypervisor answers";
	return hvc ? "SMCCC by hvc: nobody answers" :
		     "SMCCC by smc: nobody answers";
}

static const char *cpuid_asked(const struct hypervisor_facts *facts)
{
	if (is_arm(facts))
		return NULL;
	return facts->answers.signature[0][0] ?
	       "CPUID: a hypervisor's signature" : "CPUID: no hypervisor";
}

static const char *level_asked(const struct hypervisor_facts *facts)
{
	if (!is_arm(facts))
		return NULL;
	return facts->entered_el2 ? "entered at EL2" :
				    "entered at EL1, or no sign of EL2";
}

static const char *cost_asked(const struct hypervisor_facts *facts)
{
	static const char *const words[] = {
		[HYPERVISOR_READ_UNKNOWN] = "timer control register: not timed",
		[HYPERVISOR_READ_CHEAP]	= "timer control register: about as cheap to read as a counter",
		[HYPERVISOR_READ_TRAPPED] = "timer control register: trapped, many times as expensive to read as a counter",
	};

	return is_arm(facts) ? words[facts->read] : NULL;
}

const char *hypervisor_asked(const struct hypervisor_facts *facts,
			     unsigned int question)
{
	static const char *(*const questions[HYPERVISOR_QUESTIONS])
		(const struct hypervisor_facts *facts) = {
		node_asked, smccc_asked, cpuid_asked, level_asked, cost_asked,
	};

	return question < HYPERVISOR_QUESTIONS ? questions[question](facts) :
						 NULL;
}
