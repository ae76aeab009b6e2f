// SPDX-License-Identifier: GPL-2.0
/*
 * INFO and the probes on a fake Arm machine, with counter offsets and device
 * trees that no machine of the lab has.
 */
#include <errno.h>

#include "info_now.h"
#include "tests/kapi/ktap.h"
#include "kmod/probe.h"
#include "core/shortest.h"

/* @state: expected state of virt; phys is always free */
static void check_virt(bool hyp, u64 offset, u32 state, const char *what)
{
	struct xlat_info info;

	machine_reset();
	machine.hyp = hyp;
	machine.reg[REG_CurrentEL] = hyp ? 2 << 2 : 1 << 2;
	machine.reg[REG_CNTVOFF] = offset;
	machine.cntvoff = offset;
	info = info_now();
	ktap_ok(info.source[XLAT_SOURCE_VIRT].state == state &&
		info.source[XLAT_SOURCE_VIRT].error ==
		(state == XLAT_SOURCE_FREE ? 0 : EOPNOTSUPP), "virt: %s", what);
	ktap_ok(info.source[XLAT_SOURCE_PHYS].state == XLAT_SOURCE_FREE &&
		info.exception_level == (hyp ? 2 : 1) && info.vhe == hyp,
		"phys is free");
	ktap_ok(!machine.fault, "%s",
		machine.fault ? machine.fault : "no foreign register used");
}

static void check_offsets(void)
{
	check_virt(true, 0, XLAT_SOURCE_FREE, "at EL2, no offset");
	check_virt(true, 1, XLAT_SOURCE_ABSENT, "at EL2, an offset");
	check_virt(true, 1ULL << 63, XLAT_SOURCE_ABSENT, "at EL2, large offset");
	check_virt(false, 1ULL << 40, XLAT_SOURCE_FREE,
		   "at EL1 an offset does not matter");
}

static void check_counters(void)
{
	struct xlat_info info;

	machine_reset();
	machine.cntvoff = 1000;
	info = info_now();
	ktap_ok(info.cntpct && info.cntvct + 1000 == info.cntpct + 1,
		"INFO: CNTVCT is read right after CNTPCT");
}

static void probe_now(struct xlat_probe *probe)
{
	machine.irqs_off = true;
	xlat_probe(&xlat_source_hrtimer, probe);
}

static void check_tries(const struct xlat_probe *probe, u64 ticks, u32 tries)
{
	ktap_ok(probe->loop_ticks == ticks + 1, "the shortest: %llu ticks",
		(unsigned long long)probe->loop_ticks);
	ktap_ok(probe->busy_tries == machine.loops &&
		probe->busy_tries == tries && probe->loop_insn == 40000,
		"of %u, %llu instructions each", tries,
		(unsigned long long)probe->loop_insn);
}

/* One timing is undisturbed; a much later one is only 30 ticks longer. */
static void check_loop(unsigned int shortest)
{
	struct xlat_probe probe = { 0 };
	unsigned int i;

	machine_reset();
	for (i = 0; i < MACHINE_LOOPS; i++)
		machine.loop_cost[i] = 50000 + 1000 * i;
	machine.loop_cost[shortest] = 40000;
	machine.loop_cost[shortest + 20] = 40030;
	probe_now(&probe);
	check_tries(&probe, 40000, shortest + 21);
}

static void check_steady_loop(void)
{
	struct xlat_probe probe = { 0 };
	unsigned int i;

	machine_reset();
	for (i = 0; i < MACHINE_LOOPS; i++)
		machine.loop_cost[i] = 40000 + i;
	probe_now(&probe);
	check_tries(&probe, 40000, XLAT_LOOP_TRIES);
}

/* The loop ends even if no two timings are equal. */
static void check_disturbed_loop(void)
{
	struct xlat_probe probe = { 0 };
	unsigned int i;

	machine_reset();
	for (i = 0; i < MACHINE_LOOPS; i++)
		machine.loop_cost[i] = 90000 - 1000 * i;
	probe_now(&probe);
	check_tries(&probe, 90000 - 39000, 40);
}

/* All tries before the shortest one take the same, longer time. */
static void check_loop_alike(void)
{
	struct xlat_probe probe = { 0 };
	unsigned int i;

	machine_reset();
	for (i = 0; i < MACHINE_LOOPS; i++)
		machine.loop_cost[i] = 50000 + 1000 * i;
	for (i = 0; i < XLAT_LOOP_TRIES - 1; i++)
		machine.loop_cost[i] = 45000;
	machine.loop_cost[i] = machine.loop_cost[i + 9] = 40000;
	probe_now(&probe);
	check_tries(&probe, 40000, XLAT_LOOP_TRIES + 9);
}

