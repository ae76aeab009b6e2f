/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_STUDY_MUST_H
#define LAB_STUDY_MUST_H

#include <stdlib.h>

/**
 * study_must() - memory that is needed to go on
 *
 * A report is made from files that stay: without memory there is nothing to
 * save, and nothing to undo.
 */
static inline void *study_must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

#endif
