/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SCHEDULE_H
#define LAB_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A schedule of ARINC653: the slots of each major frame, one after the other.
 * The rest of the frame after the last slot is idle time. The syntax is:
 *
 *	major=TIME DOMAIN:VCPU=TIME [DOMAIN:VCPU=TIME]...
 */
enum { SCHEDULE_SLOTS = 64, SCHEDULE_DOMAIN = 40, SCHEDULE_WHY = 160 };

struct schedule {
	int64_t major_ns;
	int count;
	struct schedule_slot {
		char domain[SCHEDULE_DOMAIN];	/* a name or a UUID */
		int vcpu;
		int64_t runtime_ns;
	} slots[SCHEDULE_SLOTS];
};

/*
 * Start with a schedule that is all zero, call schedule_take() for each word,
 * then schedule_end(). They return 0, or -EINVAL with the reason in why.
 */
int schedule_take(struct schedule *schedule, const char *word,
		  char why[SCHEDULE_WHY]);
int schedule_end(const struct schedule *schedule, char why[SCHEDULE_WHY]);

/* The same for a text of words that are separated by blanks. */
int schedule_parse(struct schedule *schedule, const char *text,
		   char why[SCHEDULE_WHY]);

/* Does the vCPU have a slot? Without a slot it never runs. */
bool schedule_has(const struct schedule *schedule, const char *domain,
		  int vcpu);

#endif
