// SPDX-License-Identifier: GPL-2.0
#include "account.h"

/*
 * k is the number of instructions that were begun, n that of the block. Read in
 * QEMU 10.0.13; "tb" is accel/tcg/translator.c, "all" accel/tcg/translate-all.c,
 * "exec" accel/tcg/cpu-exec.c, "op" target/arm/tcg/op_helper.c.
 *
 * - The clock takes all n when the block begins (tb: gen_tb_start()). If less
 *   than n are left until the next deadline, the block does not begin: a shorter
 *   one is made (exec: cpu_loop_exec_tb()), and no callback has seen the first.
 *   So interrupts of timers come between blocks only.
 * - An exception whose helper knows where it was called restores the state of
 *   that instruction (all: cpu_restore_state_from_tb()). This gives back the
 *   instruction itself and all that follow it: k - 1 remain. Loads and stores
 *   (and dc zva) that fault do so, aligned or not.
 * - A load or store that reaches a device in the middle of a block gives back as
 *   much (all: cpu_io_recompile()), and is then executed alone, as a block of one
 *   instruction without callbacks, which is charged: k remain. Then the rest of
 *   the block follows. As the last instruction of a block it is like any other.
 * - An exception whose helper does not know that address gives nothing back: all
 *   n remain, also those that were not executed. A trapped system register (op:
 *   access_check_cp_reg()), such as an ICC_* of a GICv3, in the middle of a block
 *   is the case where this is seen: what follows it is charged again when it is
 *   executed. svc, hvc, smc, brk, undefined and trapped FP instructions end their
 *   block, so nothing is left to give back; nor is there behind a wfi, trapped or
 *   not (op: wfi()).
 * - A branch cannot be trapped. What follows it was charged in full, or, after an
 *   abort of the fetch, is charged with the vector.
 * - Translations belong to pages of memory, not to addresses. So at EL0, code of a
 *   library may be followed by what was translated at another process's address of
 *   the next instruction. Then nothing is certain, and the clock decides.
 * - FEAT_MOPS gives up in the middle if its CPU is asked to stop, and is executed
 *   again (ACCOUNT_AGAIN): k - 1.
 */
static const struct {
	enum insn_class last;
	enum account_follows follows;
	bool complete;		/* k = n */
	bool certain;
	enum { NOTHING_BACK, REST_BACK, ITSELF_BACK } charge;
} rules[] = {
	/* is_whole() has dealt with a branch, and with the end of a whole block */
	{ INSN_MEMORY, ACCOUNT_ON, false, true, REST_BACK },	/* a device */
	{ INSN_MEMORY, ACCOUNT_ASYNC, true, false, NOTHING_BACK },
	{ INSN_MEMORY, ACCOUNT_ASYNC, false, false, REST_BACK },
	/* Or the fetch from the page that follows: then nothing is given back. */
	{ INSN_MEMORY, ACCOUNT_SYNC, true, false, ITSELF_BACK },
	{ INSN_MEMORY, ACCOUNT_SYNC, false, false, ITSELF_BACK },
	{ INSN_MEMORY, ACCOUNT_AGAIN, true, false, ITSELF_BACK },
	{ INSN_MEMORY, ACCOUNT_AGAIN, false, false, ITSELF_BACK },
	{ INSN_MEMORY, ACCOUNT_OTHER_CPU, false, false, ITSELF_BACK },
	/* all else: nothing is given back, if the clock does not say otherwise */
};

enum { RULES = sizeof(rules) / sizeof(rules[0]) };

/* A table of vectors is aligned to 2 KiB: Arm ARM, D1.3.1 (VBAR_ELx). */
static const uint64_t VECTOR = 0x80;
static const uint64_t KINDS = 0x200;	/* synchronous, IRQ, FIQ, SError */

enum account_follows account_follows(const struct account *ended)
{
	uint64_t after = ended->vaddr + 4 * (uint64_t)ended->begun;

	if (!ended->same_cpu)
		return ACCOUNT_OTHER_CPU;
	if (ended->next == after)
		return ACCOUNT_ON;
	if (ended->next == after - 4)
		return ACCOUNT_AGAIN;
	if (ended->next % VECTOR)
		return ACCOUNT_ELSEWHERE;
	return ended->next % KINDS ? ACCOUNT_ASYNC : ACCOUNT_SYNC;
}

/* Nearly all blocks: this is asked each time that one ends. */
static bool is_whole(const struct account *ended)
{
	return ended->same_cpu && ended->begun == ended->insns &&
	       (ended->last == INSN_BRANCH ||
		ended->next == ended->vaddr + 4 * (uint64_t)ended->insns);
}

/* The row of the table; RULES if there is none. */
static int rule_of(const struct account *ended)
{
	enum account_follows follows = account_follows(ended);
	bool complete = ended->begun == ended->insns;
	int i;

	for (i = 0; i < RULES; i++)
		if (rules[i].last == ended->last &&
		    rules[i].follows == follows &&
		    rules[i].complete == complete)
			break;
	return i;
}

unsigned int account_charge(const struct account *ended, bool *certain)
{
	int i;

	*certain = true;
	if (is_whole(ended))
		return ended->insns;
	i = rule_of(ended);
	*certain = i < RULES && rules[i].certain;
	if (i == RULES || rules[i].charge == NOTHING_BACK)
		return ended->insns;
	return ended->begun - (rules[i].charge == ITSELF_BACK);
}

bool account_is_lawful(const struct account *ended, int64_t charged)
{
	return charged == (int64_t)ended->insns ||
	       charged == (int64_t)ended->begun ||
	       charged == (int64_t)ended->begun - 1;
}
