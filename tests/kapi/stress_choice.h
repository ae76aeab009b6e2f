/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a process of the program stress chooses. A choice depends on the seed,
 * the round, the process and the number of its step, and on nothing else. Every
 * number is drawn before the step begins; an operation applies the state of the
 * machine to these numbers.
 */
#ifndef STRESS_CHOICE_H
#define STRESS_CHOICE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum kind {
	SETUP, START, STOP, INFO, MMAP, MUNMAP, MPROTECT, MREMAP, MADVISE, LOOK,
	POLL, READ, DUP, CLOSE, FORK, EXEC, KILL, AFFINITY, PAUSE, OFFLINE,
	ONLINE, RMMOD, FOREIGN, KINDS
};

/*
 * Process 0 is the leader, 1 to CREW are its crew; the outsiders follow. A
 * member of a crew does STEPS steps; the leader does two more for its crew:
 * STEP_SETUP before, and STEP_ONLINE after.
 */
enum {
	CREW = 3, MEMBERS = CREW + 1, OUTSIDERS = 4,
	STEPS = 100, STEP_SETUP = STEPS, STEP_ONLINE, MEETINGS = 2
};

/**
 * struct choice - an operation and all its arguments
 * @kind: enum kind
 * @rarely: 1 in one of 256 choices: try it, though it will fail
 * @fd: place of a descriptor
 * @any_fd: 1 in one of 16: also a place without one
 * @map: place of a mapping
 * @any_map: 1 in one of 16: also a place without one
 * @cpu: a CPU
 * @any_cpu: 1 in one of 16: also one that is not measured
 * @place: where something new goes
 * @what: selects from a table
 * @amount: of time, or of memory
 * @odd: 1 in one of 16: an argument that is wrong
 * @writable: 1 in one of 8: a mapping that can be written
 * @source: for SETUP, as are all that follow
 * @any_source: 1 in one of 16: also one that is not free
 * @period_ns: as in &struct xlat_setup, as are those without a comment
 * @cpus: any set of CPUs
 * @any_cpus: 1 in one of 16: also CPUs that are not online
 * @bad_cpus: 1 in one of 16: a wrong address
 * @slots:
 * @limit:
 * @watermark:
 * @phase_mode:
 * @dither_ns:
 * @seed:
 * @idle_policy:
 *
 * The rest are raw numbers of 64 bits. Only this type is used, so that there
 * are no holes.
 */
struct choice {
	uint64_t kind, rarely;
	uint64_t fd, any_fd, map, any_map, cpu, any_cpu;
	uint64_t place, what, amount, odd, writable;
	uint64_t source, any_source, period_ns, cpus, any_cpus, bad_cpus;
	uint64_t slots, limit, watermark, phase_mode, dither_ns, seed;
	uint64_t idle_policy;
};

/* Step @step of process @index in @round. Outsiders are all in round 0. */
struct choice choose(uint64_t seed, unsigned long round, int index,
		     unsigned long step);

/* The number of the meeting at which a member does this step, or -1. */
int meeting_at(unsigned long step);

/*
 * A trail is what a process chose so far: the number of its steps, and a hash
 * of all its choices. Only that process writes it. The process may be killed
 * between any two instructions.
 */
void trail_add(atomic_ulong *trail, const struct choice *c);
unsigned long trail_steps(unsigned long trail);

/* Are these the first choices of the process @index in @round? */
bool trail_is(unsigned long trail, uint64_t seed, unsigned long round,
	      int index);

/* One number for all choices of 64 rounds. */
unsigned long choices_hash(uint64_t seed);

#endif
