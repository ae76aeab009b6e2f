/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Which hypervisor do the answers in struct xlat_answers name? The kernel, the
 * guest and the reader use this code. It does no I/O.
 */
#ifndef XLAT_VENDOR_H
#define XLAT_VENDOR_H

#include <uapi/xlat.h>

/** XLAT_SMCCC_NOBODY: w0 if a function is not implemented (DEN 0028, 5.2) */
#define XLAT_SMCCC_NOBODY	0xffffffffu

/* PSCI_VERSION (DEN 0022, 5.1.1): the major version in bits 30 to 16 */
#define XLAT_PSCI_VERSION	0x84000000u

/* The "Call UID" functions of the two services that a hypervisor may offer. */
#define XLAT_SMCCC_VENDOR_UID	0x8600ff01u
#define XLAT_SMCCC_STANDARD_UID	0x8500ff01u

/* Does @text begin with @prefix? The guest has no strncmp(). */
static inline int xlat_vendor_begins(const char *text, const char *prefix)
{
	while (*prefix && *text == *prefix) {
		text++;
		prefix++;
	}
	return !*prefix;
}

/**
 * xlat_vendor_of_node() - the vendor by the compatible string of /hypervisor
 *
 * Sources: Linux Documentation/devicetree/bindings/arm/xen.txt,
 * arch/powerpc/kernel/kvm.c (linux,kvm), include/linux/hypervisor.h
 * (jailhouse,cell), firmware/gunyah-hypervisor.yaml.
 *
 * Return: enum xlat_hypervisor; %XLAT_HYP_UNKNOWN: not a known one.
 */
static inline __u32 xlat_vendor_of_node(const char *compatible)
{
	static const struct {
		const char *begin;
		__u32 vendor;
	} names[] = {
		{ "xen,", XLAT_HYP_XEN },
		{ "linux,kvm", XLAT_HYP_KVM },
		{ "jailhouse,", XLAT_HYP_JAILHOUSE },
		{ "gunyah-hypervisor", XLAT_HYP_GUNYAH },
	};
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (xlat_vendor_begins(compatible, names[i].begin))
			return names[i].vendor;
	return XLAT_HYP_UNKNOWN;
}

/**
 * xlat_vendor_of_signature() - the vendor by the text of CPUID leaf 0x40000000
 *
 * Sources: Linux arch/x86/kernel/cpu/ (each hypervisor's detect function),
 * QEMU target/i386/cpu.c (TCG), VirtualBox GIMMinimal.cpp.
 *
 * Return: as xlat_vendor_of_node().
 */
static inline __u32 xlat_vendor_of_signature(const char *letters)
{
	static const struct {
		const char *letters;
		__u32 vendor;
	} names[] = {
		{ "XenVMMXenVMM", XLAT_HYP_XEN },
		{ "KVMKVMKVM", XLAT_HYP_KVM },
		{ "Jailhouse", XLAT_HYP_JAILHOUSE },
		{ "Microsoft Hv", XLAT_HYP_HYPERV },
		{ "VMwareVMware", XLAT_HYP_VMWARE },
		{ "VBoxVBoxVBox", XLAT_HYP_VIRTUALBOX },
		{ "TCGTCGTCGTCG", XLAT_HYP_QEMU },
	};
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (xlat_vendor_begins(letters, names[i].letters))
			return names[i].vendor;
	return XLAT_HYP_UNKNOWN;
}

/**
 * xlat_vendor_of_uid() - the vendor by the four words of a Call UID function
 *
 * Sources: Linux include/linux/arm-smccc.h (KVM), Gunyah's patches for Linux
 * and its own source (Gunyah, and Qualcomm's hypervisor before it),
 * arch/arm64/hyperv/mshyperv.c; Xen public/arch-arm/smccc.h, seen on 4.17.
 *
 * Return: as xlat_vendor_of_node().
 */
static inline __u32 xlat_vendor_of_uid(const __u32 uid[4])
{
	static const struct {
		__u32 uid[4];
		__u32 vendor;
	} names[] = {
		{ { 0xdc1218a7, 0x694398c6, 0xd179cf9a, 0x67e6de8d },
		  XLAT_HYP_XEN },
		{ { 0xb66fb428, 0xe911c52e, 0x564bcaa9, 0x743a004d },
		  XLAT_HYP_KVM },
		{ { 0xcd8fd5c1, 0xdb5f53a4, 0x36ce6592, 0x145f3d67 },
		  XLAT_HYP_GUNYAH },
		{ { 0x673d5f14, 0x9265ce36, 0xa4535fdb, 0xc1d58fcd },
		  XLAT_HYP_GUNYAH },
		{ { 0x19bd54bd, 0x0b37571b, 0x946f609b, 0x54539de6 },
		  XLAT_HYP_GUNYAH },
		{ { 0x4d32ba58, 0xcd244764, 0x8eef6c75, 0x16597024 },
		  XLAT_HYP_HYPERV },
	};
	unsigned int i, n;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (n = 0; n < 4 && names[i].uid[n] == uid[n];)
			n++;
		if (n == 4)
			return names[i].vendor;
	}
	return XLAT_HYP_UNKNOWN;
}

/** xlat_vendor_uid_given() - are these words an answer? */
static inline int xlat_vendor_uid_given(const __u32 uid[4])
{
	return uid[0] != XLAT_SMCCC_NOBODY &&
	       (uid[0] || uid[1] || uid[2] || uid[3]);
}

/* Combine two answers. If they name two vendors, the result is unknown. */
static inline void xlat_vendor_join(__u32 *vendor, __u32 more)
{
	if (more == XLAT_HYP_UNKNOWN || *vendor == XLAT_HYP_UNKNOWN)
		*vendor = XLAT_HYP_UNKNOWN;
	else if (*vendor == XLAT_HYP_NONE)
		*vendor = more;
	else if (*vendor != more)
		*vendor = XLAT_HYP_UNKNOWN;
}

/* KVM and Xen pose as Hyper-V for Windows, and name themselves at a higher leaf. */
static inline __u32 xlat_vendor_of_cpuid(const char signature[2][16])
{
	__u32 first = xlat_vendor_of_signature(signature[0]);
	__u32 second = xlat_vendor_of_signature(signature[1]);

	return first == XLAT_HYP_HYPERV && second != XLAT_HYP_UNKNOWN ?
	       second : first;
}

/**
 * xlat_vendor() - the hypervisor that all answers name
 *
 * Return: enum xlat_hypervisor. %XLAT_HYP_NONE: there was no answer.
 * %XLAT_HYP_UNKNOWN: an answer names no hypervisor that is known, two answers
 * name different ones, or no question was asked.
 */
static inline __u32 xlat_vendor(const struct xlat_answers *a)
{
	__u32 vendor = a->asked ? XLAT_HYP_NONE : XLAT_HYP_UNKNOWN;

	if (a->node[0])
		xlat_vendor_join(&vendor, xlat_vendor_of_node(a->node));
	if (xlat_vendor_uid_given(a->vendor_uid))
		xlat_vendor_join(&vendor, xlat_vendor_of_uid(a->vendor_uid));
	if (xlat_vendor_uid_given(a->standard_uid))
		xlat_vendor_join(&vendor, xlat_vendor_of_uid(a->standard_uid));
	if (a->signature[0][0])
		xlat_vendor_join(&vendor, xlat_vendor_of_cpuid(a->signature));
	return vendor;
}

#endif /* XLAT_VENDOR_H */
