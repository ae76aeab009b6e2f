/* SPDX-License-Identifier: MIT */
/*
 * Constants of the Arm ARM (DDI 0487) and of Linux's boot protocol. Assembler
 * files include this header too.
 */
#ifndef GUEST_REGISTERS_H
#define GUEST_REGISTERS_H

/* Flags of the image header: Documentation/arch/arm64/booting.rst */
#define IMAGE_LITTLE_ENDIAN	(0 << 0)
#define IMAGE_4K		(1 << 1)
#define IMAGE_ANYWHERE		(1 << 3)

/* ELF for the Arm 64-bit architecture (IHI 0056), dynamic relocations */
#define R_AARCH64_RELATIVE	1027

#define HCR_RW			(1 << 31)	/* EL1 is AArch64 */
#define CNTHCTL_EL1PCTEN	(1 << 0)
#define CNTHCTL_EL1PCEN		(1 << 1)
#define CPTR_RES1		0x33ff
#define PFR0_GIC_SHIFT		24
#define PSTATE_EL1H_MASKED	0x3c5		/* D, A, I, F; EL1 with SP_EL1 */

/*
 * SCTLR_EL1. Bits 11 (EOS), 20, 22 (EIS), 23 (SPAN), 28 and 29 are RES1 on the
 * first version of the architecture. EIS matters here: it makes exception entry
 * a context synchronization event. Therefore a counter read that is the first
 * instruction of the vector cannot be executed before the exception entry.
 */
#define SCTLR_OFF		0x30d00800
#define SCTLR_ON		(SCTLR_OFF | 1 << 0 | 1 << 2 | 1 << 12)

/* GICv3 system registers that older assemblers do not know: IHI 0069, 12.2 */
#define ICC_SRE_SRE		(1 << 0)
#define ICC_SRE_ENABLE		(1 << 3)
#define ICC_PMR_EL1		S3_0_C4_C6_0
#define ICC_IAR1_EL1		S3_0_C12_C12_0
#define ICC_EOIR1_EL1		S3_0_C12_C12_1
#define ICC_BPR1_EL1		S3_0_C12_C12_3
#define ICC_CTLR_EL1		S3_0_C12_C12_4
#define ICC_SRE_EL1		S3_0_C12_C12_5
#define ICC_IGRPEN1_EL1		S3_0_C12_C12_7
#define ICC_SRE_EL2		S3_4_C12_C9_5
#define ICH_HCR_EL2		S3_4_C12_C11_0

#ifndef __ASSEMBLER__
#include <stdint.h>

#define REGISTER_NAME_(name)	#name
#define REGISTER_NAME(name)	REGISTER_NAME_(name)

#define read_register(name) ({						\
	uint64_t value_;						\
	asm volatile("mrs %0, " REGISTER_NAME(name) : "=r" (value_));	\
	value_;								\
})

#define write_register(value, name)					\
	asm volatile("msr " REGISTER_NAME(name) ", %x0"			\
		     : : "rZ" ((uint64_t)(value)) : "memory")

static inline void isb(void)
{
	asm volatile("isb" : : : "memory");
}

static inline void dsb(void)
{
	asm volatile("dsb sy" : : : "memory");
}

/*
 * Device accesses: each is one plain load or store, so that a hypervisor that
 * emulates the device can decode it from the syndrome (ESR_EL2.ISS.ISV).
 */
static inline uint32_t read_device(uint64_t address)
{
	uint32_t value;

	asm volatile("ldr %w0, [%1]" : "=r" (value) : "r" (address) : "memory");
	return value;
}

static inline void write_device(uint64_t address, uint32_t value)
{
	asm volatile("str %w0, [%1]" : : "rZ" (value), "r" (address) : "memory");
}

static inline uint64_t read_device64(uint64_t address)
{
	uint64_t value;

	asm volatile("ldr %0, [%1]" : "=r" (value) : "r" (address) : "memory");
	return value;
}
#endif /* __ASSEMBLER__ */
#endif /* GUEST_REGISTERS_H */
