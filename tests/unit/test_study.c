// SPDX-License-Identifier: GPL-2.0
/* The lab's statistics and what is concluded from them, of made-up cells. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study.h"
#include "study_advice.h"
#include "study_effect.h"
#include "study_gate.h"
#include "study_pairs.h"
#include "unit.h"

enum { REPETITIONS = 4, SAMPLES = 2600 };

START_TEST(t_is_that_of_the_tables)
{
	ck_assert_double_eq(study_t(1), 12.706);
	ck_assert_double_eq(study_t(7), 2.365);
	ck_assert_double_eq(study_t(15.9), 2.131);	/* the wider one */
	ck_assert_double_eq(study_t(0.5), 12.706);
	ck_assert_double_eq(study_t(1e9), 1.962);
}
END_TEST

START_TEST(mean_has_the_textbook_interval)
{
	static const double x[] = { 10, 12, 14, 16 };
	struct study_estimate e;

	/* mean 13, s = 2.582, s / sqrt(4) = 1.291, t(3) = 3.182 */
	e = study_contrast(&(struct study_group) { 1, x, 4 }, 1);
	ck_assert(e.known && e.bounded);
	ck_assert_double_eq(e.value, 13);
	ck_assert_double_eq_tol(e.low, 13 - 4.108, 0.001);
	ck_assert_double_eq_tol(e.high, 13 + 4.108, 0.001);
}
END_TEST

START_TEST(difference_is_welch)
{
	static const double a[] = { 27.5, 21.0, 19.0, 23.6, 17.0, 17.9 };
	static const double b[] = { 27.1, 22.0, 20.8, 23.4, 23.4, 23.5 };
	const struct study_group both[] = { { -1, a, 6 }, { 1, b, 6 } };
	struct study_estimate e = study_contrast(both, 2);

	/* se 1.8351, Welch's df 7.64: t(7) = 2.365 */
	ck_assert_double_eq_tol(e.value, 2.3667, 0.0001);
	ck_assert_double_eq_tol(e.high - e.value, 2.365 * 1.8351, 0.001);
	ck_assert_double_eq_tol(e.value - e.low, e.high - e.value, 1e-9);
	ck_assert(!study_excludes_zero(&e));
}
END_TEST

START_TEST(one_repetition_has_no_interval)
{
	static const double a[] = { 1 }, b[] = { 5, 5 };
	const struct study_group both[] = { { -1, a, 1 }, { 1, b, 2 } };
	struct study_estimate e = study_contrast(both, 2);

	ck_assert(e.known && !e.bounded);
	ck_assert_double_eq(e.value, 4);
	ck_assert(!study_excludes_zero(&e));
	ck_assert(!study_contrast(&(struct study_group) { 1, b, 0 }, 1).known);
}
END_TEST

START_TEST(exact_repetition_is_an_exact_interval)
{
	static const double a[] = { 5, 5, 5 }, b[] = { 6, 6, 6 };
	const struct study_group both[] = { { -1, a, 3 }, { 1, b, 3 } };
	const struct study_group same[] = { { -1, a, 3 }, { 1, a, 3 } };
	struct study_estimate e = study_contrast(both, 2);

	ck_assert(e.bounded && study_excludes_zero(&e));
	ck_assert_double_eq(e.low, 1);
	ck_assert_double_eq(e.high, 1);
	e = study_contrast(same, 2);
	ck_assert(e.bounded && !study_excludes_zero(&e));
}
END_TEST

START_TEST(quantile_is_the_pooled_rank)
{
	double a[60], b[40];
	const struct study_sorted both[] = { { a, 60 }, { b, 40 } };
	size_t i, m = 0, n = 0;

	for (i = 1; i <= 100; i++)	/* 1 to 100, dealt out */
		*(i % 5 < 3 ? &a[m++] : &b[n++]) = (double)i;
	ck_assert_uint_eq(m, 60);
	ck_assert_double_eq(study_quantile(both, 2, 50000), 50);
	ck_assert_double_eq(study_quantile(both, 2, 90000), 90);
	ck_assert_double_eq(study_quantile(both, 2, 99000), 99);
	ck_assert_double_eq(study_quantile(both, 2, 99900), 100);
	ck_assert_double_eq(study_quantile(both, 2, 1000), 1);
}
END_TEST

