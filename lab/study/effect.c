// SPDX-License-Identifier: GPL-2.0
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "effect.h"
#include "must.h"

const char *study_level(const struct study_cell *cell)
{
	if (cell->level)
		return cell->level;
	return cell->factor ? study_setting(cell, cell->factor) : "";
}

static bool same_centre(const struct study_cell *a, const struct study_cell *b)
{
	return a->centre && b->centre && !strcmp(a->centre, b->centre) &&
	       !strcmp(a->load, b->load);
}

static bool is_scale(const struct study_cell *cell)
{
	return cell->factor && !strcmp(cell->factor, "icount_shift");
}

/*
 * The centre itself, under the same load. If there are several (one for each
 * guest, for example), take the one that differs in the fewest settings. A cell
 * that was repeated at another scale of the clock has its centre at that scale.
 */
static const struct study_cell *find_base(const struct study *study,
					  const struct study_cell *cell)
{
	const struct study_cell *best = NULL;
	size_t i, distance, least = SIZE_MAX;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (!same_centre(one, cell) || one == cell ||
		    (one->factor && (!is_scale(one) || is_scale(cell))))
			continue;
		distance = study_distance(one, cell, cell->factor);
		distance += strcmp(one->source, cell->source) != 0;
		if (distance < least) {
			least = distance;
			best = one;
		}
	}
	return best;
}

static struct study_group group_of(const struct study_cell *cell,
				   enum study_statistic statistic,
				   double weight)
{
	return (struct study_group) {
		weight, study_values(cell, statistic),
		cell->summary.recordings,
	};
}

static void free_groups(struct study_group *group, size_t count)
{
	while (count--)
		free((double *)group[count].value);
}

/* Cold samples count for the 10,000, but not for the percentile. */
static bool has_tail(const struct study_cell *cell)
{
	return study_supports(cell->summary.samples, STUDY_P99_9);
}

static struct study_estimate difference_of(const struct study_cell *from,
					   const struct study_cell *to,
					   enum study_statistic statistic)
{
	struct study_estimate e = { 0 };

	if (statistic == STUDY_TAIL && has_tail(from) && has_tail(to)) {
		struct study_sorted *a = study_sorted(from);
		struct study_sorted *b = study_sorted(to);

		e = study_quantile_estimate(a, from->summary.recordings, b,
					    to->summary.recordings,
					    STUDY_P99_9);
		free(a);
		free(b);
	} else if (statistic != STUDY_TAIL) {
		struct study_group group[] = {
			group_of(from, statistic, -1),
			group_of(to, statistic, 1),
		};

		e = study_contrast(group, 2);
		free_groups(group, 2);
	}
	return e;
}

static const struct study_estimate *value_of(const struct study_cell *cell,
					     enum study_statistic statistic)
{
	const struct study_summary *s = &cell->summary;

	return statistic == STUDY_AVG ? &s->avg :
	       statistic == STUDY_TAIL ? &s->percentile[3] : &s->warm_max_mean;
}

static void compare(struct study_effect *e, enum study_statistic statistic)
{
	struct study_change *c = &e->change[statistic];

	c->difference = difference_of(e->base, e->cell, statistic);
	if (!c->difference.known)
		return;
	c->from = value_of(e->base, statistic)->value;
	c->to = value_of(e->cell, statistic)->value;
	c->percent = c->from ? 100 * c->difference.value / fabs(c->from) : 0;
	c->seen = !c->difference.bounded ? STUDY_ALONE :
		  study_excludes_zero(&c->difference) ? STUDY_EFFECT :
		  STUDY_NO_EFFECT;
}

/* Why the two cannot be compared, in a few words. */
static const char *stage_words(const char *stage)
{
	return !strcmp(stage, "T1") ? "the timer's interrupt handler (T1)" :
	       !strcmp(stage, "T2") ? "an hrtimer callback (T2)" : stage;
}

