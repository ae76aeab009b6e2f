// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "results.h"

void study_results_find(struct study_results *results,
			const struct study *study)
{
	*results = (struct study_results) { .study = study };
	study_published_find(results->published, study);
	study_effects_find(&results->effects, study);
	study_advise(&results->advices, &results->effects);
	study_mechanisms(&results->mechanisms, study);
	study_leads(&results->leads, study);
	study_guests(&results->guests, study);
}

void study_results_free(struct study_results *results)
{
	study_advices_free(&results->advices);
	study_effects_free(&results->effects);
	study_sets_free(&results->mechanisms);
	study_sets_free(&results->leads);
	study_sets_free(&results->guests);
}

struct study_estimate study_guest_adds(const struct study_set *pair,
				       enum study_statistic statistic)
{
	const struct study_cell *bare = pair->cell[0], *other = pair->cell[1];
	struct study_group group[2];
	struct study_estimate e;
	size_t i;

	if (!study_measured(bare) || !study_measured(other) ||
	    strcmp(bare->summary.unit, other->summary.unit))
		return (struct study_estimate) { 0 };
	for (i = 0; i < 2; i++)
		group[i] = (struct study_group) {
			i ? 1 : -1, study_values(pair->cell[i], statistic),
			pair->cell[i]->summary.recordings,
		};
	e = study_contrast(group, 2);
	free((double *)group[0].value);
	free((double *)group[1].value);
	return e;
}