START_TEST(tail_needs_ten_values_beyond)
{
	ck_assert(study_supports(10000, STUDY_P99_9));
	ck_assert(!study_supports(9999, STUDY_P99_9));
	ck_assert(study_supports(20, STUDY_P50));
	ck_assert(!study_supports(19, STUDY_P50));
}
END_TEST

/* @SAMPLES from @base up; @high of them 1000 more. */
static double *samples(double base, size_t high)
{
	double *value = calloc(SAMPLES, sizeof(*value));
	size_t i;

	for (i = 0; i < SAMPLES; i++)
		value[i] = base + (double)(i % 7) +
			   (i >= SAMPLES - high ? 1000 : 0);
	qsort(value, SAMPLES, sizeof(*value), study_order);
	return value;
}

START_TEST(bootstrap_repeats_and_sees_a_tail)
{
	struct study_sorted from[REPETITIONS], to[REPETITIONS];
	struct study_estimate a, b;
	size_t i;

	for (i = 0; i < REPETITIONS; i++) {
		from[i] = (struct study_sorted) { samples(100, 0), SAMPLES };
		to[i] = (struct study_sorted) { samples(100, 10), SAMPLES };
	}
	a = study_quantile_estimate(from, 4, to, 4, STUDY_P99_9);
	b = study_quantile_estimate(from, 4, to, 4, STUDY_P99_9);
	ck_assert(a.known && a.bounded && study_excludes_zero(&a));
	ck_assert(!memcmp(&a, &b, sizeof(a)));
	ck_assert(a.value >= 990 && a.value <= 1010);
	ck_assert(!study_quantile_estimate(from, 4, to, 0, STUDY_P99_9).known);
	for (i = 0; i < REPETITIONS; i++) {
		free((double *)from[i].value);
		free((double *)to[i].value);
	}
}
END_TEST

/*
 * A tail in one recording of four is no effect of the cell: drawn again, that
 * recording is often not among them.
 */
START_TEST(bootstrap_is_over_recordings)
{
	struct study_sorted from[REPETITIONS], to[REPETITIONS];
	struct study_estimate e;
	size_t i;

	for (i = 0; i < REPETITIONS; i++) {
		from[i] = (struct study_sorted) { samples(100, 0), SAMPLES };
		to[i] = (struct study_sorted) { samples(100, i ? 0 : 40),
						SAMPLES };
	}
	e = study_quantile_estimate(from, 4, to, 4, STUDY_P99_9);
	ck_assert(e.value >= 990);
	ck_assert(!study_excludes_zero(&e));
	for (i = 0; i < REPETITIONS; i++) {
		free((double *)from[i].value);
		free((double *)to[i].value);
	}
}
END_TEST

static char *copy(const char *text)
{
	return text ? strdup(text) : NULL;
}

static void set(struct study_cell *cell, const char *key, const char *value)
{
	cell->settings = realloc(cell->settings, (cell->setting_count + 1) *
				 sizeof(*cell->settings));
	cell->settings[cell->setting_count++] = (struct study_setting) {
		copy(key), copy(value),
	};
}

