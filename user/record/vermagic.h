/* SPDX-License-Identifier: MIT */
/*
 * Does a kernel accept a module? It compares vermagic, the text of
 * include/linux/vermagic.h: the release, then words for options of the build
 * (SMP, preempt, mod_unload, modversions, the architecture). All must agree.
 */
#ifndef XLAT_VERMAGIC_H
#define XLAT_VERMAGIC_H

#include <stddef.h>

#include "module.h"

/**
 * struct kernel_facts - what is known about the running kernel
 * @release: uname's, as "6.1.0-56-arm64"
 * @version: uname's, as "#1 SMP PREEMPT_DYNAMIC Debian ..."; it names SMP and
 *	the preemption model, and nothing else of vermagic
 * @machine: as in struct module_facts
 * @vermagic: of a module that came with this kernel; NULL: none was found
 */
struct kernel_facts {
	const char *release;
	const char *version;
	const char *machine;
	const char *vermagic;
};

/**
 * enum vermagic_fit - answer of vermagic_compare()
 * @VERMAGIC_FITS: all of vermagic was compared and agrees
 * @VERMAGIC_PARTLY: what could be compared agrees; the rest is unknown
 * @VERMAGIC_OTHER_RELEASE: another release or architecture
 * @VERMAGIC_OTHER_OPTIONS: this release, built with other options
 */
enum vermagic_fit {
	VERMAGIC_FITS,
	VERMAGIC_PARTLY,
	VERMAGIC_OTHER_RELEASE,
	VERMAGIC_OTHER_OPTIONS,
};

/**
 * vermagic_compare() - would @kernel accept @module?
 * @why: words that differ, or that could not be compared, for people; empty
 *	where there are none. Cut to @size, NUL included.
 */
enum vermagic_fit vermagic_compare(const struct module_facts *module,
				   const struct kernel_facts *kernel,
				   char *why, size_t size);

#endif /* XLAT_VERMAGIC_H */
