/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOMU_H
#define LAB_DOMU_H

/* Sleep until dom0 says that it is about to sleep. step is 0 the first time, 2
 * the second time, and so on: job.h. Returns 0, or -1 with errno. */
int domu_await_dom0(int seconds, int step);

/* Tell dom0 that the recordings are made. Returns 0, or -1 with errno. */
int domu_say_recorded(void);

#endif
