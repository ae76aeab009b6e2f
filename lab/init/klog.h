/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_KLOG_H
#define LAB_KLOG_H

/*
 * Search the kernel's log for lines that no run may cause (warnings, stalls, ...),
 * print them, and keep the whole log in /tmp/out/dmesg. Returns the number of such
 * lines. A log with missing records counts as one more.
 */
int klog_scan(void);

#endif