/* A repetition each: @base, @base + 1, ... */
static void add_runs(struct study_cell *cell, double base)
{
	size_t i;

	cell->runs = calloc(REPETITIONS, sizeof(*cell->runs));
	cell->run_count = REPETITIONS;
	for (i = 0; i < REPETITIONS; i++)
		cell->runs[i] = (struct study_run) {
			.file = copy("f"), .source = copy("phys"),
			.mechanism = copy("emulated"), .stage = copy("T1"),
			.unit = copy("instructions"),
			.verdict = copy("lossless"), .why = copy(""),
			.lossless = true, .count = SAMPLES,
			.avg = base + (double)i, .min = base,
			.max = base + 100, .warm_max = base + 50 + (double)i,
			.warm = samples(base + (double)i, 0),
			.warm_count = SAMPLES,
		};
}

/* @changes: "key=value key=value", after the defaults. */
static struct study_cell *add(struct study *study, const char *name,
			      const char *load, const char *factor,
			      double base, const char *changes)
{
	static const char *const defaults[][2] = {
		{ "machine", "xen" }, { "hypervisor", "a" },
		{ "scheduler", "credit2" }, { "pinning", "no" },
		{ "vwfi", "trap" }, { "cntp", "trap" }, { "guest", "linux" },
		{ "source", "phys" }, { "period", "1009us" },
		{ "icount_shift", "0" }, { "boots", "2" }, { "debug", "no" },
	};
	char key[32], value[32], all[256];
	struct study_cell *cell;
	size_t i;

	study->cells = realloc(study->cells, (study->count + 1) *
			       sizeof(*study->cells));
	cell = &study->cells[study->count++];
	*cell = (struct study_cell) {
		.name = copy(name), .load = copy(load), .centre = copy("today"),
		.factor = copy(factor), .source = copy("phys"),
	};
	snprintf(all, sizeof(all), " %s ", changes);
	for (i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
		const char *at;

		snprintf(key, sizeof(key), " %s=", defaults[i][0]);
		at = strstr(all, key);
		if (at)
			sscanf(at + strlen(key), "%31s", value);
		set(cell, defaults[i][0], at ? value : defaults[i][1]);
	}
	if (base)
		add_runs(cell, base);
	else
		cell->status = STUDY_FAILED;
	return cell;
}

static const struct study_effect *find(const struct study_effects *effects,
				       const char *name)
{
	size_t i;

	for (i = 0; i < effects->count; i++)
		if (!strcmp(effects->effect[i].cell->name, name))
			return &effects->effect[i];
	ck_abort_msg("no effect of %s", name);
	return NULL;
}

