/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One process of the program stress: its generator, and the descriptors and
 * mappings that it has. Nothing here runs an operation.
 */
#ifndef STRESS_MEMBER_H
#define STRESS_MEMBER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <uapi/xlat.h>

#include "session.h"

enum { DESCRIPTORS = 6, MAPPINGS = 12, CREW = 3 };

/**
 * struct world - the facts of this run, the same for all processes
 * @own_path: this program
 * @module_path: the module
 * @last_cpu: the highest CPU that was online at the beginning
 * @free_sources: sources that a session can use; one may be there twice
 */
struct world {
	const char *own_path, *module_path;
	unsigned int last_cpu;
	uint32_t free_sources[SOURCES];
};

/**
 * struct crew - what the processes of a session share, in shared memory
 * @started: START was done in this session, or is being tried
 * @module_lost: insmod failed after rmmod: there is nothing left to test
 * @pids: the members with an index of 1 to CREW; 0: no such process
 */
struct crew {
	atomic_int started;
	atomic_int module_lost;
	atomic_int pids[CREW + 1];
};

/**
 * struct member - one process's view of a session
 * @world: the facts of this run
 * @crew: the processes that share the session
 * @state: of the generator
 * @setup: the session; the kernel filled in the lengths
 * @cpus: the measured CPUs
 * @index: 0 is the leader, 1 to CREW its crew, more are outsiders
 * @fds: descriptors of the session, some of them -1
 * @maps: mappings of the session, some of them NULL
 */
struct member {
	const struct world *world;
	struct crew *crew;
	uint64_t state;
	struct xlat_setup setup;
	uint64_t cpus;
	int index;
	int fds[DESCRIPTORS];
	void *maps[MAPPINGS];
};

/* No descriptor, no mapping. @seed, @round and @index seed the generator. */
void member_init(struct member *m, uint64_t seed, unsigned long round,
		 int index);

/* Unmap every mapping and close every descriptor. */
void member_release(struct member *m);

bool has_descriptor(const struct member *m);

/* draw(): the next number of the generator; below(): that number modulo @n. */
uint64_t draw(struct member *m);
unsigned int below(struct member *m, unsigned int n);

/* In most cases a descriptor that is open. */
int some_fd(struct member *m);

/* In most cases a place with a mapping: an index of @maps. */
unsigned int some_map(struct member *m);

/* In most cases a measured CPU. */
unsigned int some_cpu(struct member *m);

#endif
