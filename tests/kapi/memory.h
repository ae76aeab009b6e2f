/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How much memory the kernel uses. It is printed nowhere; the caller compares.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdint.h>

/*
 * struct memory - bytes, read when the machine is quiet
 * @kernel: slabs that cannot be reclaimed, vmalloc(), per-CPU areas, page
 *	tables, stacks. It does not hold pages that were allocated directly
 * @used: less than 0: the free pages, negated, after all caches were dropped. So
 *	it grows by what is used more, for whatever: programs and files in
 *	memory count, too
 */
struct memory {
	int64_t kernel;
	int64_t used;
};

/* The least of several readings: the kernel frees some of its memory late. */
struct memory memory_read(void);

#endif
