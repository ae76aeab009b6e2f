/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The accounts of a session of the program stress, seen by a process that keeps
 * a descriptor and mappings of its own, whatever happens to all others.
 */
#ifndef STRESS_WATCH_H
#define STRESS_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "stress_member.h"

/**
 * struct watch - one session
 * @fd: closed at exec()
 * @cpus: the measured CPUs
 * @length: of a mapping
 * @maps: of each measured CPU. fork() does not copy them
 */
struct watch {
	int fd;
	uint64_t cpus, length;
	void *maps[CPUS_MAX];
};

/**
 * struct findings - of all sessions so far
 * @started: sessions that were started, of those that were watched
 * @idle: sessions that were not started
 * @accounts: accounts that were checked
 * @ends: accounts by their &enum xlat_end
 * @broken: sessions, or accounts, with a mistake
 * @first: the first of these
 */
struct findings {
	unsigned long started, idle, accounts, broken;
	unsigned long ends[XLAT_END_SUSPEND + 1];
	char first[160];
};

/* Take a descriptor and mappings of the session of @m. False: impossible. */
bool watch_begin(struct watch *w, const struct member *m, int fd);

/*
 * Stop the session and check it. @starts: how many STARTs succeeded, at least;
 * -1: others use the session still, so that it may start later.
 */
void watch_check(const struct watch *w, int starts, struct findings *f);

void watch_end(struct watch *w);

/* A mistake. */
__attribute__((format(printf, 2, 3)))
void findings_add(struct findings *f, const char *format, ...);

#endif
