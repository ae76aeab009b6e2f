/* SPDX-License-Identifier: MIT */
/* The interrupt controller, as far as one private interrupt needs it. */
#ifndef GUEST_GIC_H
#define GUEST_GIC_H

#include <stdbool.h>
#include <stdint.h>

/** GIC_SPECIAL: INTIDs from here on to 1023 are no interrupts */
#define GIC_SPECIAL	1020u

/**
 * struct gic - one version of it
 * @name: as told in the environment
 * @compatible: of its node; ends with NULL
 * @open: the node's registers; let interrupts of group 1 through
 * @enable: let PPI @intid come, not pending
 * @acknowledge: what has come, as end() wants it back
 * @end: it has been dealt with
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

/** gic_find() - the machine's, opened; NULL: none that is known */
const struct gic *gic_find(int *node);

#endif /* GUEST_GIC_H */
