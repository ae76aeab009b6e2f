/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Advice on each setting, from the effects alone.
 */
#ifndef LAB_STUDY_ADVICE_H
#define LAB_STUDY_ADVICE_H

#include "effect.h"

/**
 * enum study_verdict - the verdict on one level of one setting at one centre
 * @STUDY_CHANGE: better under some load, worse under none, and the best level
 * @STUDY_SECOND: the same, but another level of this setting gains more
 * @STUDY_DEPENDS: better in one thing and worse in another
 * @STUDY_KEEP: worse under some load, better under none
 * @STUDY_NOTHING: no effect seen, or less than 1 %
 * @STUDY_UNTOLD: no numbers
 */
enum study_verdict {
	STUDY_CHANGE,
	STUDY_SECOND,
	STUDY_DEPENDS,
	STUDY_KEEP,
	STUDY_NOTHING,
	STUDY_UNTOLD,
	STUDY_VERDICTS,
};

/**
 * struct study_advice - one line
 * @effect: one of the effects behind it; names centre, setting and level
 * @gain: by how many percent AVG falls, under the load "contended" if there is
 *	an effect under it, else under another load; 0: no effect
 * @text: the effects behind it, or why there are none; owned
 */
struct study_advice {
	enum study_verdict verdict;
	const struct study_effect *effect;
	double gain;
	char *text;
};

/** struct study_advices - sorted by centre, then verdict, then gain */
struct study_advices {
	struct study_advice *advice;
	size_t count;
};

/** study_verdict_name() - "change", "better, not best", ... */
const char *study_verdict_name(enum study_verdict verdict);

/** study_advise() - advice on each setting but those of the measurement */
void study_advise(struct study_advices *advices,
		  const struct study_effects *effects);

/** study_advices_free() - free what it owns and make it empty */
void study_advices_free(struct study_advices *advices);

#endif
