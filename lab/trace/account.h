/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What QEMU's instruction clock (-icount) charges for a block of translated code.
 *
 * The clock takes the whole block when it begins. What it gives back when the
 * block ends early depends on how it ends: see the table in account.c.
 */
#ifndef LAB_TRACE_ACCOUNT_H
#define LAB_TRACE_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "insn.h"

/**
 * struct account - a block that has ended
 *
 * @vaddr: address of its first instruction
 * @insns: how many instructions it has, at least 1
 * @begun: how many of them were begun, the one that ended it included: 1 to @insns
 * @last: the class of the last one that was begun
 * @same_cpu: the same CPU executes the block that follows
 * @next: address of the block that follows, on any CPU
 */
struct account {
	uint64_t vaddr;
	unsigned int insns, begun;
	enum insn_class last;
	bool same_cpu;
	uint64_t next;
};

/**
 * enum account_follows - how a block is followed
 *
 * @ACCOUNT_ON: by the instruction after the last one that was begun
 * @ACCOUNT_AGAIN: by that instruction itself
 * @ACCOUNT_SYNC: by a vector of synchronous exceptions
 * @ACCOUNT_ASYNC: by a vector of interrupts or SErrors
 * @ACCOUNT_ELSEWHERE: by something else: the target of a branch
 * @ACCOUNT_OTHER_CPU: by another CPU
 */
enum account_follows {
	ACCOUNT_ON, ACCOUNT_AGAIN, ACCOUNT_SYNC, ACCOUNT_ASYNC,
	ACCOUNT_ELSEWHERE, ACCOUNT_OTHER_CPU,
};

/** account_follows() - how the block is followed, by the address alone */
enum account_follows account_follows(const struct account *ended);

/**
 * account_charge() - what the rules say that is charged: 0 to @insns
 * @ended: the block
 * @certain: set to whether the rules alone can tell. Otherwise the same
 *	addresses come from different causes, which only the clock tells apart.
 */
unsigned int account_charge(const struct account *ended, bool *certain);

/** account_is_lawful() - can the clock have charged so many instructions? */
bool account_is_lawful(const struct account *ended, int64_t charged);

#endif
