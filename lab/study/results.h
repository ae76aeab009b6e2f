/* SPDX-License-Identifier: GPL-2.0 */
/* All that a report says of a study: computed here, laid out elsewhere. */
#ifndef LAB_STUDY_RESULTS_H
#define LAB_STUDY_RESULTS_H

#include "study.h"
#include "advice.h"
#include "effect.h"
#include "pairs.h"

/** struct study_results - @study is not owned */
struct study_results {
	const struct study *study;
	struct study_published published[STUDY_TABLES];
	struct study_effects effects;
	struct study_advices advices;
	struct study_sets mechanisms;
	struct study_sets leads;
	struct study_sets guests;
};

/** study_results_find() - compute all of it */
void study_results_find(struct study_results *results,
			const struct study *study);

/** study_results_free() - free what it owns and make it empty */
void study_results_free(struct study_results *results);

/** study_guest_adds() - of a pair: Linux's @statistic less bare metal's */
struct study_estimate study_guest_adds(const struct study_set *pair,
				       enum study_statistic statistic);

#endif
