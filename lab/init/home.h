/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_HOME_H
#define LAB_HOME_H

#include "role.h"

/*
 * The channels to the host. There are two virtio ports, found by name: "files"
 * takes a tar stream of /tmp/out, and "verdict" takes one number and a newline. A
 * domU has neither: it writes its verdict to xenstore, where dom0 waits for it.
 */
void home_open(enum role role);
int home_send_files(enum role role);
void home_send_verdict(enum role role, int wrong);

#endif
