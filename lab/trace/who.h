/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which vCPU executes.
 */
#ifndef LAB_TRACE_WHO_H
#define LAB_TRACE_WHO_H

#include <stdbool.h>

/* Of who.c: QEMU's pointer to the vCPU that executes, and the last one seen. */
extern void **who_current;
extern void *who_last;

/** who_came() - in the callback of a vCPU's start; NULL, or why it cannot be */
const char *who_came(unsigned int vcpu);

/** who_is_last() - is it the one that who_is() named? */
static inline bool who_is_last(void)
{
	return *who_current == who_last;
}

/** who_is() - the number of the vCPU that executes this callback */
unsigned int who_is(void);

/** who_count() - how many vCPUs came */
unsigned int who_count(void);

#endif
