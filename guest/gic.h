/* SPDX-License-Identifier: MIT */
/* The interrupt controller. It is used for one private interrupt (PPI) only. */
#ifndef GUEST_GIC_H
#define GUEST_GIC_H

#include <stdbool.h>
#include <stdint.h>

/** GIC_SPECIAL: INTIDs from this to 1023 are special, not interrupts */
#define GIC_SPECIAL	1020u

/**
 * struct gic - one version of the interrupt controller
 * @name: its name in the recorded environment
 * @compatible: values of "compatible" of its node; ends with NULL
 * @open: map the registers of the node and enable interrupts of group 1
 * @enable: clear PPI @intid if it is pending, and enable it
 * @acknowledge: return the pending interrupt; pass that value to @end
 * @end: end of interrupt
 */
struct gic {
	const char *name;
	const char *compatible[5];
	bool (*open)(int node);
	void (*enable)(uint32_t intid);
	uint32_t (*acknowledge)(void);
	void (*end)(uint32_t acknowledged);
};

extern const struct gic gicv2, gicv3;

/** gic_find() - find and open the GIC; NULL: none that is supported */
const struct gic *gic_find(int *node);

#endif /* GUEST_GIC_H */
