/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOMU_H
#define LAB_DOMU_H

/* Sleep until dom0 says that it is about to. 0, or -1 with errno. */
int domu_await_dom0(int seconds);

#endif