/* A counter read costs one tick, a read of the control register 90. */
static void check_costs(unsigned int stall_every)
{
	const struct xlat_source_info *phys, *hr;
	struct xlat_info info;

	machine_reset();
	machine.control_cost = 90;
	machine.stall_every = stall_every;
	info = info_now();
	phys = &info.source[XLAT_SOURCE_PHYS];
	hr = &info.source[XLAT_SOURCE_HRTIMER];
	ktap_ok(phys->clock_read_ticks - XLAT_COST_READS <= 1 &&
		hr->clock_read_ticks - XLAT_COST_READS <= 1,
		"cost of %u reads of the clock: %llu", XLAT_COST_READS,
		(unsigned long long)phys->clock_read_ticks);
	ktap_ok(phys->control_read_ticks - 90 * XLAT_COST_READS <= 1,
		"of the control register: %llu",
		(unsigned long long)phys->control_read_ticks);
	ktap_is((long long)hr->control_read_ticks, 0, "hrtimer has none");
	info = (struct xlat_info) { 0 };
	xlat_env_info(&info, true);
	ktap_ok(!info.source[1].clock_read_ticks && !info.cntpct,
		"nothing is read during a session");
}

static const u32 kvm_uid[4] = {
	0xb66fb428, 0xe911c52e, 0x564bcaa9, 0x743a004d,
};

/* The hypervisor that the device tree, SMCCC or both name. */
static void check_named(const char *node, const u32 *uid, u32 hypervisor,
			u32 role, const char *what)
{
	struct xlat_info info;

	machine_reset();
	machine.has_hypervisor = node;
	machine.hypervisor.compatible = node && *node ? node : NULL;
	machine.smccc_1_1 = machine.smccc_answers = SMCCC_CONDUIT_HVC;
	if (uid)
		memcpy(machine.vendor_uid, uid, sizeof(machine.vendor_uid));
	info = info_now();
	ktap_is(info.hypervisor, hypervisor, what);
	ktap_is(info.role, role, "and the role");
	ktap_ok(info.answers.asked == (XLAT_ASKED_NODE | XLAT_ASKED_SMCCC) &&
		info.answers.conduit == XLAT_CONDUIT_HVC &&
		!strcmp(info.answers.node, node && !*node ? "?" :
			node ? node : "") &&
		info.answers.vendor_uid[0] == machine.vendor_uid[0],
		"and what was asked");
	ktap_is(machine.hypervisor.references, 0, "references to its node");
}

static void check_hypervisors(void)
{
	static const u32 unknown[4] = { 1, 2, 3, 4 };

	check_named(NULL, NULL, XLAT_HYP_NONE, XLAT_ROLE_NATIVE,
		    "no answer");
	check_named(NULL, kvm_uid, XLAT_HYP_KVM, XLAT_ROLE_GUEST,
		    "KVM without a node");
	check_named("linux,kvm", kvm_uid, XLAT_HYP_KVM, XLAT_ROLE_GUEST,
		    "KVM with a node");
	check_named("xen,xen-4.17", NULL, XLAT_HYP_XEN, XLAT_ROLE_GUEST,
		    "Xen");
	check_named("jailhouse,cell", NULL, XLAT_HYP_JAILHOUSE,
		    XLAT_ROLE_GUEST, "Jailhouse");
	check_named("acme,hv", NULL, XLAT_HYP_UNKNOWN, XLAT_ROLE_GUEST,
		    "an unknown node");
	check_named("", NULL, XLAT_HYP_UNKNOWN, XLAT_ROLE_GUEST,
		    "a node without a name");
	check_named(NULL, unknown, XLAT_HYP_UNKNOWN, XLAT_ROLE_GUEST,
		    "an unknown UID");
	check_named("xen,xen", kvm_uid, XLAT_HYP_UNKNOWN, XLAT_ROLE_GUEST,
		    "two that differ");
}

/* @method: "method" of the PSCI node; NULL: there is no node */
static void check_conduit(u32 kernel, const char *method, bool disabled,
			  u32 answers, u32 conduit, const char *what)
{
	struct xlat_info info;

	machine_reset();
	machine.smccc_1_1 = kernel;
	machine.has_psci = method;
	machine.psci.method = method;
	machine.psci.disabled = disabled;
	machine.smccc_answers = answers;
	info = info_now();
	ktap_is(info.answers.conduit, conduit, what);
	ktap_is(info.answers.asked & XLAT_ASKED_SMCCC,
		conduit ? XLAT_ASKED_SMCCC : 0, "SMCCC is asked");
	ktap_is(machine.psci.references, 0, "references to PSCI's node");
	ktap_ok(!machine.fault, "%s",
		machine.fault ? machine.fault : "nothing undefined");
}

