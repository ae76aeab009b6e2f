/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_SCHEDULE_H
#define LAB_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A schedule of ARINC653: who runs when in each major frame, one slot after
 * the other. What no slot claims is idle time at the frame's end. As words:
 *
 *	major=TIME DOMAIN:VCPU=TIME [DOMAIN:VCPU=TIME]...
 */
enum { SCHEDULE_SLOTS = 64, SCHEDULE_DOMAIN = 40, SCHEDULE_WHY = 160 };

struct schedule {
	int64_t major_ns;
	int count;
	struct schedule_slot {
		char domain[SCHEDULE_DOMAIN];	/* whatever names one */
		int vcpu;
		int64_t runtime_ns;
	} slots[SCHEDULE_SLOTS];
};

/*
 * Begin with one that is all zero, take each word, end. Functions return 0, or
 * -EINVAL with what is wrong in why.
 */
int schedule_take(struct schedule *schedule, const char *word,
		  char why[SCHEDULE_WHY]);
int schedule_end(const struct schedule *schedule, char why[SCHEDULE_WHY]);

/* All of that, of words with blanks between. */
int schedule_parse(struct schedule *schedule, const char *text,
		   char why[SCHEDULE_WHY]);

/* Has that vCPU a slot? Without one it never runs. */
bool schedule_has(const struct schedule *schedule, const char *domain,
		  int vcpu);

#endif
