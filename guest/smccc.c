// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <string.h>

#include <uapi/xlat.h>

#include "dt.h"
#include "smccc.h"

#define PSCI_SYSTEM_OFF		0x84000008u
/* "Call UID" of two owners, and the first word of the answer */
#define STANDARD_HYPERVISOR_UID	0x8500ff01u
#define VENDOR_HYPERVISOR_UID	0x8600ff01u
#define XEN_UID			0xdc1218a7u	/* a71812dc-c698-... */
#define KVM_UID			0xb66fb428u	/* 28b46fb6-2ec5-... */

/*
 * The conduit is the device tree's (Linux: arm/psci.yaml): at EL1 without EL2,
 * hvc is undefined, and without EL3 smc is.
 */
static const char *conduit(void)
{
	static const char *const names[] = {
		"arm,psci-1.0", "arm,psci-0.2", NULL,
	};
	const char *method = dt_text(dt_find_any(names), "method");

	return method ? method : "none";
}

/* SMCCC 1.0: x0 to x17 are the callee's. Nothing may be called in between. */
#define CONDUIT(instruction)						\
static uint32_t instruction(uint32_t function)				\
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
	return (uint32_t)x0;						\
}

CONDUIT(hvc)
CONDUIT(smc)

static uint32_t call(const char *method, uint32_t function)
{
	if (!strcmp(method, "hvc"))
		return hvc(function);
	return strcmp(method, "smc") ? 0 : smc(function);
}

/*
 * A dom0less domain of Xen may have no /hypervisor node, so the hypervisor
 * itself is asked where hvc is the conduit. Xen answers as owner 5
 * (public/arch-arm/smccc.h), KVM as owner 6.
 */
uint32_t smccc_hypervisor(void)
{
	int node = dt_path("/hypervisor");
	const char *method = conduit();
	bool ask = !strcmp(method, "hvc");

	if (dt_is(node, "xen,xen") ||
	    (ask && call(method, STANDARD_HYPERVISOR_UID) == XEN_UID))
		return XLAT_HYP_XEN;
	if (dt_is(node, "linux,kvm") ||
	    (ask && call(method, VENDOR_HYPERVISOR_UID) == KVM_UID))
		return XLAT_HYP_KVM;
	return node < 0 ? XLAT_HYP_NONE : XLAT_HYP_UNKNOWN;
}

void smccc_power_off(void)
{
	call(conduit(), PSCI_SYSTEM_OFF);
	for (;;)
		asm volatile("wfi");
}
