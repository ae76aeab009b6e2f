/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_ROLE_H
#define LAB_ROLE_H

enum role {
	ROLE_NATIVE,
	ROLE_DOM0,
	ROLE_DOMU,
};

/* What this kernel runs on; mounts /proc/xen where there is one. */
enum role role_find(void);

#endif
