// SPDX-License-Identifier: GPL-2.0
/* The lab's report: every table fits a terminal, and no columns touch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab/study/report.h"
#include "lab/study/study.h"
#include "tests/unit/unit.h"
#include "tests/unit/width.h"
#include "user/data/plain.h"
#include "user/data/table.h"

enum { REPETITIONS = 4, SAMPLES = 2600 };

/* An average with 20 digits, which no other column has. */
#define GREATEST	12345678901234567168.0
#define GREATEST_TEXT	"12345678901234567168"
#define LONG_NAME	"a-cell-with-a-long-name-of-one-word-"

static char *text;

static char *copy(const char *from)
{
	return from ? strdup(from) : NULL;
}

static void add_runs(struct study_cell *cell, double base)
{
	const char *mechanism = study_is(cell, "cntp", "native") ?
				"forwarded" : "emulated";
	size_t i, j;

	cell->runs = calloc(REPETITIONS, sizeof(*cell->runs));
	cell->run_count = REPETITIONS;
	for (i = 0; i < REPETITIONS; i++) {
		struct study_run *run = &cell->runs[i];

		*run = (struct study_run) {
			.file = copy("f"), .source = copy("phys"),
			.mechanism = copy(mechanism), .stage = copy("T1"),
			.unit = copy("instructions"),
			.verdict = copy("lossless"), .why = copy(""),
			.lossless = true, .count = SAMPLES,
			.missed = UINT64_MAX / REPETITIONS, .avg = base,
			.min = base / 2, .max = 2 * base, .warm_max = 2 * base,
			.warm_count = SAMPLES,
		};
		run->warm = calloc(SAMPLES, sizeof(*run->warm));
		for (j = 0; j < SAMPLES; j++)
			run->warm[j] = base / 2 + (double)j;
	}
}

static void set(struct study_cell *cell, const char *key, const char *value)
{
	cell->settings = realloc(cell->settings, (cell->setting_count + 1) *
				 sizeof(*cell->settings));
	cell->settings[cell->setting_count++] = (struct study_setting) {
		copy(key), copy(value),
	};
}

static const char *const defaults[][2] = {
	{ "machine", "xen" }, { "hypervisor", "a-build-of-xen-with-a-name" },
	{ "scheduler", "credit2" }, { "pinning", "yes" }, { "vwfi", "trap" },
	{ "cntp", "trap" }, { "guest", "linux" }, { "source", "phys" },
	{ "period", "1009us" }, { "icount_shift", "0" }, { "boots", "2" },
	{ "debug", "no" }, { "timer_slop", "50000" },
};

/* Other than the defaults: one setting, @factor, is @level. Base 0: failed. */
static void add(struct study *study, const char *name, const char *factor,
		const char *level, double base)
{
	struct study_cell *cell;
	char long_name[128];
	size_t i;

	study->cells = realloc(study->cells, (study->count + 1) *
			       sizeof(*study->cells));
	cell = &study->cells[study->count++];
	snprintf(long_name, sizeof(long_name), LONG_NAME "%s", name);
	*cell = (struct study_cell) {
		.name = copy(long_name), .load = copy("idle"),
		.centre = copy(LONG_NAME "today"), .factor = copy(factor),
		.level = copy(level), .source = copy("phys"), .why = copy(""),
		.boots = 2,
	};
	for (i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		set(cell, defaults[i][0],
		    factor && !strcmp(factor, defaults[i][0]) ? level :
							defaults[i][1]);
	cell->readback[STUDY_QEMU] = copy("QEMU emulator version 10.0.0");
	cell->readback[STUDY_KERNEL] = copy("6.1.0-example #1 SMP");
	cell->readback[STUDY_XEN_COMMANDLINE] = copy(name);
	if (base) {
		add_runs(cell, base);
		return;
	}
	cell->status = STUDY_FAILED;
	free(cell->why);
	cell->why = copy("the machine was lost, and was lost again when it was started for the second and the third time");
}

static void make(struct study *study, double base)
{
	*study = (struct study) {
		.matrix = copy("long"), .file = copy("long.cfg"),
	};
	add(study, "today", NULL, NULL, base);
	add(study, "vwfi", "vwfi", "native", base / 3);
	add(study, "cntp", "cntp", "native", 3 * base);
	add(study, "bare", "guest", "bare-metal", base / 5);
	add(study, "20us", "period", "20us", 2 * base);
	add(study, "100us", "period", "100us", base);
	add(study, "scheduler", "scheduler",
	    "a-scheduler-with-a-name-that-is-longer-than-all-other-schedulers",
	    base / 7);
	add(study, "lost", "debug", "yes", 0);
}

static void print(double base)
{
	struct study_results results;
	struct page page = { 0 };
	struct study study;
	size_t size;
	FILE *out;

	make(&study, base);
	study_summarise(&study);
	study_results_find(&results, &study);
	study_report(&page, &results);
	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	page_print_text(out, &page);
	fclose(out);
	page_free(&page);
	study_results_free(&results);
	study_free(&study);
}

static size_t count_of(const char *word)
{
	size_t count = 0;
	const char *at;

	for (at = text; (at = strstr(at, word)); at += strlen(word))
		count++;
	return count;
}

/* Two blanks or the ends of a line are around each of these numbers. */
static void check_apart(const char *number)
{
	size_t length = strlen(number);
	const char *at;

	for (at = text; (at = strstr(at, number)); at += length) {
		if (at[-1] == ' ' && at[-2] == ' ')
			ck_assert_msg(at[length] == '\n' ||
				      (at[length] == ' ' &&
				       at[length + 1] == ' '), "%.80s", at);
		else	/* in a sentence */
			ck_assert_msg(strchr(" ([+-", at[-1]), "%.80s", at - 20);
	}
}

START_TEST(tables_of_long_names_and_values_fit)
{
	static const char *const tables[] = {
		"All cells", "By AVG:", "By p99.9:", "By WARM_MAX:",
		"no number", "because", "The timers of a guest",
		"How far ahead a deadline is",
		"What the guest's own kernel adds", "The published table",
	};
	size_t i;

	print(GREATEST);
	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		ck_assert_msg(strstr(text, tables[i]), "no %s in %s",
			      tables[i], text);
	unit_check_width(text);
	ck_assert_uint_gt(count_of(GREATEST_TEXT), 5);
	check_apart(GREATEST_TEXT);
}
END_TEST

START_TEST(what_all_systems_share_is_said_once)
{
	print(1000);
	unit_check_width(text);
	ck_assert_uint_eq(count_of("QEMU emulator"), 1);
	ck_assert_ptr_nonnull(strstr(text,
		"- all systems: QEMU emulator version 10.0.0\n"
		"- all with guest Linux: kernel 6.1.0-example #1 SMP\n"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report");
	int failed;

	unit_add(suite, tables_of_long_names_and_values_fit);
	unit_add(suite, what_all_systems_share_is_said_once);
	failed = unit_run(suite);
	free(text);
	return failed;
}
