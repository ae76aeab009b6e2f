// SPDX-License-Identifier: GPL-2.0
/* What the instruction clock charges: each row of the table in account.c. */
#include "tests/unit/unit.h"
#include "lab/trace/account.h"
#include "lab/trace/insn.h"

enum { AT = 0x1008, VECTORS = 0x80000800 };

/* Of a block of 8 at AT. */
static const struct {
	const char *what;
	enum insn_class last;
	unsigned int begun;
	uint64_t next;
	bool other_cpu;
	enum account_follows follows;
	unsigned int charge;
	bool certain;
} cases[] = {
	{ "a branch", INSN_BRANCH, 8, 0x5008, false,
	  ACCOUNT_ELSEWHERE, 8, true },
	{ "an interrupt after a branch", INSN_BRANCH, 8, VECTORS + 0x280, false,
	  ACCOUNT_ASYNC, 8, true },
	{ "the fetch behind a branch aborts", INSN_BRANCH, 8, VECTORS + 0x200,
	  false, ACCOUNT_SYNC, 8, true },
	{ "a loop", INSN_BRANCH, 8, AT, false, ACCOUNT_ELSEWHERE, 8, true },
	{ "a jump to itself", INSN_BRANCH, 8, AT + 28, false,
	  ACCOUNT_AGAIN, 8, true },
	{ "the end of a page", INSN_PLAIN, 8, AT + 32, false,
	  ACCOUNT_ON, 8, true },
	{ "a load at the end", INSN_MEMORY, 8, AT + 32, false,
	  ACCOUNT_ON, 8, true },
	{ "an interrupt at the deadline", INSN_PLAIN, 8, VECTORS + 0x280, false,
	  ACCOUNT_ASYNC, 8, false },
	{ "the same after a load", INSN_MEMORY, 8, VECTORS + 0x280, false,
	  ACCOUNT_ASYNC, 8, false },
	{ "a device in the middle", INSN_MEMORY, 3, AT + 12, false,
	  ACCOUNT_ON, 3, true },
	{ "and its interrupt", INSN_MEMORY, 3, VECTORS + 0x80, false,
	  ACCOUNT_ASYNC, 3, false },
	{ "and its SError", INSN_MEMORY, 3, VECTORS + 0x380, false,
	  ACCOUNT_ASYNC, 3, false },
	{ "a load that faults", INSN_MEMORY, 3, VECTORS + 0x200, false,
	  ACCOUNT_SYNC, 2, false },
	{ "the first one", INSN_MEMORY, 1, VECTORS + 0x400, false,
	  ACCOUNT_SYNC, 0, false },
	{ "the last one", INSN_MEMORY, 8, VECTORS, false,
	  ACCOUNT_SYNC, 7, false },
	{ "one that gave up", INSN_MEMORY, 3, AT + 8, false,
	  ACCOUNT_AGAIN, 2, false },
	{ "a trapped register in the middle", INSN_OTHER, 3, VECTORS + 0x400,
	  false, ACCOUNT_SYNC, 8, false },
	{ "a trapped wfi", INSN_PLAIN, 8, VECTORS + 0x400, false,
	  ACCOUNT_SYNC, 8, false },
	{ "svc", INSN_OTHER, 8, VECTORS + 0x400, false,
	  ACCOUNT_SYNC, 8, false },
	{ "another CPU after a branch", INSN_BRANCH, 8, 0x5000, true,
	  ACCOUNT_OTHER_CPU, 8, false },
	{ "another CPU after a load", INSN_MEMORY, 3, AT + 12, true,
	  ACCOUNT_OTHER_CPU, 2, false },
};

enum { CASES = sizeof(cases) / sizeof(cases[0]) };

static struct account account_of(int i)
{
	return (struct account){
		.vaddr = AT, .insns = 8, .begun = cases[i].begun,
		.last = cases[i].last, .same_cpu = !cases[i].other_cpu,
		.next = cases[i].next,
	};
}

START_TEST(each_rule)
{
	const struct account account = account_of(_i);
	bool certain;

	ck_assert_msg(account_follows(&account) == cases[_i].follows, "%s",
		      cases[_i].what);
	ck_assert_msg(account_charge(&account, &certain) == cases[_i].charge,
		      "%s", cases[_i].what);
	ck_assert_msg(certain == cases[_i].certain, "%s", cases[_i].what);
	ck_assert_msg(account_is_lawful(&account, cases[_i].charge), "%s",
		      cases[_i].what);
}
END_TEST

/* The clock can have charged all, what was begun, or one less. */
START_TEST(what_is_lawful)
{
	struct account account = account_of(0);
	int64_t n;

	account.begun = 3;
	for (n = -2; n < 11; n++)
		ck_assert_int_eq(account_is_lawful(&account, n),
				 n == 2 || n == 3 || n == 8);
}
END_TEST

