/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_DOM0_H
#define LAB_DOM0_H

/* Start xenstored and xenconsoled. Returns how many things went wrong. */
int dom0_start(void);

/* Tell a domain that dom0 is about to sleep (step: see domu.h). Returns 0, or -1
 * with errno. */
int dom0_release(int domain, int step);

/* Sleep until that domain has made its recordings. Returns 0, or -1 with errno. */
int dom0_await_recorded(int domain, int seconds);

/* Sleep until that domain is gone. Returns 0, or -1 with errno. */
int dom0_await_gone(int domain, int seconds);

/*
 * Sleep, on an event and without polling, until that domain has given its
 * verdict. Returns it, or -1 with errno (ENOENT: the domain is gone).
 */
int dom0_await_domu(int domain, int seconds);

#endif