START_TEST(effects_are_ranked_by_size)
{
	struct study study = { 0 };
	struct study_effects effects;
	const struct study_effect *list[8];

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "small", "idle", "scheduler", 1100, "scheduler=null");
	add(&study, "none", "idle", "pinning", 1000, "pinning=yes");
	add(&study, "lost", "idle", "scheduler", 0, "scheduler=rtds");
	add(&study, "large", "idle", "vwfi", 500, "vwfi=native");
	study_summarise(&study);
	study_effects_find(&effects, &study);
	ck_assert_uint_eq(effects.count, 4);
	ck_assert_uint_eq(study_ranked(&effects, &study.cells[0], STUDY_AVG,
				       list), 4);
	ck_assert_str_eq(list[0]->cell->name, "large");
	ck_assert_str_eq(list[1]->cell->name, "small");
	ck_assert_str_eq(list[2]->cell->name, "none");
	ck_assert_str_eq(list[3]->cell->name, "lost");
	ck_assert_uint_eq(list[0]->change[STUDY_AVG].rank, 1);
	ck_assert_double_eq(list[0]->change[STUDY_AVG].difference.value, -500);
	ck_assert_int_eq(list[2]->change[STUDY_AVG].seen, STUDY_NO_EFFECT);
	ck_assert_uint_eq(list[2]->change[STUDY_AVG].rank, 0);
	ck_assert_str_eq(list[3]->why, "failed");
	strcpy(study.cells[0].source, "virt");
	ck_assert_uint_eq(study_ranked(&effects, &study.cells[0], STUDY_AVG,
				       list), 0);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(tail_is_ranked_from_ten_thousand_samples_on)
{
	struct study study = { 0 };
	struct study_effects effects;
	size_t i;

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "large", "idle", "vwfi", 500, "vwfi=native");
	study_summarise(&study);
	study_effects_find(&effects, &study);
	ck_assert_uint_eq(effects.effect[0].change[STUDY_TAIL].rank, 1);
	study_effects_free(&effects);
	for (i = 0; i < REPETITIONS; i++)
		study.cells[0].runs[i].count = 2499;
	study_summarise(&study);
	study_effects_find(&effects, &study);
	ck_assert(!study.cells[0].summary.percentile[3].known);
	ck_assert_int_eq(effects.effect[0].change[STUDY_TAIL].seen,
			 STUDY_UNKNOWN);
	ck_assert_uint_eq(effects.effect[0].change[STUDY_AVG].rank, 1);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(centre_is_the_one_under_the_same_load)
{
	struct study study = { 0 };
	struct study_effects effects;
	const struct study_effect *e;

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "today-bare", "idle", NULL, 300, "guest=bare-metal");
	/* as near: the plan's first is taken */
	add(&study, "again-bare", "idle", NULL, 300, "guest=bare-metal");
	add(&study, "busy", "contended", NULL, 9000, "");
	add(&study, "busy-pinned", "contended", "pinning", 4000, "pinning=yes");
	add(&study, "bare-pinned", "idle", "pinning", 310,
	    "pinning=yes guest=bare-metal");
	add(&study, "spinning", "spinner", "vwfi", 900, "vwfi=native");
	study_summarise(&study);
	study_effects_find(&effects, &study);
	e = find(&effects, "busy-pinned");
	ck_assert_str_eq(e->base->name, "busy");
	ck_assert_str_eq(e->also, "");
	ck_assert_str_eq(find(&effects, "bare-pinned")->base->name,
			 "today-bare");
	e = find(&effects, "spinning");
	ck_assert_ptr_null(e->base);
	ck_assert(e->why[0]);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(what_differs_too_is_named)
{
	struct study study = { 0 };
	struct study_effects effects;

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "two", "idle", "pinning", 900,
	    "pinning=yes scheduler=null boots=9");
	study_summarise(&study);
	study_effects_find(&effects, &study);
	ck_assert_str_eq(effects.effect[0].also, "scheduler");
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(stages_are_not_compared)
{
	struct study study = { 0 };
	struct study_effects effects;
	size_t i;

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "later", "idle", "source", 900, "source=hrtimer");
	for (i = 0; i < REPETITIONS; i++)
		study.cells[1].runs[i].stage[1] = '2';
	study_summarise(&study);
	study_effects_find(&effects, &study);
	ck_assert_ptr_nonnull(strstr(effects.effect[0].why, "stage T2"));
	ck_assert_int_eq(effects.effect[0].change[0].seen, STUDY_UNKNOWN);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(effect_that_moves_with_the_scale_is_a_time_constant)
{
	struct study study = { 0 };
	struct study_effects effects;
	const struct study_effect *e;

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "path", "idle", "vwfi", 500, "vwfi=native");
	add(&study, "wait", "idle", "scheduler", 700, "scheduler=null");
	add(&study, "today-3", "idle", "icount_shift", 1000, "icount_shift=3");
	add(&study, "path-3", "idle", "vwfi", 501, "vwfi=native icount_shift=3");
	add(&study, "wait-3", "idle", "scheduler", 960,
	    "scheduler=null icount_shift=3");
	study_summarise(&study);
	study_effects_find(&effects, &study);
	e = find(&effects, "path");
	ck_assert_str_eq(e->shift, "3");
	ck_assert(!e->time_constant);
	e = find(&effects, "wait");
	ck_assert(e->time_constant && e->change[STUDY_AVG].moves);
	ck_assert_double_eq(e->change[STUDY_AVG].elsewhere.value, -40);
	e = find(&effects, "wait-3");
	ck_assert(e->repetition && !e->change[STUDY_AVG].rank);
	ck_assert_str_eq(e->base->name, "today-3");
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