static bool is_comparable(struct study_effect *e)
{
	const struct study_cell *cell = e->cell, *base = e->base;
	char why[200];

	if (!study_measured(cell)) {
		study_without(e->why, sizeof(e->why), cell);
	} else if (!base) {
		snprintf(e->why, sizeof(e->why),
			 "the matrix has no cell of this centre under this load");
	} else if (!study_measured(base)) {
		study_without(why, sizeof(why), base);
		snprintf(e->why, sizeof(e->why), "its centre %s has no numbers: %s",
			 base->name, why);
	} else if (strcmp(cell->summary.stage, base->summary.stage)) {
		snprintf(e->why, sizeof(e->why),
			 "%s is not compared with %s",
			 stage_words(cell->summary.stage),
			 stage_words(base->summary.stage));
	} else if (strcmp(cell->summary.unit, base->summary.unit)) {
		snprintf(e->why, sizeof(e->why),
			 "%s are not compared with %s", cell->summary.unit,
			 base->summary.unit);
	}
	return !e->why[0];
}

static const struct study_cell *twin_at(const struct study *study,
					const struct study_cell *cell,
					const char *shift)
{
	size_t i;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *one = &study->cells[i];

		if (study_is(one, "icount_shift", shift) &&
		    !strcmp(one->source, cell->source) &&
		    study_measured(one) &&
		    !study_distance(one, cell, "icount_shift"))
			return one;
	}
	return NULL;
}

/* The same effect at another scale of the clock: both cells exist twice. */
static bool find_twins(const struct study *study, const struct study_effect *e,
		       const struct study_cell **base,
		       const struct study_cell **cell)
{
	size_t i;

	for (i = 0; i < study->count; i++) {
		const char *shift = study_setting(&study->cells[i],
						  "icount_shift");

		if (!*shift || study_is(e->cell, "icount_shift", shift))
			continue;
		*base = twin_at(study, e->base, shift);
		*cell = twin_at(study, e->cell, shift);
		if (*base && *cell && !strcmp((*base)->summary.unit,
					      e->base->summary.unit))
			return true;
	}
	return false;
}

/*
 * A difference of differences whose interval excludes 0. One below 1 % of the
 * centre is ignored.
 */
static bool moves(const struct study_effect *e, enum study_statistic statistic,
		  const struct study_cell *base, const struct study_cell *cell)
{
	struct study_group group[] = {
		group_of(e->base, statistic, 1),
		group_of(e->cell, statistic, -1),
		group_of(base, statistic, -1), group_of(cell, statistic, 1),
	};
	struct study_estimate change = study_contrast(group, 4);

	free_groups(group, 4);
	return study_excludes_zero(&change) && fabs(change.value) >
	       0.01 * fabs(e->change[statistic].from);
}

/*
 * For p99.9 there is no difference of differences. Two intervals that do not
 * overlap are a stricter test.
 */
static bool are_apart(const struct study_estimate *a,
		      const struct study_estimate *b)
{
	return a->bounded && b->bounded &&
	       (a->low > b->high || b->low > a->high);
}

static void repeat(struct study_effect *e, const struct study *study)
{
	const struct study_cell *base = NULL, *cell = NULL;
	int i;

	if (is_scale(e->cell)) {
		e->time_constant =
			e->change[STUDY_AVG].seen == STUDY_EFFECT &&
			fabs(e->change[STUDY_AVG].percent) > 1;
		return;
	}
	if (!find_twins(study, e, &base, &cell))
		return;
	e->shift = study_setting(cell, "icount_shift");
	for (i = 0; i < STUDY_STATISTICS; i++) {
		struct study_change *c = &e->change[i];

		c->elsewhere = difference_of(base, cell, i);
		if (!c->difference.known || !c->elsewhere.known)
			continue;
		c->moves = i == STUDY_TAIL ?
			   are_apart(&c->difference, &c->elsewhere) :
			   moves(e, i, base, cell);
		e->time_constant |= c->moves;
	}
}

/* Is an earlier cell the same at another scale? */
static bool is_repeated(const struct study *study,
			const struct study_cell *cell)
{
	const struct study_cell *one;

	if (is_scale(cell))
		return false;
	for (one = study->cells; one < cell; one++)
		if (one->factor && same_centre(one, cell) &&
		    !strcmp(one->source, cell->source) &&
		    !study_is(one, "icount_shift",
			      study_setting(cell, "icount_shift")) &&
		    !study_distance(one, cell, "icount_shift"))
			return true;
	return false;
}

