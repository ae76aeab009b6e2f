/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_KLOG_H
#define LAB_KLOG_H

/*
 * Look through the kernel's log for what no run may cause, print it, and keep
 * the whole log in /tmp/out/dmesg. Returns how many such lines there are; a log
 * that is not all there, from its first record on, is one more.
 */
int klog_scan(void);

#endif
