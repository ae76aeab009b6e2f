/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The effect of changing one setting of a centre.
 */
#ifndef LAB_STUDY_EFFECT_H
#define LAB_STUDY_EFFECT_H

#include "study.h"

/** enum study_seen - what the interval of a difference shows */
enum study_seen {
	STUDY_UNKNOWN,
	STUDY_ALONE,
	STUDY_NO_EFFECT,
	STUDY_EFFECT,
};

/**
 * struct study_change - the change of one statistic
 * @from: at the centre
 * @to: in the cell
 * @difference: to - from, with its interval
 * @percent: of @from
 * @seen: %STUDY_UNKNOWN: no number; %STUDY_ALONE: one repetition, and so no
 *	interval; %STUDY_NO_EFFECT: the interval includes 0
 * @rank: among the effects of the same centre, load, guest and source, from 1;
 *	0: none
 * @elsewhere: the difference at another icount_shift
 * @moves: @elsewhere differs from @difference: the effect is a constant time,
 *	not a constant number of instructions
 */
struct study_change {
	double from;
	double to;
	struct study_estimate difference;
	double percent;
	enum study_seen seen;
	size_t rank;
	struct study_estimate elsewhere;
	bool moves;
};

/**
 * struct study_effect - a cell compared with its centre
 * @cell: with one setting changed
 * @base: the centre under the same load; NULL: there is none
 * @also: other settings that differ, or ""
 * @why: why there are no numbers; "" if there are
 * @shift: icount_shift of the cell that has the same effect at another scale;
 *	NULL: there is none
 * @repetition: it repeats another effect at another scale, and is not ranked
 * @time_constant: an effect of any statistic moves with the clock's scale
 */
struct study_effect {
	const struct study_cell *cell;
	const struct study_cell *base;
	char *also;
	char why[256];
	struct study_change change[STUDY_STATISTICS];
	const char *shift;
	bool repetition;
	bool time_constant;
};

/** struct study_effects - all, in the order of the plan */
struct study_effects {
	struct study_effect *effect;
	size_t count;
};

/** study_effects_find() - compare each cell that has a factor */
void study_effects_find(struct study_effects *effects,
			const struct study *study);

/** study_effects_free() - free what it owns and make it empty */
void study_effects_free(struct study_effects *effects);

/** study_level() - what the cell's factor is changed to */
const char *study_level(const struct study_cell *cell);

/**
 * study_ranked() - effects of the same kind as @like, in order of their rank
 * @like: names centre, load, guest and source
 * @list: room for as many as there are effects
 *
 * Effects without a rank follow: no effect seen, one repetition, no number.
 *
 * Return: how many
 */
size_t study_ranked(const struct study_effects *effects,
		    const struct study_cell *like,
		    enum study_statistic statistic,
		    const struct study_effect **list);

/** study_same_ranking() - the same centre, load, guest and source? */
bool study_same_ranking(const struct study_cell *a, const struct study_cell *b);

#endif
