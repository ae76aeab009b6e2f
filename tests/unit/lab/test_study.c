// SPDX-License-Identifier: GPL-2.0
/* The lab's statistics and its conclusions from them, with made-up cells. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lab/plan/settings.h"
#include "lab/study/study.h"
#include "lab/study/advice.h"
#include "lab/study/effect.h"
#include "lab/study/pairs.h"
#include "tests/unit/unit.h"

enum { REPETITIONS = 4, SAMPLES = 2600 };

/* %SAMPLES values from @base up. */
static double *samples(double base)
{
	double *value = calloc(SAMPLES, sizeof(*value));
	size_t i;

	for (i = 0; i < SAMPLES; i++)
		value[i] = base + (double)(i % 7);
	qsort(value, SAMPLES, sizeof(*value), study_order);
	return value;
}

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

/* One value for each repetition: @base, @base + 1, ... */
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
			.warm = samples(base + (double)i),
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
	/* equally near: the first one of the plan is used */
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
	ck_assert_ptr_nonnull(strstr(effects.effect[0].why, "an hrtimer callback (T2)"));
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
	/* how a cell was measured is not part of a configuration */
	ck_assert_int_eq(verdict_of(&all, "often"), STUDY_VERDICTS);
	study_advices_free(&all);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

/* Every setting of the table that says how it was measured, or how often. */
START_TEST(no_measurement_setting_is_advised)
{
	static const char *const known[] = { "settle", "phase", "stall", "cpus",
					     "competitor_cpu", "limit" };
	const char *name = setting_name((enum setting)_i);
	struct study study = { 0 };
	struct study_effects effects;
	struct study_advices all;
	char change[64];
	bool system = setting_role(name) == ROLE_SYSTEM;
	size_t i;

	snprintf(change, sizeof(change), "%s=other", name);
	add(&study, "today", "idle", NULL, 1000, "");
	add(&study, "changed", "idle", name, 500, change);
	study_summarise(&study);
	study_effects_find(&effects, &study);
	study_advise(&all, &effects);
	if (!system)
		ck_assert_int_eq(verdict_of(&all, "changed"), STUDY_VERDICTS);
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		ck_assert(!system || strcmp(name, known[i]));
	study_advices_free(&all);
	study_effects_free(&effects);
	study_free(&study);
}
END_TEST

START_TEST(two_schedules_are_two_systems)
{
	struct study study = { 0 };
	size_t i;

	for (i = 0; i < 3; i++) {
		struct study_cell *cell = add(&study, i ? i > 1 ? "c" : "b" : "a",
					      "idle", NULL, 1000, "");

		cell->readback[STUDY_SCHEDULER] = copy("arinc653");
		cell->readback[STUDY_SCHEDULE] = copy(i ? "domu:0 5ms" :
							  "domu:0 2ms");
	}
	study_summarise(&study);
	ck_assert_uint_eq(study.legends, 2);
	ck_assert_uint_ne(study.cells[0].legend, study.cells[1].legend);
	ck_assert_uint_eq(study.cells[1].legend, study.cells[2].legend);
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
	/* there is no ratio of instructions to nanoseconds */
	study.cells[1].summary.unit = "ns";
	ck_assert(!study_ratio(&table[3], STUDY_PINNED_VWFI).known);
	study_free(&study);
}
END_TEST

START_TEST(published_rows_are_found_before_they_ran)
{
	struct study_published table[STUDY_TABLES];
	struct study study = { 0 };
	struct study_cell *cell;

	cell = add(&study, "later", "idle", NULL, 0, "pinning=yes");
	cell->status = STUDY_NOT_RUN;
	free(cell->source);
	cell->source = copy("hrtimer phys");
	cell = add(&study, "other", "idle", NULL, 0, "pinning=yes");
	cell->status = STUDY_NOT_RUN;
	free(cell->source);
	cell->source = copy("hrtimer virt");
	study_summarise(&study);
	study_published_find(table, &study);
	ck_assert_str_eq(table[3].row[STUDY_PINNED]->name, "later");
	ck_assert_ptr_null(table[3].row[STUDY_PINNED_VWFI]);
	study_free(&study);
}
END_TEST

START_TEST(leads_ascend_and_slop_bites)
{
	struct study study = { 0 };
	struct study_sets sets = { 0 };

	add(&study, "far", "idle", NULL, 1000, "period=10ms");
	add(&study, "near", "idle", NULL, 21000, "period=20us");
	add(&study, "middle", "idle", NULL, 1050, "period=100us");
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

int main(void)
{
	Suite *suite = suite_create("study");

	unit_add(suite, effects_are_ranked_by_size);
	unit_add(suite, tail_is_ranked_from_ten_thousand_samples_on);
	unit_add(suite, centre_is_the_one_under_the_same_load);
	unit_add(suite, what_differs_too_is_named);
	unit_add(suite, stages_are_not_compared);
	unit_add(suite, effect_that_moves_with_the_scale_is_a_time_constant);
	unit_add(suite, advice_follows_from_effects);
	unit_add_loop(suite, no_measurement_setting_is_advised, SETTINGS);
	unit_add(suite, two_schedules_are_two_systems);
	unit_add(suite, published_rows_are_found);
	unit_add(suite, published_rows_are_found_before_they_ran);
	unit_add(suite, leads_ascend_and_slop_bites);
	unit_add(suite, sources_of_one_cell_are_split);
	unit_add(suite, lossy_recordings_are_set_aside);
	return unit_run(suite);
}
