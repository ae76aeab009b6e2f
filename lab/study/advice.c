// SPDX-License-Identifier: GPL-2.0
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "advice.h"
#include "must.h"
#include "lab/plan/settings.h"

/* A smaller difference may be real, but is not worth a change. */
#define WORTH_PERCENT	1.0

enum { TEXT = 2048 };

static const char *const names[STUDY_VERDICTS] = {
	"change", "better, not best", "depends", "keep", "no effect",
	"not known",
};

const char *study_verdict_name(enum study_verdict verdict)
{
	return names[verdict];
}

/* The same change of a setting, under another load or with another guest. */
static bool same_change(const struct study_effect *a,
			const struct study_effect *b)
{
	return !strcmp(a->cell->centre, b->cell->centre) &&
	       !strcmp(a->cell->factor, b->cell->factor) &&
	       !strcmp(study_level(a->cell), study_level(b->cell));
}

struct tally {
	bool better;
	bool worse;
	bool measured;
	bool contended;
	bool said;		/* something of this effect */
	double gain;
	char text[TEXT];
};

static void say(struct tally *t, const char *format, ...)
{
	size_t length = strlen(t->text);
	va_list list;

	va_start(list, format);
	vsnprintf(t->text + length, TEXT - length, format, list);
	va_end(list);
}

static void weigh_one(struct tally *t, const struct study_effect *e,
		      enum study_statistic s)
{
	const struct study_change *c = &e->change[s];

	if (c->seen == STUDY_UNKNOWN || c->seen == STUDY_ALONE)
		return;
	t->measured = true;
	if (c->seen == STUDY_NO_EFFECT)
		return;
	if (fabs(c->percent) >= WORTH_PERCENT) {
		t->better |= c->percent < 0;
		t->worse |= c->percent > 0;
	}
	say(t, "%s%s %+.1f %%", t->said ? ", " : t->text[0] ? "; " : "",
	    study_statistic_name(s), c->percent);
	t->said = true;
}

static void weigh(struct tally *t, const struct study_effect *e)
{
	bool contended = !strcmp(e->cell->load, "contended");
	int s;

	t->said = false;
	for (s = 0; s < STUDY_STATISTICS; s++)
		weigh_one(t, e, s);
	if (t->said)
		say(t, " (%s, %s %s)", e->cell->load,
		    study_setting(e->cell, "guest"), e->cell->source);
	if (e->change[STUDY_AVG].seen == STUDY_EFFECT &&
	    (!t->gain || (contended && !t->contended))) {
		t->gain = -e->change[STUDY_AVG].percent;
		t->contended = contended;
	}
}

static enum study_verdict verdict_of(const struct tally *t)
{
	if (!t->measured)
		return STUDY_UNTOLD;
	if (t->better && t->worse)
		return STUDY_DEPENDS;
	if (t->better)
		return STUDY_CHANGE;
	return t->worse ? STUDY_KEEP : STUDY_NOTHING;
}

static void advise(struct study_advice *a, const struct study_effects *effects,
		   const struct study_effect *first)
{
	struct tally t = { 0 };
	const struct study_effect *e;

	for (e = first; e < effects->effect + effects->count; e++)
		if (same_change(e, first) && !e->repetition)
			weigh(&t, e);
	*a = (struct study_advice) {
		.verdict = verdict_of(&t), .effect = first, .gain = t.gain,
	};
	if (a->verdict == STUDY_UNTOLD)
		say(&t, "%s", first->why[0] ? first->why :
		    "one repetition: no interval");
	if (a->verdict == STUDY_NOTHING)
		say(&t, "%s", t.text[0] ? ": under 1 %" : "no effect seen");
	a->text = study_must(strdup(t.text));
}

static bool is_known(const struct study_effects *effects,
		     const struct study_effect *e)
{
	const struct study_effect *one;

	for (one = effects->effect; one < e; one++)
		if (same_change(one, e) && !one->repetition)
			return true;
	return false;
}

/* Only one of several levels that gain can be advised. */
static void keep_best(struct study_advices *all)
{
	struct study_advice *a, *b, *end = all->advice + all->count;

	for (a = all->advice; a < end; a++)
		for (b = all->advice; b < end; b++)
			if (a->verdict == STUDY_CHANGE && a != b &&
			    b->verdict == STUDY_CHANGE &&
			    !strcmp(a->effect->cell->centre,
				    b->effect->cell->centre) &&
			    !strcmp(a->effect->cell->factor,
				    b->effect->cell->factor) &&
			    a->gain < b->gain)
				a->verdict = STUDY_SECOND;
}

static int order(const void *x, const void *y)
{
	const struct study_advice *a = x, *b = y;
	int centre = strcmp(a->effect->cell->centre, b->effect->cell->centre);

	if (centre)
		return centre;
	if (a->verdict != b->verdict)
		return a->verdict < b->verdict ? -1 : 1;
	if (fabs(a->gain) != fabs(b->gain))
		return fabs(a->gain) > fabs(b->gain) ? -1 : 1;
	return a->effect < b->effect ? -1 : 1;
}

void study_advise(struct study_advices *advices,
		  const struct study_effects *effects)
{
	size_t i;

	advices->count = 0;
	advices->advice = study_must(calloc(effects->count + 1,
					    sizeof(*advices->advice)));
	for (i = 0; i < effects->count; i++) {
		const struct study_effect *e = &effects->effect[i];

		if (setting_role(e->cell->factor) == ROLE_SYSTEM && !e->repetition &&
		    !is_known(effects, e))
			advise(&advices->advice[advices->count++], effects, e);
	}
	keep_best(advices);
	qsort(advices->advice, advices->count, sizeof(*advices->advice),
	      order);
}

void study_advices_free(struct study_advices *advices)
{
	while (advices->count)
		free(advices->advice[--advices->count].text);
	free(advices->advice);
	*advices = (struct study_advices) { 0 };
}
