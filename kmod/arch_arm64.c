// SPDX-License-Identifier: GPL-2.0
/*
 * arm64: the core-clock loop, the generic timer's counters, and what the
 * device tree and SMCCC say of a hypervisor.
 */
#include <asm/arch_timer.h>
#include <asm/virt.h>
#include <linux/arm-smccc.h>
#include <linux/of.h>
#include <linux/string.h>
#include <uapi/xlat.h>

#include "arch.h"
#include "clock_rate.h"
#include "compat.h"
#include "core/vendor.h"

u64 xlat_arch_loop(u32 turns)
{
	u64 left = turns;

	asm volatile("1:	subs	%0, %0, #1\n"
		     "	b.ne	1b\n"
		     : "+r" (left) : : "cc");
	return 2ULL * turns;
}

void xlat_arch_counters(u64 *cntpct, u64 *cntvct)
{
	*cntpct = __arch_counter_get_cntpct_stable();
	*cntvct = __arch_counter_get_cntvct_stable();
}

static void ask_node(struct xlat_answers *answers)
{
	struct device_node *node;
	const char *compatible;

	if (!of_have_populated_dt())
		return;
	answers->asked |= XLAT_ASKED_NODE;
	node = of_find_node_by_path("/hypervisor");
	if (!node)
		return;
	if (of_property_read_string(node, "compatible", &compatible) ||
	    !*compatible)
		compatible = "?";
	strscpy(answers->node, compatible, sizeof(answers->node));
	of_node_put(node);
}

static const struct of_device_id psci_nodes[] = {
	{ .compatible = "arm,psci-0.2" },
	{ .compatible = "arm,psci-1.0" },
	{ }
};

/* SMCCC 1.0: the callee may change x0 to x17. */
static void call(u32 conduit, u32 function, u32 answer[4])
{
	struct arm_smccc_res res;

	if (conduit == XLAT_CONDUIT_HVC)
		arm_smccc_hvc(function, 0, 0, 0, 0, 0, 0, 0, &res);
	else
		arm_smccc_smc(function, 0, 0, 0, 0, 0, 0, 0, &res);
	answer[0] = lower_32_bits(res.a0);
	answer[1] = lower_32_bits(res.a1);
	answer[2] = lower_32_bits(res.a2);
	answer[3] = lower_32_bits(res.a3);
}

/*
 * PSCI_VERSION (DEN 0022, 5.1.1) is a function of PSCI 0.2. Old emulators of 0.2
 * take a function that they do not know for an undefined instruction.
 */
static bool is_psci_1_0(u32 conduit)
{
	u32 version[4];

	call(conduit, XLAT_PSCI_VERSION, version);
	return version[0] >> 16 >= 1 && version[0] >> 31 == 0;
}

/*
 * Linux names the conduit from SMCCC 1.1 on. QEMU's firmware has version 1.0;
 * there the device tree names it.
 */
static u32 conduit(void)
{
	u32 kind = xlat_smccc_1_1_conduit();
	struct device_node *node;
	const char *method;

	if (kind != XLAT_CONDUIT_NONE)
		return kind;
	node = of_find_matching_node(NULL, psci_nodes);
	if (node && of_device_is_available(node) &&
	    !of_property_read_string(node, "method", &method)) {
		if (!strcmp(method, "hvc"))
			kind = XLAT_CONDUIT_HVC;
		else if (!strcmp(method, "smc"))
			kind = XLAT_CONDUIT_SMC;
	}
	of_node_put(node);
	return kind != XLAT_CONDUIT_NONE && is_psci_1_0(kind) ?
	       kind : XLAT_CONDUIT_NONE;
}

static void ask_smccc(struct xlat_answers *answers)
{
	answers->conduit = conduit();
	if (answers->conduit == XLAT_CONDUIT_NONE)
		return;
	answers->asked |= XLAT_ASKED_SMCCC;
	call(answers->conduit, XLAT_SMCCC_VENDOR_UID, answers->vendor_uid);
	call(answers->conduit, XLAT_SMCCC_STANDARD_UID,
	     answers->standard_uid);
}

void xlat_arch_ask(struct xlat_answers *answers)
{
	ask_node(answers);
	ask_smccc(answers);
}

static const struct of_device_id timer_nodes[] = {
	{ .compatible = "arm,armv8-timer" },
	{ .compatible = "arm,armv7-timer" },
	{ }
};

/* As Linux does: the first that is enabled (timer_probe()). */
struct device_node *xlat_arch_timer_node(void)
{
	struct device_node *node;

	for_each_matching_node(node, timer_nodes)
		if (of_device_is_available(node))
			return node;
	return NULL;
}

u64 xlat_arch_dt_clock_hz(void)
{
	struct device_node *node = xlat_arch_timer_node();
	u32 hz = 0;

	if (node)
		of_property_read_u32(node, "clock-frequency", &hz);
	of_node_put(node);
	return hz;
}

void xlat_arch_info(struct xlat_info *info)
{
	info->exception_level = read_sysreg(CurrentEL) >> 2;
	info->vhe = is_kernel_in_hyp_mode();
	info->cntfrq_hz = arch_timer_get_cntfrq();
	info->dt_clock_hz = xlat_arch_dt_clock_hz();
	xlat_rate_info(info);
}
