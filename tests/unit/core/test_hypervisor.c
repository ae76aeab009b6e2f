// SPDX-License-Identifier: MIT
/* Which hypervisor is found, from the answers of known and unknown machines. */
#include <stdio.h>
#include <string.h>

#include "core/hypervisor.h"
#include "core/vendor.h"
#include "tests/unit/unit.h"

#define NODE	XLAT_ASKED_NODE
#define SMCCC	XLAT_ASKED_SMCCC
#define CPUID	XLAT_ASKED_CPUID
#define BOTH	(NODE | SMCCC)

#define KVM_UID		{ 0xb66fb428, 0xe911c52e, 0x564bcaa9, 0x743a004d }
#define XEN_UID		{ 0xdc1218a7, 0x694398c6, 0xd179cf9a, 0x67e6de8d }
#define GUNYAH_UID	{ 0xcd8fd5c1, 0xdb5f53a4, 0x36ce6592, 0x145f3d67 }
#define HYPERV_UID	{ 0x4d32ba58, 0xcd244764, 0x8eef6c75, 0x16597024 }
#define NOBODY		{ 0xffffffff, 0, 0, 0 }

enum { SLOW_UNKNOWN, CHEAP, DEAR };

static const struct {
	const char *what;
	struct xlat_answers answers;
	bool entered_el2;
	int read;
	const char *name;
	const char *phys, *virt;	/* mechanisms; virt is cheap */
} cases[] = {
	{ "KVM without a node, trapped",
	  { .asked = BOTH, .vendor_uid = KVM_UID, .standard_uid = NOBODY },
	  false, DEAR, "kvm", "emulated", "virtual" },
	{ "KVM under VHE: not trapped",
	  { .asked = BOTH, .vendor_uid = KVM_UID },
	  false, CHEAP, "kvm", "forwarded", "virtual" },
	{ "a KVM guest that was entered at EL2",
	  { .asked = BOTH, .vendor_uid = KVM_UID },
	  true, CHEAP, "kvm", "forwarded", "virtual" },
	{ "a hidden hypervisor, found by its trap",
	  { .asked = BOTH, .vendor_uid = NOBODY, .standard_uid = NOBODY },
	  false, DEAR, "unknown", "emulated", "unknown" },
	{ "the same at EL2",
	  { .asked = BOTH, .vendor_uid = NOBODY },
	  true, DEAR, "unknown", "emulated", "unknown" },
	{ "bare metal, entered at EL1",
	  { .asked = BOTH, .conduit = XLAT_CONDUIT_HVC, .vendor_uid = NOBODY,
	    .standard_uid = NOBODY },
	  false, CHEAP, "none seen", "ppi", "ppi" },
	{ "bare metal whose firmware answers zeros",
	  { .asked = BOTH }, false, CHEAP, "none seen", "ppi", "ppi" },
	{ "bare metal, entered at EL2",
	  { .asked = BOTH, .vendor_uid = NOBODY },
	  true, CHEAP, "none", "ppi", "ppi" },
	{ "bare metal at EL2, costs not timed",
	  { .asked = BOTH, .vendor_uid = NOBODY },
	  true, SLOW_UNKNOWN, "none", "ppi", "ppi" },
	{ "EL1, costs not timed",
	  { .asked = BOTH, .vendor_uid = NOBODY },
	  false, SLOW_UNKNOWN, "unknown", "unknown", "unknown" },
	{ "EL1, no conduit", { .asked = NODE },
	  false, CHEAP, "unknown", "unknown", "unknown" },
	{ "EL1, no device tree",
	  { .asked = SMCCC, .vendor_uid = NOBODY },
	  false, CHEAP, "unknown", "unknown", "unknown" },
	{ "no question was asked", { 0 },
	  false, SLOW_UNKNOWN, "unknown", "unknown", "unknown" },
	{ "Xen by its node",
	  { .asked = BOTH, .node = "xen,xen-4.17", .vendor_uid = NOBODY },
	  false, DEAR, "xen", "emulated", "virtual" },
	{ "Xen dom0less: by its UID",
	  { .asked = BOTH, .vendor_uid = NOBODY, .standard_uid = XEN_UID },
	  false, DEAR, "xen", "emulated", "virtual" },
	{ "Xen that forwards CNTP",
	  { .asked = BOTH, .node = "xen,xen" },
	  false, CHEAP, "xen", "forwarded", "virtual" },
	{ "Xen, costs not timed",
	  { .asked = BOTH, .node = "xen,xen" },
	  false, SLOW_UNKNOWN, "xen", "unknown", "virtual" },
	{ "Jailhouse",
	  { .asked = BOTH, .node = "jailhouse,cell", .vendor_uid = NOBODY },
	  false, CHEAP, "jailhouse", "forwarded", "virtual" },
	{ "Gunyah by both",
	  { .asked = BOTH, .node = "gunyah-hypervisor",
	    .vendor_uid = GUNYAH_UID },
	  false, DEAR, "gunyah", "emulated", "virtual" },
	{ "Hyper-V on arm64",
	  { .asked = SMCCC, .vendor_uid = HYPERV_UID },
	  false, SLOW_UNKNOWN, "hyper-v", "unknown", "virtual" },
	{ "an unknown node", { .asked = BOTH, .node = "acme,hv" },
	  false, CHEAP, "unknown", "unknown", "unknown" },
	{ "an unknown UID, entered at EL2",
	  { .asked = BOTH, .vendor_uid = { 1, 2, 3, 4 } },
	  true, CHEAP, "unknown", "unknown", "unknown" },
	{ "one word of a UID is not enough",
	  { .asked = BOTH, .vendor_uid = { 0xb66fb428, 1, 2, 3 } },
	  false, CHEAP, "unknown", "unknown", "unknown" },
	{ "the node contradicts the UID",
	  { .asked = BOTH, .node = "xen,xen", .vendor_uid = KVM_UID },
	  false, DEAR, "unknown", "emulated", "unknown" },
	{ "x86, no hypervisor bit", { .asked = CPUID },
	  false, SLOW_UNKNOWN, "none seen", "ppi", "ppi" },
	{ "x86, KVM", { .asked = CPUID, .signature = { "KVMKVMKVM" } },
	  false, SLOW_UNKNOWN, "kvm", "unknown", "virtual" },
	{ "x86, KVM that poses as Hyper-V",
	  { .asked = CPUID, .signature = { "Microsoft Hv", "KVMKVMKVM" } },
	  false, SLOW_UNKNOWN, "kvm", "unknown", "virtual" },
	{ "x86, Hyper-V", { .asked = CPUID, .signature = { "Microsoft Hv", "?" } },
	  false, SLOW_UNKNOWN, "hyper-v", "unknown", "virtual" },
	{ "x86, Xen", { .asked = CPUID, .signature = { "XenVMMXenVMM" } },
	  false, SLOW_UNKNOWN, "xen", "unknown", "virtual" },
	{ "x86, VMware", { .asked = CPUID, .signature = { "VMwareVMware" } },
	  false, SLOW_UNKNOWN, "vmware", "unknown", "virtual" },
	{ "x86, VirtualBox", { .asked = CPUID, .signature = { "VBoxVBoxVBox" } },
	  false, SLOW_UNKNOWN, "virtualbox", "unknown", "virtual" },
	{ "x86, QEMU's emulator", { .asked = CPUID, .signature = { "TCGTCGTCGTCG" } },
	  false, SLOW_UNKNOWN, "qemu", "unknown", "virtual" },
	{ "x86, unknown", { .asked = CPUID, .signature = { "?" } },
	  false, SLOW_UNKNOWN, "unknown", "unknown", "unknown" },
};

