/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_MOUNTS_H
#define LAB_MOUNTS_H

/* Mount what a kernel offers, make the directories. Returns what failed. */
int mounts_make(void);

#endif