static void check_conduits(void)
{
	const u32 none = SMCCC_CONDUIT_NONE, hvc = SMCCC_CONDUIT_HVC;
	const u32 smc = SMCCC_CONDUIT_SMC;

	check_conduit(hvc, NULL, false, hvc, XLAT_CONDUIT_HVC, "SMCCC 1.1");
	check_conduit(smc, "hvc", false, smc, XLAT_CONDUIT_SMC,
		      "SMCCC 1.1 overrides the device tree");
	check_conduit(none, "hvc", false, hvc, XLAT_CONDUIT_HVC,
		      "SMCCC 1.0: hvc in the device tree");
	check_conduit(none, "smc", false, smc, XLAT_CONDUIT_SMC,
		      "SMCCC 1.0: smc in the device tree");
	check_conduit(none, "psst", false, none, XLAT_CONDUIT_NONE,
		      "neither of them");
	check_conduit(none, "hvc", true, none, XLAT_CONDUIT_NONE,
		      "a disabled node");
	check_conduit(none, NULL, false, none, XLAT_CONDUIT_NONE, "no PSCI");
}

/* It would take the question for an undefined instruction. */
static void check_psci_0_2(void)
{
	struct xlat_info info;

	machine_reset();
	machine.has_psci = true;
	machine.psci.method = "hvc";
	machine.smccc_answers = SMCCC_CONDUIT_HVC;
	machine.psci_0_2 = true;
	info = info_now();
	ktap_is(info.answers.asked & XLAT_ASKED_SMCCC, 0,
		"PSCI 0.2 alone: SMCCC is not asked");
	ktap_ok(!machine.fault, "%s",
		machine.fault ? machine.fault : "nothing undefined");
}

/* The disabled node has no interrupts and no rate. */
static void check_disabled_node(void)
{
	struct xlat_info info;

	machine_reset();
	machine.has_old = true;
	machine.old.disabled = true;
	machine.dt_hz = 19200000;
	info = info_now();
	ktap_ok(info.dt_clock_hz == 19200000 &&
		info.source[XLAT_SOURCE_PHYS].state == XLAT_SOURCE_FREE,
		"a disabled timer node before the real one is skipped");
	ktap_ok(!machine.old.references && !machine.node.references,
		"references to both");
}

/* @virt, @phys: expected INTIDs; 0: the timer is absent */
static void check_names(const char *first, const char *second, u32 phys,
			u32 virt, const char *what)
{
	struct xlat_info info;

	machine_reset();
	machine.names[0] = first;
	machine.names[1] = second;
	info = info_now();
	ktap_is(info.source[XLAT_SOURCE_PHYS].intid, phys, what);
	ktap_is(info.source[XLAT_SOURCE_VIRT].intid, virt, "and virt");
	ktap_is(info.source[XLAT_SOURCE_PHYS].state,
		phys ? XLAT_SOURCE_FREE : XLAT_SOURCE_ABSENT, "its state");
	ktap_is(machine.gic.references, 0, "references to the GIC");
}

/* @type: the trigger in the device tree; @want: the trigger that is set */
static void check_trigger(u32 type, u32 want, const char *what)
{
	const struct xlat_source *phys = xlat_env_source(XLAT_SOURCE_PHYS);

	machine_reset();
	machine.trigger = type;
	ktap_is(phys->claim(phys), 0, what);
	machine.irqs_off = true;
	phys->cpu_start(phys, machine.counter + 1000000);
	ktap_is(machine.irq[1].type, want, "the trigger that is set");
	phys->cpu_stop(phys);
	machine.irqs_off = false;
	phys->release(phys);
	ktap_ok(!machine.fault, "%s", machine.fault ? machine.fault :
		"nothing is left behind");
}

int main(void)
{
	unsigned int i;

	check_hypervisors();
	check_conduits();
	check_psci_0_2();
	check_disabled_node();
	check_names(NULL, NULL, 29, 30, "no names: by their order");
	check_names("virt", "phys", 29, 28, "names in another order");
	check_names("virt", NULL, 0, 28, "phys is not named: absent");
	check_trigger(IRQ_TYPE_LEVEL_HIGH, IRQ_TYPE_LEVEL_HIGH, "a high level");
	check_trigger(IRQ_TYPE_LEVEL_LOW, IRQ_TYPE_LEVEL_LOW, "a low level");
	check_trigger(IRQ_TYPE_EDGE_RISING, IRQ_TYPE_LEVEL_LOW, "an edge");
	check_trigger(0, IRQ_TYPE_LEVEL_LOW, "none");
	check_offsets();
	check_counters();
	for (i = 0; i < 5; i++)
		check_loop(i);
	check_steady_loop();
	check_disturbed_loop();
	check_loop_alike();
	check_costs(0);
	check_costs(150);
	check_costs(100);
	return ktap_end();
}
