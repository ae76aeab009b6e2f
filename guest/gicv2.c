// SPDX-License-Identifier: MIT
/* GICv2 (IHI 0048, chapter 4), used from Non-secure state. */
#include <stddef.h>

#include "dt.h"
#include "gic.h"
#include "mmu.h"
#include "registers.h"

#define GICD_CTLR		0x000
#define GICD_ISENABLER0		0x100
#define GICD_ICENABLER0		0x180
#define GICD_ICPENDR0		0x280
#define GICD_IPRIORITYR		0x400

#define GICC_CTLR		0x000
#define GICC_PMR		0x004
#define GICC_IAR		0x00c
#define GICC_EOIR		0x010

#define ENABLE_GROUP1		1
#define PRIORITY		0xa0	/* one medium priority for all */
#define PRIORITY_MASK		0xf0

static uint64_t gicd, gicc;

static bool v2_open(int node)
{
	struct dt_range d, c;

	if (!dt_reg(node, 0, &d) || !dt_reg(node, 1, &c) ||
	    !mmu_map_device(d.base, d.size) || !mmu_map_device(c.base, c.size))
		return false;
	gicd = d.base;
	gicc = c.base;
	write_device(gicd + GICD_ICENABLER0, 0xffff0000);	/* PPIs */
	write_device(gicd + GICD_CTLR, ENABLE_GROUP1);
	write_device(gicc + GICC_PMR, PRIORITY_MASK);
	write_device(gicc + GICC_CTLR, ENABLE_GROUP1);
	return true;
}

/* A priority is one byte; this writes those of four interrupts at once. */
static void v2_enable(uint32_t intid)
{
	write_device(gicd + GICD_IPRIORITYR + intid / 4 * 4,
		     PRIORITY * 0x01010101u);
	write_device(gicd + GICD_ICPENDR0, 1u << intid);
	write_device(gicd + GICD_ISENABLER0, 1u << intid);
}

static uint32_t v2_acknowledge(void)
{
	return read_device(gicc + GICC_IAR);
}

static void v2_end(uint32_t acknowledged)
{
	write_device(gicc + GICC_EOIR, acknowledged);
}

const struct gic gicv2 = {
	.name		= "GICv2",
	.compatible	= { "arm,gic-400", "arm,cortex-a15-gic",
			    "arm,cortex-a7-gic", "arm,cortex-a9-gic", NULL },
	.open		= v2_open,
	.enable		= v2_enable,
	.acknowledge	= v2_acknowledge,
	.end		= v2_end,
};
