/* SPDX-License-Identifier: MIT */
/*
 * The exception vectors of EL1. There is one table for each timer, so that a
 * vector need not find out which counter to read.
 *
 * STAMP: the first instruction of the IRQ vector reads the counter; no
 * instruction is executed between the entry of the exception and the stamp. No
 * register is saved first, because no other code uses x18 (-ffixed-x18). No isb
 * is needed: exception entry is a context synchronization event
 * (SCTLR_EL1.EIS), and a counter read is not executed ahead of one (Arm ARM,
 * "The AArch64 view of the physical counter").
 */
	.macro	unexpected number
	.balign	128
	mov	x0, #\number
	b	unexpected_entry
	.endm

	.macro	table counter
	.balign	2048
	unexpected 0			/* current EL, SP_EL0 */
	unexpected 1
	unexpected 2
	unexpected 3
	unexpected 4			/* current EL, SP_ELx: synchronous */
	.balign	128			/* IRQ */
	mrs	x18, \counter
	b	interrupt_entry
	unexpected 6			/* FIQ */
	unexpected 7			/* SError */
	unexpected 8			/* lower EL: there is none */
	unexpected 9
	unexpected 10
	unexpected 11
	unexpected 12
	unexpected 13
	unexpected 14
	unexpected 15
	.balign	128
	.endm

	.text
	.global vectors_virt, vectors_phys
	.balign	2048
vectors_virt:
	table	cntvct_el0
vectors_phys:
	table	cntpct_el0

/* Save the registers that a C function may change (AAPCS64), except x18. */
interrupt_entry:
	sub	sp, sp, #176
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x29, x30, [sp, #144]
	mov	x0, x18
	bl	measure_interrupt
	cbz	w0, 1f
	adr	x0, wait_end		/* the last interrupt: leave the loop */
	msr	elr_el1, x0
1:	ldp	x29, x30, [sp, #144]
	ldp	x16, x17, [sp, #128]
	ldp	x14, x15, [sp, #112]
	ldp	x12, x13, [sp, #96]
	ldp	x10, x11, [sp, #80]
	ldp	x8, x9, [sp, #64]
	ldp	x6, x7, [sp, #48]
	ldp	x4, x5, [sp, #32]
	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp]
	add	sp, sp, #176
	eret

/*
 * The loops in which the CPU waits for interrupts. interrupt_entry ends them by
 * changing ELR_EL1. So the loops need no flag, and cannot miss one between
 * testing it and wfi.
 */
	.global	wait_wfi, wait_busy
wait_wfi:
	msr	daifclr, #2
1:	wfi
	b	1b

wait_busy:
	msr	daifclr, #2
1:	b	1b

wait_end:
	msr	daifset, #2
	ret

/* The stack may be damaged: start it afresh. */
unexpected_entry:
	mov	x10, x0
	mov	x11, sp
	adrp	x1, stack_end
	mov	sp, x1
	mov	x0, x10
	mov	x1, x11
	b	exception_unexpected
