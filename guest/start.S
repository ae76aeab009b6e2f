/* SPDX-License-Identifier: MIT */
/*
 * The way from the boot loader to C: image header, change to EL1, relocation,
 * stack.
 *
 * The state at entry is that of Linux's booting.rst for arm64: MMU off,
 * interrupts masked, x0 points to the device tree, EL1 or EL2.
 */
#include "registers.h"

	.section .head, "ax"
	.global image_head
image_head:
	b	start			/* code0 */
	.long	0			/* code1 */
	.quad	0			/* text_offset */
	.quad	image_size
	.quad	IMAGE_LITTLE_ENDIAN | IMAGE_4K | IMAGE_ANYWHERE
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.long	0

start:
	mov	x20, x0
	mrs	x21, CurrentEL
	lsr	x21, x21, #2
	cmp	x21, #2
	b.lt	at_el1
	b.gt	.			/* EL3: stop; no console is known yet */

	/*
	 * Change from EL2 to EL1. From here on EL2 traps neither the timers and
	 * counters (CNTHCTL_EL2) nor the registers of the GIC (ICC_SRE_EL2).
	 */
	ldr	x0, =HCR_RW		/* E2H and TGE off before CNTHCTL */
	msr	hcr_el2, x0
	isb
	mov	x0, #CNTHCTL_EL1PCTEN | CNTHCTL_EL1PCEN
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr
	mrs	x0, midr_el1
	msr	vpidr_el2, x0
	mrs	x0, mpidr_el1
	msr	vmpidr_el2, x0
	msr	hstr_el2, xzr
	ldr	x0, =CPTR_RES1
	msr	cptr_el2, x0
	mrs	x0, id_aa64pfr0_el1
	ubfx	x0, x0, #PFR0_GIC_SHIFT, #4
	cbz	x0, 1f
	mrs	x0, ICC_SRE_EL2
	mov	x1, #ICC_SRE_SRE | ICC_SRE_ENABLE
	orr	x0, x0, x1
	msr	ICC_SRE_EL2, x0
	isb
	msr	ICH_HCR_EL2, xzr
1:	ldr	x0, =SCTLR_OFF
	msr	sctlr_el1, x0
	adr	x0, at_el1
	msr	elr_el2, x0
	mov	x0, #PSTATE_EL1H_MASKED
	msr	spsr_el2, x0
	eret

at_el1:
	ldr	x0, =SCTLR_OFF
	msr	sctlr_el1, x0
	isb
	msr	daifset, #15
	adrp	x0, bss_begin
	adrp	x1, bss_end
2:	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	2b

	/* R_AARCH64_RELATIVE: offset, type, addend */
	adr	x2, image_head
	adrp	x0, rela_begin
	add	x0, x0, :lo12:rela_begin
	adrp	x1, rela_end
	add	x1, x1, :lo12:rela_end
3:	cmp	x0, x1
	b.hs	4f
	ldp	x3, x4, [x0], #16
	ldr	x5, [x0], #8
	cbz	w4, 3b			/* R_AARCH64_NONE: unused entry */
	cmp	w4, #R_AARCH64_RELATIVE
	b.ne	.			/* another type: the link was wrong */
	add	x5, x5, x2
	str	x5, [x2, x3]
	b	3b

4:	adrp	x0, stack_end
	mov	sp, x0
	mov	x0, x20
	bl	mmu_boot
	bl	mmu_on
	mov	x0, x20
	mov	x1, x21
	bl	guest_main
	b	.

/*
 * Turn MMU and caches on. Data written with caches off is in memory only. A
 * cache may hold older lines of the image, which are clean as the boot protocol
 * demands: invalidate them (booting.rst; DC IVAC in the Arm ARM).
 */
	.text
mmu_on:
	adr	x0, image_head
	adrp	x1, image_end
	mrs	x2, ctr_el0
	ubfx	x2, x2, #16, #4		/* DminLine: log2 of words */
	mov	x3, #4
	lsl	x2, x3, x2
	dsb	sy
1:	dc	ivac, x0
	add	x0, x0, x2
	cmp	x0, x1
	b.lo	1b
	dsb	sy
	tlbi	vmalle1
	ic	iallu
	dsb	nsh
	isb
	ldr	x0, =SCTLR_ON
	msr	sctlr_el1, x0
	isb
	ret

	.bss
	.balign	4096
	.skip	16384
	.global stack_end
stack_end:
