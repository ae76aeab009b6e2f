/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which vCPU executes.
 */
#ifndef LAB_TRACE_WHO_H
#define LAB_TRACE_WHO_H

/** who_came() - in the callback of a vCPU's start; NULL, or why it cannot be */
const char *who_came(unsigned int vcpu);

/** who_is() - the number of the vCPU that executes this callback */
unsigned int who_is(void);

/** who_count() - how many vCPUs came */
unsigned int who_count(void);

#endif
