// SPDX-License-Identifier: MIT
/* GICv3 and later (IHI 0069, chapter 12), used from Non-secure state. */
#include <stddef.h>

#include "dt.h"
#include "gic.h"
#include "mmu.h"
#include "registers.h"

#define GICD_CTLR		0x0000
#define GICD_CTLR_GROUPS_ARE	(1 << 0 | 1 << 1 | 1 << 4)
#define GICD_CTLR_RWP		(1u << 31)

#define GICR_TYPER		0x0008
#define GICR_TYPER_VLPIS	(1 << 1)
#define GICR_TYPER_LAST		(1 << 4)
#define GICR_WAKER		0x0014
#define GICR_WAKER_SLEEP	(1 << 1)
#define GICR_WAKER_ASLEEP	(1 << 2)
#define GICR_FRAME		0x10000
#define GICR_IGROUPR0		0x10080
#define GICR_ISENABLER0		0x10100
#define GICR_ICENABLER0		0x10180
#define GICR_ICPENDR0		0x10280
#define GICR_IPRIORITYR		0x10400

#define PRIORITY		0xa0
#define PRIORITY_MASK		0xf0

static uint64_t gicd, gicr;

/* Affinity levels 3 to 0, in the layout of GICR_TYPER. */
static uint32_t affinity(void)
{
	uint64_t mpidr = read_register(mpidr_el1);

	return (uint32_t)((mpidr >> 8 & 0xff000000) | (mpidr & 0xffffff));
}

/* Searches one region for the redistributor of this CPU; 0: not found. */
static uint64_t search(const struct dt_range *region, uint64_t stride)
{
	uint64_t at = region->base, type, step;

	for (; at + 2 * GICR_FRAME <= region->base + region->size; at += step) {
		type = read_device64(at + GICR_TYPER);
		if (type >> 32 == affinity())
			return at;
		if (type & GICR_TYPER_LAST)
			break;
		step = stride ? stride : (type & GICR_TYPER_VLPIS) ?
		       4 * GICR_FRAME : 2 * GICR_FRAME;
	}
	return 0;
}

static uint64_t stride_of(int node)
{
	uint32_t high, low;

	if (!dt_cell(node, "redistributor-stride", 0, &high))
		return 0;
	if (!dt_cell(node, "redistributor-stride", 1, &low))
		return high;
	return (uint64_t)high << 32 | low;
}

static bool find_redistributor(int node)
{
	struct dt_range region;
	uint32_t regions = 1, n;

	dt_cell(node, "#redistributor-regions", 0, &regions);
	for (n = 0; !gicr && n < regions; n++)
		if (dt_reg(node, 1 + n, &region) &&
		    mmu_map_device(region.base, region.size))
			gicr = search(&region, stride_of(node));
	return gicr;
}

static void wake_redistributor(void)
{
	uint32_t waker = read_device(gicr + GICR_WAKER);

	write_device(gicr + GICR_WAKER, waker & ~(uint32_t)GICR_WAKER_SLEEP);
	while (read_device(gicr + GICR_WAKER) & GICR_WAKER_ASLEEP)
		;
}

static void open_cpu_interface(void)
{
	write_register(read_register(ICC_SRE_EL1) | ICC_SRE_SRE, ICC_SRE_EL1);
	isb();
	write_register(PRIORITY_MASK, ICC_PMR_EL1);
	write_register(0, ICC_BPR1_EL1);
	write_register(0, ICC_CTLR_EL1);
	write_register(1, ICC_IGRPEN1_EL1);
	isb();
}

static bool v3_open(int node)
{
	struct dt_range d;

	if (!dt_reg(node, 0, &d) || !mmu_map_device(d.base, d.size) ||
	    !find_redistributor(node))
		return false;
	gicd = d.base;
	write_device(gicd + GICD_CTLR, GICD_CTLR_GROUPS_ARE);
	while (read_device(gicd + GICD_CTLR) & GICD_CTLR_RWP)
		;
	wake_redistributor();
	write_device(gicr + GICR_ICENABLER0, 0xffff0000);	/* PPIs */
	write_device(gicr + GICR_IGROUPR0, 0xffffffff);
	open_cpu_interface();
	return true;
}

static void v3_enable(uint32_t intid)
{
	write_device(gicr + GICR_IPRIORITYR + intid / 4 * 4,
		     PRIORITY * 0x01010101u);
	write_device(gicr + GICR_ICPENDR0, 1u << intid);
	write_device(gicr + GICR_ISENABLER0, 1u << intid);
}

/* The dsb is required: IHI 0069, "Observability of the effects of accesses" */
static uint32_t v3_acknowledge(void)
{
	uint32_t intid = (uint32_t)read_register(ICC_IAR1_EL1);

	dsb();
	return intid;
}

static void v3_end(uint32_t acknowledged)
{
	write_register(acknowledged, ICC_EOIR1_EL1);
	isb();
}

const struct gic gicv3 = {
	.name		= "GICv3",
	.compatible	= { "arm,gic-v3", NULL },
	.open		= v3_open,
	.enable		= v3_enable,
	.acknowledge	= v3_acknowledge,
	.end		= v3_end,
};
