// SPDX-License-Identifier: GPL-2.0
/* The ranked effects of every setting, for each centre, and the advice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "must.h"
#include "report.h"
#include "words.h"

/* struct ranking - of one centre, load, guest and source */
struct ranking {
	const struct study_results *results;
	const struct study_cell *like;
	const struct study_effect **list;
	size_t count;
};

static const char *change_of(const struct study_effect *e)
{
	const char *factor = e->cell->factor;
	const char *from = e->base ? study_setting(e->base, factor) : "";

	return words_of("%s: %s -> %s", factor, *from ? from : "-",
			study_level(e->cell));
}

static const char *remark_of(const struct study_effect *e,
			     const struct study_change *c)
{
	return words_of("%s%s%s%s", c->seen == STUDY_NO_EFFECT ?
			"no effect seen" : c->seen == STUDY_ALONE ?
			"one repetition: no interval" : "",
			c->moves ? "time-constant effect" : "",
			*e->also ? (c->seen == STUDY_EFFECT && !c->moves ?
				    "differs too: " : "; differs too: ") : "",
			e->also);
}

static void add_change(struct page *page, const struct study_effect *e,
		       const struct study_change *c)
{
	page_row(page, "%s\t%s\t%s\t%s\t%s\t%+.1f\t%s\t%s\t%s %s\t%s",
		 c->rank ? words_of("%zu", c->rank) : "-", change_of(e),
		 words_number(c->from), words_number(c->to),
		 words_signed(c->difference.value), c->percent,
		 words_interval(&c->difference), e->cell->name,
		 words_legend(e->base), words_legend(e->cell),
		 remark_of(e, c));
}

static bool is_unsupported(const struct study_effect *e)
{
	return !e->why[0] && e->change[STUDY_TAIL].seen == STUDY_UNKNOWN;
}

static void add_unsupported(struct page *page, const struct ranking *r)
{
	const struct study_effect *e;
	char *list = NULL;
	size_t i, size;
	FILE *out = study_must(open_memstream(&list, &size));

	for (i = 0; i < r->count; i++) {
		e = r->list[i];
		if (is_unsupported(e))
			fprintf(out, "%s%s (%llu, %llu)",
				ftell(out) ? "; " : "", change_of(e),
				(unsigned long long)e->cell->summary.samples,
				(unsigned long long)e->base->summary.samples);
	}
	if (fclose(out))
		study_must(NULL);
	if (*list)
		page_add(page, PAGE_ITEM,
			 "Not ranked by p99.9, as the cell or its centre has fewer than 10,000 samples: %s.",
			 list);
	free(list);
}

static bool has_numbers(const struct ranking *r, enum study_statistic s)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->list[i]->change[s].seen != STUDY_UNKNOWN)
			return true;
	return false;
}

static void add_ranking(struct page *page, struct ranking *r,
			enum study_statistic s)
{
	size_t i;

	r->count = study_ranked(&r->results->effects, r->like, s, r->list);
	if (has_numbers(r, s)) {
		page_add(page, PAGE_TEXT, "By %s:", study_statistic_name(s));
		page_table(page, "=>#\t=setting\t>from\t>to\t>effect\t>%\t95 % interval\tcell\tsystem\tremark");
		for (i = 0; i < r->count; i++)
			if (r->list[i]->change[s].seen != STUDY_UNKNOWN)
				add_change(page, r->list[i],
					   &r->list[i]->change[s]);
	}
	if (s == STUDY_TAIL)
		add_unsupported(page, r);
}

/* Cells without a number are listed with the reason. */
static void add_silent(struct page *page, const struct study_effects *effects,
		       const char *centre, const char *load)
{
	bool begun = false;
	size_t i;

	for (i = 0; i < effects->count; i++) {
		const struct study_effect *e = &effects->effect[i];

		if (!e->why[0] || strcmp(e->cell->centre, centre) ||
		    strcmp(e->cell->load, load))
			continue;
		if (!begun)
			page_table(page, "=no number\tcell\tguest\twhy");
		begun = true;
		page_row(page, "%s\t%s\t%s %s\t%s", change_of(e),
			 e->cell->name, words_guest(e->cell), e->cell->source,
			 e->why);
	}
}

/* Was this ranking printed with an earlier effect? */
static bool is_printed(const struct study_effects *effects, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!effects->effect[i].why[0] &&
		    !effects->effect[i].repetition &&
		    study_same_ranking(effects->effect[i].cell,
				       effects->effect[n].cell))
			return true;
	return false;
}

static void add_rankings(struct page *page, struct ranking *r)
{
	int s;

	page_add(page, PAGE_TEXT, "%s, %s, centre \"%s\", %s:",
		 words_guest(r->like), r->like->source, r->like->centre,
		 r->like->load);
	for (s = 0; s < STUDY_STATISTICS; s++)
		add_ranking(page, r, s);
}

static void add_centre(struct page *page, const struct study_results *results,
		       const char *centre, const char *load)
{
	const struct study_effects *effects = &results->effects;
	struct ranking r = { .results = results };
	bool begun = false;
	size_t i;

	r.list = study_must(calloc(effects->count + 1, sizeof(*r.list)));
	for (i = 0; i < effects->count; i++) {
		const struct study_effect *e = &effects->effect[i];

		if (strcmp(e->cell->centre, centre) ||
		    strcmp(e->cell->load, load))
			continue;
		if (!begun)
			page_add(page, PAGE_SUBHEADING,
				 "From centre \"%s\", %s", centre, load);
		begun = true;
		r.like = e->cell;
		if (!e->why[0] && !e->repetition && !is_printed(effects, i))
			add_rankings(page, &r);
	}
	if (begun)
		add_silent(page, effects, centre, load);
	free(r.list);
}

