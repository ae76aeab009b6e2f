/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Was the module right to end a measurement, or to let it go on? The rules of
 * XLAT_END_MISSED and XLAT_END_SHARE are applied to the samples that a reader
 * received. It is written from include/uapi/xlat.h alone and uses no code of
 * kmod/ or core/.
 */
#ifndef GUARD_REPLAY_H
#define GUARD_REPLAY_H

#include <stdbool.h>
#include <stdint.h>
#include <uapi/xlat.h>

enum {
	GUARD_REPLAY_LAST = 1000,	/* samples of the rule MISSED */
	GUARD_REPLAY_KEPT = 1 << 16,	/* samples for the rule SHARE */
};

/**
 * struct guard_replay - what the guard has seen on one CPU
 * @count: samples since the begin or since the last loss
 * @after_loss: samples were lost before these
 * @missed_count: how many of the last GUARD_REPLAY_LAST had missed points
 * @ends: more than a tenth of them had: the last sample must be the last one
 * @went_on: samples that came although the one before had to be the last one
 * @kept: the last samples
 */
struct guard_replay {
	uint64_t count, went_on;
	bool after_loss, ends;
	uint32_t missed_count;
	struct xlat_sample kept[GUARD_REPLAY_KEPT];
};

/* What the replay says about the end of a measurement. */
enum guard_verdict {
	GUARD_RIGHT,	/* ended by the guard, and its rule was broken; or
			 * ended otherwise, and no rule was surely broken
			 */
	GUARD_WRONG,	/* ended by the guard although its rule was kept, or
			 * not ended although the rule was broken
			 */
	GUARD_UNKNOWN,	/* the reader lost the samples that would say it */
};

void guard_replay_begin(struct guard_replay *g);
void guard_replay_lost(struct guard_replay *g);
void guard_replay_add(struct guard_replay *g, const struct xlat_map *map,
		      const struct xlat_sample *sample);

/* Was the measurement ended by the guard? */
bool guard_ended(const struct xlat_map *map);

/* After the end of the measurement. */
enum guard_verdict guard_replay_verdict(const struct guard_replay *g,
					const struct xlat_map *map);

#endif
