/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_ROLE_H
#define LAB_ROLE_H

enum role {
	ROLE_NATIVE,
	ROLE_DOM0,
	ROLE_DOMU,
};

/* What is this kernel? Mounts /proc/xen if it exists. */
enum role role_find(void);

#endif