static enum study_verdict verdict_of(const struct study_advices *all,
				     const char *name)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (!strcmp(all->advice[i].effect->cell->name, name))
			return all->advice[i].verdict;
	return STUDY_VERDICTS;
}

START_TEST(advice_follows_from_effects)
{
	struct study study = { 0 };
	struct study_effects effects;
	struct study_advices all;

	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "busy", "contended", NULL, 9000, "");
	add(&study, "pin", "idle", "pinning", 1000, "pinning=yes");
	add(&study, "pin-busy", "contended", "pinning", 4000, "pinning=yes");
	add(&study, "null", "idle", "scheduler", 600, "scheduler=null");
	add(&study, "credit", "idle", "scheduler", 800, "scheduler=credit");
	add(&study, "vwfi", "idle", "vwfi", 500, "vwfi=native");
	add(&study, "vwfi-busy", "contended", "vwfi", 9900, "vwfi=native");
	add(&study, "debug", "idle", "debug", 1300, "debug=yes");
	add(&study, "cntp", "idle", "cntp", 1005, "cntp=native");
	add(&study, "lost", "idle", "hypervisor", 0, "hypervisor=b");
	add(&study, "often", "idle", "period", 2000, "period=1ms");
	study_summarise(&study);
	study_effects_find(&effects, &study);
	study_advise(&all, &effects);
	ck_assert_int_eq(verdict_of(&all, "pin"), STUDY_CHANGE);
	ck_assert_int_eq(verdict_of(&all, "null"), STUDY_CHANGE);
	ck_assert_int_eq(verdict_of(&all, "credit"), STUDY_SECOND);
	ck_assert_int_eq(verdict_of(&all, "vwfi"), STUDY_DEPENDS);
	ck_assert_int_eq(verdict_of(&all, "debug"), STUDY_KEEP);
	ck_assert_int_eq(verdict_of(&all, "cntp"), STUDY_NOTHING);
	ck_assert_int_eq(verdict_of(&all, "lost"), STUDY_UNTOLD);
	/* how it was measured is nobody's configuration */
	ck_assert_int_eq(verdict_of(&all, "often"), STUDY_VERDICTS);
	study_advices_free(&all);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(published_rows_are_found)
{
	struct study_published table[STUDY_TABLES];
	struct study study = { 0 };

	add(&study, "native-el2", "idle", NULL, 290, "machine=native-el2");
	add(&study, "native", "idle", NULL, 300, "machine=native");
	add(&study, "today", "idle", NULL, 6000, "");
	add(&study, "pinned", "idle", "pinning", 4800, "pinning=yes");
	add(&study, "debug", "idle", "debug", 6800, "pinning=yes debug=yes");
	add(&study, "busy", "contended", NULL, 9000,
	    "pinning=yes vwfi=native");
	add(&study, "both", "idle", "vwfi", 1500, "pinning=yes vwfi=native");
	study_summarise(&study);
	study_published_find(table, &study);
	/* Linux, emulated */
	ck_assert_str_eq(table[3].row[STUDY_NATIVE]->name, "native");
	ck_assert_str_eq(table[3].row[STUDY_PINNED]->name, "pinned");
	ck_assert_str_eq(table[3].row[STUDY_PINNED_VWFI]->name, "both");
	ck_assert_double_eq_tol(study_ratio(&table[3], STUDY_PINNED_VWFI).value,
				1501.5 / 301.5, 1e-9);
	ck_assert_ptr_null(table[0].row[STUDY_PINNED]);
	ck_assert_double_eq_tol(study_ratio_2017(STUDY_PINNED), 16.17, 0.01);
	study_free(&study);
}
END_TEST

