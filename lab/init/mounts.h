/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_MOUNTS_H
#define LAB_MOUNTS_H

/* Mount the kernel's file systems and make directories. Returns the number of
 * failures. */
int mounts_make(void);

#endif