/* Is this the first cell of its centre? */
static bool is_first(const struct study *study, size_t n)
{
	size_t i;

	if (!study->cells[n].centre)
		return false;
	for (i = 0; i < n; i++)
		if (study->cells[i].centre &&
		    !strcmp(study->cells[i].centre, study->cells[n].centre))
			return false;
	return true;
}

static void add_advice(struct page *page, const struct study_advice *a)
{
	page_row(page, "%s\t%s\t%s", study_verdict_name(a->verdict),
		 change_of(a->effect), *a->text ? a->text : "-");
}

static void add_advices(struct page *page, const struct study_results *results)
{
	const struct study_advices *all = &results->advices;
	const struct study *study = results->study;
	bool begun;
	size_t i, j;

	if (!all->count)
		return;
	page_add(page, PAGE_SUBHEADING, "What follows");
	page_add(page, PAGE_TEXT,
		 "The advice uses these cells only. \"change\": AVG, p99.9 or WARM_MAX becomes lower by at least 1 %% of the centre, and none becomes higher by as much; of several levels, the one that lowers AVG most is named, under contention if that was measured. \"depends\": one becomes lower and another higher. \"keep\": higher. A negative percentage means less lateness.");
	for (i = 0; i < study->count; i++) {
		if (!is_first(study, i))
			continue;
		begun = false;
		for (j = 0; j < all->count; j++) {
			if (strcmp(all->advice[j].effect->cell->centre,
				   study->cells[i].centre))
				continue;
			if (!begun)
				page_table(page, words_of("=from \"%s\"\t=setting\tbecause",
							  study->cells[i].centre));
			begun = true;
			add_advice(page, &all->advice[j]);
		}
	}
}

static void add_twice(struct page *page, const struct study_effect *e)
{
	int s;

	for (s = 0; s < STUDY_STATISTICS; s++) {
		const struct study_change *c = &e->change[s];

		if (!c->difference.known || !c->elsewhere.known)
			continue;
		page_row(page, "%s\t%s\t%s\t%s %s\t%s\t%s %s\t%s\t%s\t%s",
			 change_of(e), study_statistic_name(s),
			 study_setting(e->cell, "icount_shift"),
			 words_signed(c->difference.value),
			 words_interval(&c->difference), e->shift,
			 words_signed(c->elsewhere.value),
			 words_interval(&c->elsewhere),
			 c->moves ? "TIME-CONSTANT EFFECT" : "does not move",
			 e->cell->name, e->cell->source);
	}
}

static void add_scales(struct page *page, const struct study_effects *effects)
{
	bool begun = false;
	size_t i;

	for (i = 0; i < effects->count; i++) {
		const struct study_effect *e = &effects->effect[i];

		if (!e->shift || e->repetition)
			continue;
		if (!begun) {
			page_add(page, PAGE_SUBHEADING,
				 "Effects of a time constant");
			page_add(page, PAGE_TEXT,
				 "These effects were measured again at another scale of the instruction clock (icount_shift). A longer path takes the same number of instructions at any scale. A time that Xen or Linux waits for in nanoseconds does not: such an effect moves.");
			page_table(page, "=setting\t=statistic\tshift\teffect\tother shift\teffect there\tso it\tcell\tsource");
		}
		begun = true;
		add_twice(page, e);
	}
	for (i = 0; i < effects->count; i++)
		if (effects->effect[i].time_constant &&
		    !strcmp(effects->effect[i].cell->factor, "icount_shift"))
			page_add(page, PAGE_ITEM,
				 "%s: AVG itself differs by %+.1f %% at another scale, so the centre depends on a time constant.",
				 effects->effect[i].cell->name,
				 effects->effect[i].change[0].percent);
}

/* Rows without a factor: what no cell of this lab can measure. */
static void add_boards_only(struct page *page, const struct study *study)
{
	bool begun = false;
	char why[256];
	size_t i;

	for (i = 0; i < study->count; i++) {
		const struct study_cell *cell = &study->cells[i];

		if (cell->status != STUDY_BOARDS_ONLY || cell->factor)
			continue;
		if (!begun)
			page_table(page, "=boards only\twhy");
		begun = true;
		study_without(why, sizeof(why), cell);
		page_row(page, "%s\t%s", cell->name, why);
	}
}

void study_report_effects(struct page *page,
			const struct study_results *results)
{
	static const char *const loads[] = { "idle", "contended", "spinner" };
	const struct study *study = results->study;
	size_t i, j;

	if (!results->effects.count)
		return;
	page_section(page, "What each setting does");
	page_add(page, PAGE_TEXT,
		 "Each cell changes one setting of a centre. \"from\" is the value at the centre under the same load, and \"effect\" the difference; # is the rank; \"system\" names both systems. The 95 %% intervals are over repetitions (phases x boots). For AVG and WARM_MAX they come from Welch's t-test on one value for each recording; WARM_MAX is here the mean of the recordings' maxima. For p99.9 they come from a bootstrap of whole recordings (%d resamples, fixed seed), if there are 10,000 samples. If the interval includes 0, \"no effect seen\" is printed and there is no rank. The ranks are by percent.",
		 STUDY_RESAMPLES);
	for (i = 0; i < study->count; i++)
		for (j = 0; is_first(study, i) && j < 3; j++)
			add_centre(page, results, study->cells[i].centre,
				   loads[j]);
	add_boards_only(page, study);
	add_advices(page, results);
	add_scales(page, &results->effects);
}