/* AVG includes cold samples, and a maximum grows with the length. */
static bool are_as_long(const struct study_cell *a, const struct study_cell *b)
{
	double x = (double)a->summary.samples / (double)a->summary.recordings;
	double y = (double)b->summary.samples / (double)b->summary.recordings;

	return x < 1.1 * y && y < 1.1 * x;
}

static void add_length(struct study_effect *e)
{
	size_t length = strlen(e->also);
	static const char what[] = "length of recordings";

	e->also = study_must(realloc(e->also, length + sizeof(what) + 2));
	sprintf(e->also + length, "%s%s", length ? ", " : "", what);
}

static void fill(struct study_effect *e, const struct study *study,
		 const struct study_cell *cell)
{
	int i;

	*e = (struct study_effect) {
		.cell = cell, .base = find_base(study, cell),
		.repetition = is_repeated(study, cell),
	};
	e->also = e->base ? study_differences(e->base, cell, cell->factor) :
			    study_must(calloc(1, 1));
	if (!is_comparable(e))
		return;
	if (!are_as_long(e->base, e->cell))
		add_length(e);
	for (i = 0; i < STUDY_STATISTICS; i++)
		compare(e, i);
	repeat(e, study);
}

/* Effects from largest to smallest, then "no effect seen", then the rest. */
static bool is_before(const struct study_effect *a,
		      const struct study_effect *b,
		      enum study_statistic statistic)
{
	const struct study_change *x = &a->change[statistic];
	const struct study_change *y = &b->change[statistic];

	if (x->seen != y->seen)
		return x->seen > y->seen;
	if (x->seen == STUDY_UNKNOWN)
		return a < b;
	if (fabs(x->percent) != fabs(y->percent))
		return fabs(x->percent) > fabs(y->percent);
	return a < b;
}

bool study_same_ranking(const struct study_cell *a, const struct study_cell *b)
{
	return same_centre(a, b) && !strcmp(a->source, b->source) &&
	       study_is(a, "guest", study_setting(b, "guest"));
}

size_t study_ranked(const struct study_effects *effects,
		    const struct study_cell *like,
		    enum study_statistic statistic,
		    const struct study_effect **list)
{
	size_t i, j, count = 0;

	for (i = 0; i < effects->count; i++) {
		const struct study_effect *one = &effects->effect[i];

		if (one->repetition || !study_same_ranking(one->cell, like))
			continue;
		for (j = count++; j && is_before(one, list[j - 1], statistic);
		     j--)
			list[j] = list[j - 1];
		list[j] = one;
	}
	return count;
}

static void rank(struct study_effects *effects)
{
	const struct study_effect **list;
	size_t i, j, count;
	int s;

	list = study_must(calloc(effects->count + 1, sizeof(*list)));
	for (i = 0; i < effects->count; i++)
		for (s = 0; s < STUDY_STATISTICS; s++) {
			struct study_change *c = &effects->effect[i].change[s];

			count = study_ranked(effects, effects->effect[i].cell,
					     s, list);
			for (j = 0; j < count; j++)
				if (list[j] == &effects->effect[i])
					break;
			c->rank = c->seen == STUDY_EFFECT && j < count ?
				  j + 1 : 0;
		}
	free(list);
}

void study_effects_find(struct study_effects *effects,
			const struct study *study)
{
	size_t i;

	effects->count = 0;
	effects->effect = study_must(calloc(study->count + 1,
					    sizeof(*effects->effect)));
	for (i = 0; i < study->count; i++)
		if (study->cells[i].factor && study->cells[i].centre)
			fill(&effects->effect[effects->count++], study,
			     &study->cells[i]);
	rank(effects);
}

void study_effects_free(struct study_effects *effects)
{
	size_t i;

	for (i = 0; i < effects->count; i++)
		free(effects->effect[i].also);
	free(effects->effect);
	*effects = (struct study_effects) { 0 };
}
