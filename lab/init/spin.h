/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SPIN_H
#define LAB_SPIN_H

/*
 * Start one process on each of the CPUs ("2" or "2,3") that spins at idle priority
 * (SCHED_IDLE). Returns 0, or -1 with errno.
 */
int spin_start(const char *cpus);

/* End all of them. */
int spin_end(void);

#endif
