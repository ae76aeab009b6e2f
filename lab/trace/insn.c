// SPDX-License-Identifier: GPL-2.0
#include "insn.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The first row that fits counts. Encodings: Arm ARM (DDI 0487), C4.1. */
static const struct {
	uint32_t mask, value;
	enum insn_class class;
} classes[] = {
	{ 0xffffffe0, 0xd50b7420, INSN_MEMORY },	/* dc zva */
	{ 0xffffffe0, 0xd50b7460, INSN_MEMORY },	/* dc gva */
	{ 0xffffffe0, 0xd50b7480, INSN_MEMORY },	/* dc gzva */
	{ 0x0a000000, 0x08000000, INSN_MEMORY },	/* loads and stores */
	{ 0x9e000000, 0x84000000, INSN_MEMORY },	/* the same of SVE */
	{ 0xfe000000, 0xe0000000, INSN_MEMORY },	/* and of SME */
	{ 0x7c000000, 0x14000000, INSN_BRANCH },	/* b, bl */
	{ 0x7e000000, 0x34000000, INSN_BRANCH },	/* cbz, cbnz */
	{ 0x7e000000, 0x36000000, INSN_BRANCH },	/* tbz, tbnz */
	{ 0xfe000000, 0x54000000, INSN_BRANCH },	/* b.cond */
	{ 0xfe000000, 0xd6000000, INSN_BRANCH },	/* br, blr, ret, eret */
	{ 0xffff0000, 0xdac10000, INSN_OTHER },		/* pointer authentication */
	{ 0x1c000000, 0x10000000, INSN_PLAIN },		/* immediate */
	{ 0x0e000000, 0x0a000000, INSN_PLAIN },		/* register */
	{ 0xfffff01f, 0xd503201f, INSN_PLAIN },		/* hints: nop, paciasp */
	{ 0xfffff01f, 0xd503301f, INSN_PLAIN },		/* barriers */
	/* Where it is trapped, QEMU knows so, and it ends its block. */
	{ 0x0e000000, 0x0e000000, INSN_PLAIN },		/* FP and SIMD */
};

static const struct {
	uint32_t mask, value;
	unsigned int ends;
} ends[] = {
	{ 0xffffffe0, 0xd53be020, INSN_READS_COUNTER },	/* CNTPCT_EL0 */
	{ 0xffffffe0, 0xd53be040, INSN_READS_COUNTER },	/* CNTVCT_EL0 */
	{ 0xffffffe0, 0xd53be0a0, INSN_READS_COUNTER },	/* CNTPCTSS_EL0 */
	{ 0xffffffe0, 0xd53be0c0, INSN_READS_COUNTER },	/* CNTVCTSS_EL0 */
	{ 0xffffffff, 0xd503205f, INSN_SLEEPS },	/* wfe */
	{ 0xffffffff, 0xd503207f, INSN_SLEEPS },	/* wfi */
	{ 0xffffffc0, 0xd5031000, INSN_SLEEPS },	/* wfet, wfit */
	{ 0xffe0001f, 0xd4000002, INSN_SLEEPS },	/* hvc */
	{ 0xffe0001f, 0xd4000003, INSN_SLEEPS },	/* smc */
	{ 0xfc000000, 0x94000000, INSN_CALLS },		/* bl */
	{ 0xfffffc1f, 0xd63f0000, INSN_CALLS },		/* blr */
	{ 0xfefff800, 0xd63f0800, INSN_CALLS },		/* blraa, ... */
	{ 0xfffffc1f, 0xd65f0000, INSN_RETURNS },	/* ret */
	{ 0xfffffbff, 0xd65f0bff, INSN_RETURNS },	/* retaa, retab */
	{ 0xffffffff, 0xd69f03e0, INSN_LEAVES },	/* eret */
	{ 0xfffffbff, 0xd69f0bff, INSN_LEAVES },	/* eretaa, eretab */
};

enum insn_class insn_class_of(uint32_t word)
{
	unsigned int i;

	for (i = 0; i < COUNT(classes); i++)
		if ((word & classes[i].mask) == classes[i].value)
			return classes[i].class;
	return INSN_OTHER;
}

unsigned int insn_ends_with(uint32_t word)
{
	unsigned int i;

	for (i = 0; i < COUNT(ends); i++)
		if ((word & ends[i].mask) == ends[i].value)
			return ends[i].ends;
	return 0;
}
