/* SPDX-License-Identifier: MIT */
/*
 * Does a kernel accept a module? The kernel compares the module's vermagic with
 * its own. A vermagic is a text (include/linux/vermagic.h): the release, then
 * words for build options (SMP, preempt, mod_unload, modversions, the
 * architecture). Both texts must be equal, with one exception. If the kernel
 * has modversions, and the module has CRCs of its imported symbols, the kernel
 * compares these, not the releases (same_magic() in kernel/module/version.c).
 */
#ifndef XLAT_VERMAGIC_H
#define XLAT_VERMAGIC_H

#include <stddef.h>

#include "module.h"

/**
 * struct kernel_facts - what is known about the running kernel
 * @release: release from uname(), such as "6.1.0-56-arm64"
 * @version: version from uname(), such as "#1 SMP PREEMPT_DYNAMIC Debian ...".
 *	Of vermagic's words it has only SMP and the preemption model
 * @machine: as &module_facts.machine
 * @vermagic: vermagic of a module that came with this kernel; NULL: none found
 */
struct kernel_facts {
	const char *release;
	const char *version;
	const char *machine;
	const char *vermagic;
};

/**
 * enum vermagic_fit - result of vermagic_compare()
 * @VERMAGIC_FITS: the whole vermagic was compared and is equal
 * @VERMAGIC_PARTLY: the words that could be compared are equal; the others are
 *	unknown
 * @VERMAGIC_OTHER_RELEASE: another release or architecture
 * @VERMAGIC_CRCS_DECIDE: another release, but both may have modversions: then
 *	the CRCs of the symbols decide. They are not compared here
 * @VERMAGIC_OTHER_OPTIONS: this release, but built with other options
 */
enum vermagic_fit {
	VERMAGIC_FITS,
	VERMAGIC_PARTLY,
	VERMAGIC_OTHER_RELEASE,
	VERMAGIC_CRCS_DECIDE,
	VERMAGIC_OTHER_OPTIONS,
};

/**
 * vermagic_compare() - would @kernel accept @module?
 * @module: the module
 * @kernel: the running kernel
 * @why: the words that differ, or with %VERMAGIC_PARTLY the words of @module
 *	that could not be compared, for people; empty if there are none
 * @size: of @why, NUL included; a longer text is cut
 */
enum vermagic_fit vermagic_compare(const struct module_facts *module,
				   const struct kernel_facts *kernel,
				   char *why, size_t size);

#endif /* XLAT_VERMAGIC_H */
