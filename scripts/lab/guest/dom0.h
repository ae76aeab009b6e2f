/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOM0_H
#define LAB_DOM0_H

/* Start xenstored and xenconsoled. Returns how many things went wrong. */
int dom0_start(void);

/* Tell that domU that dom0 is about to sleep. 0, or -1 with errno. */
int dom0_release_domu(int id);

/*
 * Sleep, on an event and without polling, until that domU has given its
 * verdict. Returns it, or -1 with errno (ENOENT: the domU is gone).
 */
int dom0_await_domu(int id, int seconds);

/* Sleep likewise until domain domid is gone. 0, or -1 with errno. */
int dom0_await_gone(int domid, int seconds);

#endif