#define CASES	(sizeof(cases) / sizeof(cases[0]))

static struct hypervisor_facts facts_of(size_t i)
{
	static const enum hypervisor_read read[] = {
		[SLOW_UNKNOWN] = HYPERVISOR_READ_UNKNOWN,
		[CHEAP] = HYPERVISOR_READ_CHEAP,
		[DEAR] = HYPERVISOR_READ_TRAPPED,
	};

	return (struct hypervisor_facts) {
		.vendor = xlat_vendor(&cases[i].answers),
		.answers = cases[i].answers,
		.entered_el2 = cases[i].entered_el2,
		.read = read[cases[i].read],
	};
}

START_TEST(each_machine_has_its_name)
{
	const struct hypervisor_facts facts = facts_of((size_t)_i);
	const char *name = hypervisor_name(&facts);

	ck_assert_msg(!strcmp(name, cases[_i].name), "%s: %s", cases[_i].what,
		      name);
	ck_assert_int_eq(hypervisor_is_native(&facts),
			 !strncmp(name, "none", 4));
}
END_TEST

START_TEST(each_timer_has_its_mechanism)
{
	const struct hypervisor_facts facts = facts_of((size_t)_i);
	const char *phys = hypervisor_mechanism(&facts, true, facts.read);
	const char *virt = hypervisor_mechanism(&facts, false,
						HYPERVISOR_READ_CHEAP);

	ck_assert_msg(!strcmp(phys, cases[_i].phys), "%s: phys is %s",
		      cases[_i].what, phys);
	ck_assert_msg(!strcmp(virt, cases[_i].virt), "%s: virt is %s",
		      cases[_i].what, virt);
}
END_TEST