static const struct {
	uint32_t word;
	enum insn_class class;
	unsigned int ends;
} insns[] = {
	{ 0xf9400000, INSN_MEMORY, 0 },		/* ldr x0, [x0] */
	{ 0xa9bc7bfd, INSN_MEMORY, 0 },		/* stp x29, x30, [sp, #-64]! */
	{ 0xc85f7c00, INSN_MEMORY, 0 },		/* ldxr x0, [x0] */
	{ 0xf8210000, INSN_MEMORY, 0 },		/* ldadd x1, x0, [x0] */
	{ 0x3dc00000, INSN_MEMORY, 0 },		/* ldr q0, [x0] */
	{ 0xd50b7420, INSN_MEMORY, 0 },		/* dc zva, x0 */
	{ 0xa400a020, INSN_MEMORY, 0 },		/* ld1b {z0.b}, p0/z, [x1] */
	{ 0xe400e000, INSN_MEMORY, 0 },		/* st1b {z0.b}, p0, [x0] */
	{ 0x85804000, INSN_MEMORY, 0 },		/* ldr z0, [x0] */
	{ 0x25221fe0, INSN_OTHER, 0 },		/* whilelo p0.b, xzr, x2 */
	{ 0x14000001, INSN_BRANCH, 0 },		/* b */
	{ 0x94000001, INSN_BRANCH, INSN_CALLS },	/* bl */
	{ 0xd63f0000, INSN_BRANCH, INSN_CALLS },	/* blr x0 */
	{ 0xd73f0801, INSN_BRANCH, INSN_CALLS },	/* blraa x0, x1 */
	{ 0xd61f0000, INSN_BRANCH, 0 },		/* br x0 */
	{ 0xd65f03c0, INSN_BRANCH, INSN_RETURNS },	/* ret */
	{ 0xd65f0bff, INSN_BRANCH, INSN_RETURNS },	/* retaa */
	{ 0xd69f03e0, INSN_BRANCH, INSN_LEAVES },	/* eret */
	{ 0x54000041, INSN_BRANCH, 0 },		/* b.ne */
	{ 0xb4000040, INSN_BRANCH, 0 },		/* cbz x0 */
	{ 0x36000040, INSN_BRANCH, 0 },		/* tbz w0, #0 */
	{ 0x91000400, INSN_PLAIN, 0 },		/* add x0, x0, #1 */
	{ 0x90000000, INSN_PLAIN, 0 },		/* adrp x0 */
	{ 0xd2800000, INSN_PLAIN, 0 },		/* mov x0, #0 */
	{ 0x8b010000, INSN_PLAIN, 0 },		/* add x0, x0, x1 */
	{ 0x9b017c00, INSN_PLAIN, 0 },		/* mul x0, x0, x1 */
	{ 0xdac01000, INSN_PLAIN, 0 },		/* clz x0, x0 */
	{ 0xdac11000, INSN_OTHER, 0 },		/* autia x0, x0 */
	{ 0xd53be020, INSN_OTHER, INSN_READS_COUNTER },	/* mrs x0, cntpct_el0 */
	{ 0xd53be041, INSN_OTHER, INSN_READS_COUNTER },	/* mrs x1, cntvct_el0 */
	{ 0xd53be322, INSN_OTHER, 0 },		/* mrs x2, cntv_ctl_el0 */
	{ 0xd53be0a0, INSN_OTHER, INSN_READS_COUNTER },	/* cntpctss_el0 */
	{ 0xd503207f, INSN_PLAIN, INSN_SLEEPS },	/* wfi */
	{ 0xd503205f, INSN_PLAIN, INSN_SLEEPS },	/* wfe */
	{ 0xd503201f, INSN_PLAIN, 0 },		/* nop */
	{ 0xd503233f, INSN_PLAIN, 0 },		/* paciasp */
	{ 0xd5033bbf, INSN_PLAIN, 0 },		/* dmb ish */
	{ 0xd5031020, INSN_OTHER, INSN_SLEEPS },	/* wfit x0 */
	{ 0xd4000002, INSN_OTHER, INSN_SLEEPS },	/* hvc #0 */
	{ 0xd4000003, INSN_OTHER, INSN_SLEEPS },	/* smc #0 */
	{ 0xd4000001, INSN_OTHER, 0 },		/* svc #0 */
	{ 0xd5033fdf, INSN_PLAIN, 0 },		/* isb */
	{ 0x1e604000, INSN_PLAIN, 0 },		/* fmov d0, d0 */
	{ 0x4e208400, INSN_PLAIN, 0 },		/* add v0.16b, v0.16b, v0.16b */
	{ 0xd538d080, INSN_OTHER, 0 },		/* mrs x0, tpidr_el1 */
	{ 0x00000000, INSN_OTHER, 0 },		/* udf #0 */
};

START_TEST(instructions)
{
	size_t i;

	for (i = 0; i < sizeof(insns) / sizeof(insns[0]); i++) {
		ck_assert_msg(insn_class_of(insns[i].word) == insns[i].class,
			      "%08x", insns[i].word);
		ck_assert_msg(insn_ends_with(insns[i].word) == insns[i].ends,
			      "%08x", insns[i].word);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trace: account");

	unit_add_loop(suite, each_rule, CASES);
	unit_add(suite, what_is_lawful);
	unit_add(suite, instructions);
	return unit_run(suite);
}
