/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the trace has to know of an A64 instruction.
 */
#ifndef LAB_TRACE_INSN_H
#define LAB_TRACE_INSN_H

#include <stdint.h>

/**
 * enum insn_class - how an instruction can end its block
 *
 * @INSN_PLAIN: it is followed by the next one, unless it ends its block
 * @INSN_BRANCH: it ends its block, and cannot be trapped
 * @INSN_MEMORY: a load, a store, or dc zva: it can fault, or reach a device
 * @INSN_OTHER: anything else: it can be trapped
 */
enum insn_class { INSN_PLAIN, INSN_BRANCH, INSN_MEMORY, INSN_OTHER };

/**
 * enum insn_ends - what the last instruction of a block does; bits
 *
 * @INSN_READS_COUNTER: CNTPCT or CNTVCT, also self-synchronised
 * @INSN_SLEEPS: its CPU may sleep then: wfi, wfe and their forms with a timeout;
 *	hvc and smc, which may be a request of PSCI
 * @INSN_CALLS: bl, blr
 * @INSN_RETURNS: ret
 * @INSN_LEAVES: eret
 */
enum insn_ends {
	INSN_READS_COUNTER = 1,
	INSN_SLEEPS = 2,
	INSN_CALLS = 4,
	INSN_RETURNS = 8,
	INSN_LEAVES = 16,
};

enum { INSN_NOP = 0xd503201f };

/** insn_class_of() - the class of an instruction */
enum insn_class insn_class_of(uint32_t word);

/** insn_ends_with() - bits of enum insn_ends */
unsigned int insn_ends_with(uint32_t word);

#endif