START_TEST(a_read_is_cheap_or_trapped)
{
	struct hypervisor_cost cost = { .clock = 100, .control = 0 };

	ck_assert_int_eq(hypervisor_read(&cost), HYPERVISOR_READ_UNKNOWN);
	cost.control = 808;
	ck_assert_int_eq(hypervisor_read(&cost), HYPERVISOR_READ_CHEAP);
	cost.control = 809;
	ck_assert_int_eq(hypervisor_read(&cost), HYPERVISOR_READ_TRAPPED);
	/* a slow counter: each read takes only a few ticks */
	cost = (struct hypervisor_cost) { .clock = 0, .control = 3 };
	ck_assert_int_eq(hypervisor_read(&cost), HYPERVISOR_READ_CHEAP);
}
END_TEST

static void assert_asked(size_t i, const char *text)
{
	const struct hypervisor_facts facts = facts_of(i);
	char all[512] = "";

	for (unsigned int n = 0; n < HYPERVISOR_QUESTIONS + 1; n++) {
		const char *one = hypervisor_asked(&facts, n);

		if (one)
			snprintf(all + strlen(all), sizeof(all) - strlen(all),
				 "%s; ", one);
	}
	ck_assert_msg(!strcmp(all, text), "%s: %s", cases[i].what, all);
}

static size_t case_of(const char *what)
{
	size_t i;

	for (i = 0; i < CASES && strcmp(cases[i].what, what); i++)
		;
	ck_assert_uint_lt(i, CASES);
	return i;
}

START_TEST(what_was_asked_is_listed)
{
	assert_asked(case_of("bare metal, entered at EL1"),
		     "device tree: no node /hypervisor; SMCCC by hvc: nobody answers; entered at EL1, or no sign of EL2; timer control register: about as cheap to read as a counter; ");
	assert_asked(case_of("EL1, no conduit"),
		     "device tree: no node /hypervisor; SMCCC: no conduit, not asked; entered at EL1, or no sign of EL2; timer control register: about as cheap to read as a counter; ");
	assert_asked(case_of("x86, KVM"), "CPUID: a hypervisor's signature; ");
	assert_asked(case_of("x86, no hypervisor bit"),
		     "CPUID: no hypervisor; ");
}
END_TEST

/* A file may hold any number. */
START_TEST(a_vendor_of_tomorrow_is_unknown)
{
	const struct hypervisor_facts facts = {
		.vendor = 77, .entered_el2 = true,
	};

	ck_assert_str_eq(hypervisor_name(&facts), "unknown");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hypervisor");

	unit_add_loop(suite, each_machine_has_its_name, CASES);
	unit_add_loop(suite, each_timer_has_its_mechanism, CASES);
	unit_add(suite, a_read_is_cheap_or_trapped);
	unit_add(suite, what_was_asked_is_listed);
	unit_add(suite, a_vendor_of_tomorrow_is_unknown);
	return unit_run(suite);
}
