// SPDX-License-Identifier: MIT
#include <string.h>

#include "core/vendor.h"
#include "dt.h"
#include "smccc.h"

#define PSCI_SYSTEM_OFF		0x84000008u
/*
 * The device tree names the conduit (Linux: arm/psci.yaml). It cannot be tried
 * out: hvc is undefined on a CPU without EL2, and smc on a CPU without EL3.
 */
static uint32_t conduit(void)
{
	static const char *const names[] = {
		"arm,psci-1.0", "arm,psci-0.2", NULL,
	};
	const char *method = dt_text(dt_find_any(names), "method");

	if (!method)
		return XLAT_CONDUIT_NONE;
	return !strcmp(method, "hvc") ? XLAT_CONDUIT_HVC :
	       !strcmp(method, "smc") ? XLAT_CONDUIT_SMC : XLAT_CONDUIT_NONE;
}

/*
 * SMCCC 1.0: the callee may change x0 to x17. Call no function between setting
 * the registers and the instruction.
 */
#define CONDUIT(instruction)						\
static void instruction(uint32_t function, uint32_t answer[4])		\
{									\
	register uint64_t x0 asm("x0") = function;			\
	register uint64_t x1 asm("x1") = 0;				\
	register uint64_t x2 asm("x2") = 0;				\
	register uint64_t x3 asm("x3") = 0;				\
									\
	asm volatile(#instruction " #0"					\
		     : "+r" (x0), "+r" (x1), "+r" (x2), "+r" (x3) : :	\
		     "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",	\
		     "x12", "x13", "x14", "x15", "x16", "x17",		\
		     "memory");						\
	answer[0] = (uint32_t)x0;					\
	answer[1] = (uint32_t)x1;					\
	answer[2] = (uint32_t)x2;					\
	answer[3] = (uint32_t)x3;					\
}

CONDUIT(hvc)
CONDUIT(smc)

static void copy_text(char *to, const char *from, size_t size)
{
	size_t length = strlen(from);

	length = length < size ? length : size - 1;
	memcpy(to, from, length);
	to[length] = '\0';
}

/* @answer: w0 to w3; PSCI calls use only the first */
static void call(uint32_t conduit, uint32_t function, uint32_t answer[4])
{
	if (conduit == XLAT_CONDUIT_HVC)
		hvc(function, answer);
	else if (conduit == XLAT_CONDUIT_SMC)
		smc(function, answer);
}

/*
 * PSCI_VERSION is a function of PSCI 0.2. Old emulators of 0.2 take a function that
 * they do not know for an undefined instruction.
 */
static bool is_psci_1_0(uint32_t conduit)
{
	uint32_t version[4];

	call(conduit, XLAT_PSCI_VERSION, version);
	return version[0] >> 16 >= 1 && version[0] >> 31 == 0;
}

/*
 * A dom0less domain of Xen and most KVM guests have no /hypervisor node.
 * Therefore this also asks the hypervisor itself, as the module does.
 */
void smccc_ask(struct xlat_answers *answers)
{
	int node = dt_path("/hypervisor");
	const char *compatible = dt_first_text(node, "compatible");

	*answers = (struct xlat_answers) {
		.asked = XLAT_ASKED_NODE, .conduit = conduit(),
	};
	if (node >= 0)
		copy_text(answers->node, compatible ? compatible : "?",
			  sizeof(answers->node));
	if (answers->conduit == XLAT_CONDUIT_NONE ||
	    !is_psci_1_0(answers->conduit))
		return;
	answers->asked |= XLAT_ASKED_SMCCC;
	call(answers->conduit, XLAT_SMCCC_VENDOR_UID, answers->vendor_uid);
	call(answers->conduit, XLAT_SMCCC_STANDARD_UID, answers->standard_uid);
}

void smccc_power_off(void)
{
	uint32_t answer[4];

	call(conduit(), PSCI_SYSTEM_OFF, answer);
	for (;;)
		asm volatile("wfi");
}
