/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_STUDY_MUST_H
#define LAB_STUDY_MUST_H

#include <stdlib.h>

/**
 * study_must() - stop the program if @memory is NULL
 *
 * A report is made from files and changes none of them, so a program without
 * memory may stop at once.
 */
static inline void *study_must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

#endif