START_TEST(leads_ascend_and_slop_bites)
{
	struct study study = { 0 };
	struct study_sets sets = { 0 };

	add(&study, "far", "idle", NULL, 1000, "period=10ms");
	add(&study, "near", "idle", NULL, 21000, "period=20us");
	add(&study, "middle", "idle", NULL, 1050, "period=0.1ms");
	add(&study, "other", "idle", NULL, 1000, "period=5us vwfi=native");
	study_summarise(&study);
	study_leads(&sets, &study);
	ck_assert_uint_eq(sets.count, 1);
	ck_assert_uint_eq(sets.set[0].count, 3);
	ck_assert_str_eq(sets.set[0].cell[0]->name, "near");
	ck_assert_str_eq(sets.set[0].cell[2]->name, "far");
	ck_assert_int_eq(study_bites(&sets.set[0]), 0);
	study_sets_free(&sets);
	study_free(&study);
	ck_assert_double_eq(study_time_ns("50000"), 50000);
	ck_assert_double_eq(study_time_ns("1009us"), 1009000);
	ck_assert_double_eq(study_time_ns("10 parsecs"), 0);
}
END_TEST

START_TEST(sources_of_one_cell_are_split)
{
	struct study study = { 0 };

	add(&study, "both", "idle", NULL, 1000, "");
	strcpy(study.cells[0].runs[1].source, "virt");
	strcpy(study.cells[0].runs[3].source, "virt");
	study_split(&study);
	study_summarise(&study);
	ck_assert_uint_eq(study.count, 2);
	ck_assert_str_eq(study.cells[0].source, "phys");
	ck_assert_str_eq(study.cells[1].source, "virt");
	ck_assert_str_eq(study_setting(&study.cells[1], "source"), "virt");
	ck_assert_str_eq(study_setting(&study.cells[0], "source"), "phys");
	ck_assert_uint_eq(study.cells[0].run_count, 2);
	ck_assert_double_eq(study.cells[1].summary.avg.value, 1002);
	study_free(&study);
}
END_TEST

START_TEST(lossy_recordings_are_set_aside)
{
	struct study study = { 0 };

	add(&study, "one", "idle", NULL, 1000, "");
	study.cells[0].runs[0].lossless = false;
	study.cells[0].runs[0].avg = 1e6;
	study_summarise(&study);
	ck_assert_uint_eq(study.cells[0].summary.recordings, 3);
	ck_assert_uint_eq(study.cells[0].summary.set_aside, 1);
	ck_assert_double_eq(study.cells[0].summary.avg.value, 1002);
	ck_assert_double_eq(study.cells[0].summary.percentile[0].value, 1005);
	study_free(&study);
}
END_TEST

/* Two modes: @rare of 1000 samples have the longer path. */
static void modes(double curve[GATE_POINTS], double common, double longer,
		  size_t rare)
{
	double value[1000];
	size_t i;

	for (i = 0; i < 1000; i++)
		value[i] = i < 1000 - rare ? common : longer;
	gate_curve(curve, &(struct study_sorted) { value, 1000 }, 1);
}

START_TEST(curve_is_of_ranks)
{
	double value[1001], curve[GATE_POINTS];
	size_t i;

	for (i = 0; i < 1001; i++)
		value[i] = (double)(i + 1);
	gate_curve(curve, &(struct study_sorted) { value, 1001 }, 1);
	ck_assert_double_eq(curve[0], 1);
	ck_assert_double_eq(curve[1], 6);	/* 5.005 */
	ck_assert_double_eq(curve[100], 501);	/* 500.5 */
	ck_assert_double_eq(curve[200], 1001);
}
END_TEST

static size_t grown(double common, double longer, size_t rare,
		    struct gate_tolerance tolerance)
{
	double baseline[GATE_POINTS], now[GATE_POINTS];

	modes(baseline, 831, 1490, 100);
	modes(now, common, longer, rare);
	return gate_compare(baseline, now, &tolerance).grown;
}

