/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One process of the program stress: the descriptors and mappings that it has.
 * Nothing here runs an operation.
 */
#ifndef STRESS_MEMBER_H
#define STRESS_MEMBER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <uapi/xlat.h>

#include "session.h"
#include "stress_choice.h"
#include "stress_meet.h"

enum { DESCRIPTORS = 6, MAPPINGS = 12 };

/**
 * struct world - the facts of this run, the same for all processes
 * @own_path: this program
 * @module_path: the module
 * @seed: of all choices
 * @last_cpu: the highest CPU that was online at the beginning
 * @free_sources: sources that a session can use; one may be there twice
 */
struct world {
	const char *own_path, *module_path;
	uint64_t seed;
	unsigned int last_cpu;
	uint32_t free_sources[SOURCES];
};

/**
 * struct crew - what the processes of a session share, in shared memory
 * @started: START was done in this session, or is being tried
 * @starts: STARTs that succeeded in this session
 * @held: odd while the session certainly exists, because the leader keeps a
 *	descriptor of it; it only increases
 * @wrong: what succeeded beside a session that certainly existed
 * @unknown: what succeeded when there may have been no session
 * @refused: what was refused while the session certainly existed
 * @not_executed: exec() failed, or the program did not end as it should
 * @fork_died: children of fork() that did not end as they should
 * @module_lost: insmod failed after rmmod: there is nothing left to test
 * @pids: the members with an index of 1 to CREW; 0: no such process
 * @trails: what each member chose
 * @point: where the members meet
 */
struct crew {
	atomic_int started, starts;
	atomic_ulong held;
	atomic_ulong wrong, unknown, refused;
	atomic_ulong not_executed, fork_died;
	atomic_int module_lost;
	atomic_int pids[MEMBERS];
	atomic_ulong trails[MEMBERS];
	struct meeting_point point;
};

/**
 * struct member - one process's view of a session
 * @world: the facts of this run
 * @crew: the processes that share the session
 * @setup: the session; the kernel filled in the lengths
 * @cpus: the measured CPUs
 * @index: 0 is the leader, 1 to CREW its crew, more are outsiders
 * @fds: descriptors of the session, some of them -1
 * @maps: mappings of the session, some of them NULL
 */
struct member {
	const struct world *world;
	struct crew *crew;
	struct xlat_setup setup;
	uint64_t cpus;
	int index;
	int fds[DESCRIPTORS];
	void *maps[MAPPINGS];
};

/* No descriptor, no mapping. */
void member_init(struct member *m, const struct world *world,
		 struct crew *crew, int index);

/* Unmap every mapping and close every descriptor. */
void member_release(struct member *m);

bool has_descriptor(const struct member *m);
bool has_mapping(const struct member *m);

/* In most cases a descriptor that is open: its place, and itself. */
unsigned int some_place(const struct member *m, const struct choice *c);
int some_fd(const struct member *m, const struct choice *c);

/* In most cases a place with a mapping: an index of @maps. */
unsigned int some_map(const struct member *m, const struct choice *c);

/* In most cases a measured CPU. */
unsigned int some_cpu(const struct member *m, const struct choice *c);

/*
 * Not CPU 0, so that one CPU stays online. If there is such a CPU, one that is
 * @online or is not; in most cases a measured one.
 */
unsigned int later_cpu(const struct member *m, const struct choice *c,
		       bool online);

#endif
