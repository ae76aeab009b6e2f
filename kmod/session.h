/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The session, of which there is at most one: its CPUs, source and memory.
 */
#ifndef XLAT_SESSION_H
#define XLAT_SESSION_H

#include <linux/types.h>
#include <linux/cpumask.h>

struct vm_area_struct;
struct wait_queue_head;
struct xlat_session;
struct xlat_setup;

/**
 * xlat_session_create() - create the session, if there is none
 * @setup: is checked; receives the values in effect and the outputs
 * @cpus: CPUs to measure
 *
 * Return: the session or an ERR_PTR as XLAT_IOC_SETUP documents.
 */
struct xlat_session *xlat_session_create(struct xlat_setup *setup,
					 const struct cpumask *cpus);

/** xlat_session_destroy() - stop the session if need be; free it. Sleeps. */
void xlat_session_destroy(struct xlat_session *session);

/** xlat_session_start() - probe and arm every CPU. 0 or -errno. Sleeps. */
int xlat_session_start(struct xlat_session *session);

/** xlat_session_stop() - disarm and probe every CPU. 0 or -errno. Sleeps. */
int xlat_session_stop(struct xlat_session *session);

/**
 * xlat_session_lock() - let no session come or go until xlat_session_unlock()
 *
 * Sleeps. Return: the one session, or NULL: there is none.
 */
const struct xlat_session *xlat_session_lock(void);

/** xlat_session_unlock() - undo xlat_session_lock() */
void xlat_session_unlock(void);

/**
 * xlat_session_mmap() - map one CPU's memory
 *
 * The caller holds a reference to the session through its file, and has
 * checked the protection. Return: 0, or -EINVAL: wrong offset or length.
 */
int xlat_session_mmap(struct xlat_session *session,
		      struct vm_area_struct *vma);

/** xlat_session_wait() - the queue, woken at a watermark or when a CPU ends */
struct wait_queue_head *xlat_session_wait(void);

/** xlat_session_events() - how often the session has woken that queue so far */
u64 xlat_session_events(struct xlat_session *session);

/** xlat_session_ended() - was it started, and has every CPU ended? */
bool xlat_session_ended(struct xlat_session *session);

/* For main.c: CPU hotplug. */
int xlat_session_init(void);
void xlat_session_exit(void);

#endif /* XLAT_SESSION_H */