START_TEST(mass_may_move_between_modes_a_little)
{
	const struct gate_tolerance t = { 1, 1 };

	ck_assert_uint_eq(grown(831, 1490, 100, t), 0);
	ck_assert_uint_eq(grown(831, 1490, 108, t), 0);
	ck_assert_uint_eq(grown(831, 1490, 92, t), 0);
	ck_assert_uint_ne(grown(831, 1490, 140, t), 0);
	/* p90 alone would have jumped from 831 to 1490 */
	ck_assert_uint_ne(grown(831, 1490, 108, (struct gate_tolerance) { 1, 0 }),
			  0);
}
END_TEST

START_TEST(each_mode_is_held_to_the_tolerance)
{
	const struct gate_tolerance t = { 1, 1 };

	ck_assert_uint_eq(grown(839, 1490, 100, t), 0);	/* +0.96 % */
	ck_assert_uint_ne(grown(840, 1490, 100, t), 0);	/* +1.08 % */
	ck_assert_uint_ne(grown(831, 1506, 100, t), 0);	/* mean: +0.2 % */
	ck_assert_uint_eq(grown(700, 1400, 100, t), 0);
}
END_TEST

START_TEST(rare_tail_is_free_and_a_common_one_is_not)
{
	double baseline[GATE_POINTS], now[GATE_POINTS];
	const struct gate_tolerance t = { 1, 1 };
	struct gate_result r;

	modes(baseline, 1000, 50000, 0);
	modes(now, 1000, 50000, 9);
	ck_assert_uint_eq(gate_compare(baseline, now, &t).grown, 0);
	modes(now, 1000, 50000, 25);
	r = gate_compare(baseline, now, &t);
	ck_assert_uint_ne(r.grown, 0);
	ck_assert_double_eq(r.to, 50000);
	ck_assert_double_eq(r.from, 1000);
}
END_TEST

START_TEST(shorter_is_told_and_is_no_growth)
{
	double baseline[GATE_POINTS], now[GATE_POINTS];
	const struct gate_tolerance t = { 1, 1 };
	struct gate_result r;

	modes(baseline, 1000, 2000, 100);
	modes(now, 900, 2000, 100);
	r = gate_compare(baseline, now, &t);
	ck_assert_uint_eq(r.grown, 0);
	ck_assert_uint_ne(r.shrunk, 0);
	ck_assert_double_eq(r.to, 900);
	ck_assert(r.mean_percent < -8);
	ck_assert(gate_mass_is_valid(0.5) && gate_mass_is_valid(0));
	ck_assert(!gate_mass_is_valid(0.7) && !gate_mass_is_valid(25));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("study");
	static const TTest *const *const tests[] = {
		&t_is_that_of_the_tables, &mean_has_the_textbook_interval,
		&difference_is_welch, &one_repetition_has_no_interval,
		&exact_repetition_is_an_exact_interval,
		&quantile_is_the_pooled_rank, &tail_needs_ten_values_beyond,
		&bootstrap_repeats_and_sees_a_tail,
		&bootstrap_is_over_recordings, &effects_are_ranked_by_size,
		&tail_is_ranked_from_ten_thousand_samples_on,
		&centre_is_the_one_under_the_same_load,
		&what_differs_too_is_named, &stages_are_not_compared,
		&effect_that_moves_with_the_scale_is_a_time_constant,
		&advice_follows_from_effects, &published_rows_are_found,
		&leads_ascend_and_slop_bites, &sources_of_one_cell_are_split,
		&lossy_recordings_are_set_aside, &curve_is_of_ranks,
		&mass_may_move_between_modes_a_little,
		&each_mode_is_held_to_the_tolerance,
		&rare_tail_is_free_and_a_common_one_is_not,
		&shorter_is_told_and_is_no_growth,
	};
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		unit_add(suite, *tests[i]);
	return unit_run(suite);
}
