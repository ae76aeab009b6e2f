// SPDX-License-Identifier: MIT
/* Tables of reports: they fit a terminal, and their columns never touch. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"
#include "tests/unit/width.h"
#include "user/data/plain.h"
#include "user/data/table.h"
#include "user/render/report_tables.h"

enum { CPUS = 1024 };

/* The doubles next to these are 2048 away. */
#define GREATEST	18446744073709551616.0
#define GREATEST_COUNT	UINT64_MAX
#define COUNT_TEXT	"18446744073709551615"

static char *text;

/* How often does @word stand in the text with blanks or nothing around it? */
static size_t words(const char *word)
{
	size_t count = 0, length = strlen(word);
	const char *at;

	for (at = text; (at = strstr(at, word)); at += length)
		count += (at == text || at[-1] == ' ' || at[-1] == '\n') &&
			 strchr(" \n", at[length]);
	return count;
}

static struct report_value value(double number)
{
	return (struct report_value) {
		.known = true, .bounded = true, .value = number,
		.low = number, .high = number,
	};
}

static struct report_summary extreme(uint32_t cpu)
{
	struct report_summary s = {
		.cpu = cpu, .final = true, .count = GREATEST_COUNT,
		.received = GREATEST_COUNT, .lost = GREATEST_COUNT,
		.missed = GREATEST_COUNT, .unserved = GREATEST_COUNT,
		.early = GREATEST_COUNT, .spurious = GREATEST_COUNT,
	};
	int i;

	for (i = 0; i < REPORT_STATISTICS; i++)
		s.value[i] = value(-GREATEST);
	s.deviation = value(-GREATEST);
	return s;
}

static struct report_summary cpus[CPUS];

static struct report make(void)
{
	static char name[] = "a-directory-of-recordings/a-recording.xlat";
	struct report r = {
		.name = name, .source = "hrtimer", .stage = "T2",
		.phase_mode = "staggered", .idle_policy = "shallow",
		.cpu = cpus, .cpu_count = CPUS, .total = extreme(0),
		.decimals = 1,
	};
	uint32_t i;

	for (i = 0; i < CPUS; i++)
		cpus[i] = extreme(i);
	r.total.total = true;
	return r;
}

static void print(const struct report *r)
{
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	report_tables(out, r, true);
	fclose(out);
}

START_TEST(tables_of_any_values_fit)
{
	struct report r = make();

	print(&r);
	unit_check_width(text);
	/* each CPU and the total; p50 and so on have two bounds more */
	ck_assert_uint_eq(words("-18446744073709551616.0"),
			  (size_t)11 * (CPUS + 1) + 2 * 6);
	ck_assert_uint_eq(words(COUNT_TEXT), (size_t)7 * (CPUS + 1));
}
END_TEST

START_TEST(a_lower_bound_fits)
{
	struct report r = make();

	r.cpu_count = 0;
	r.total.final = false;
	print(&r);
	unit_check_width(text);
	ck_assert_uint_eq(words(">=" COUNT_TEXT), 3);
	ck_assert_uint_eq(words(COUNT_TEXT), 4);
}
END_TEST

START_TEST(small_values_are_in_one_table_each)
{
	struct report r = make();

	r.cpu_count = 0;
	r.total = (struct report_summary) { .total = true, .final = true };
	print(&r);
	unit_check_width(text);
	ck_assert_msg(strstr(text,
"CPU        count  received      lost    missed  unserved     early  spurious\n"
"all            0         0         0         0         0         0         0\n"),
		      "%s", text);
	ck_assert_msg(strstr(text,
"CPU           AVG        MIN        MAX   WARM_MAX  deviation\n"
"all             -          -          -          -          -\n"),
		      "%s", text);
}
END_TEST

START_TEST(a_histogram_of_any_values_fits)
{
	struct report_bar bars[] = {
		{ -GREATEST, -GREATEST / 2, GREATEST_COUNT },
		{ GREATEST / 2, GREATEST, 1 },
	};
	struct report r = { .bars = bars, .bar_count = 2, .decimals = 0 };
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	report_histogram(out, &r, 80);
	fclose(out);
	unit_check_width(text);
	ck_assert_uint_eq(words("-18446744073709551616"), 1);
	ck_assert_uint_eq(words("18446744073709551616"), 1);
	ck_assert_uint_eq(words(COUNT_TEXT), 1);
}
END_TEST

static void print_text(const struct report *r)
{
	const struct report_view view = { .width = TABLE_WIDTH };
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	render_report_text(out, r, &view);
	fclose(out);
}

START_TEST(sentences_of_a_report_of_any_values_fit)
{
	struct report r = make();
	int i;

	r.unit = _i;
	strcpy(r.environment.emulator, "QEMU emulator version 10.0.0 (Debian)");
	strcpy(r.environment.hypervisor, "xen 4.17");
	r.period = r.tick = GREATEST;
	r.period_ticks = r.tick_hz = r.dither_ticks = GREATEST_COUNT;
	r.core_hz = 1e18;
	r.total.clock_read = GREATEST;
	r.total.busy_avg = r.total.busy_max = value(GREATEST);
	for (i = 0; i < REPORT_PROOFS; i++)
		cpus[0].proof[i] = REPORT_FAILS;
	print_text(&r);
	unit_check_width(text);
	ck_assert_uint_eq(words("fails:"), REPORT_PROOFS);
}
END_TEST

START_TEST(one_instruction_is_singular)
{
	struct report r = make();

	r.unit = REPORT_INSN;
	r.tick = 1;
	r.total.value[REPORT_AVG].bounded = false;
	print_text(&r);
	ck_assert_ptr_nonnull(strstr(text, "1 tick = 1 instruction\n"));
	r.tick = 2;
	print_text(&r);
	ck_assert_ptr_nonnull(strstr(text, "1 tick = 2 instructions\n"));
}
END_TEST

enum { RUNS = 12 };

static struct report reports[RUNS];
static struct comparison_row rows[RUNS];

static void set_up(struct environment *e, const char *vwfi)
{
	strcpy(e->scenario, "xen-domu");
	strcpy(e->mechanism, "virtual");
	strcpy(e->hypervisor, "xen 4.17");
	strcpy(e->scheduler, "credit2");
	strcpy(e->vwfi, vwfi);
	strcpy(e->debug, "n");
	strcpy(e->physical_cpus, "2-3");
	strcpy(e->emulator, "QEMU emulator version 10.0.0 (Debian)");
}

static void make_runs(struct comparison *c)
{
	size_t i;
	int s;

	*c = (struct comparison) {
		.unit = REPORT_NS, .decimals = 1, .rows = rows,
		.row_count = RUNS,
	};
	for (i = 0; i < RUNS; i++) {
		reports[i] = make();
		set_up(&reports[i].environment, i % 2 ? "trap" : "native");
		rows[i] = (struct comparison_row) {
			.report = &reports[i],
			.baseline = i < 2 ? i : i % 2,
			.delta = value(-1),
		};
		for (s = 0; i > 1 && s < REPORT_STATISTICS; s++) {
			rows[i].difference[s] = value(-GREATEST);
			rows[i].ratio[s] = value(GREATEST);
		}
	}
}

static void compare(const struct comparison *c)
{
	size_t size;
	FILE *out;

	free(text);
	out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	render_comparison_text(out, c);
	fclose(out);
}

START_TEST(a_comparison_of_any_values_fits)
{
	struct comparison c;

	make_runs(&c);
	compare(&c);
	unit_check_width(text);
	ck_assert_uint_eq(words("-18446744073709551616.0"),
			  (size_t)10 * (RUNS + RUNS - 2) + RUNS - 2);
	ck_assert_uint_eq(words("18446744073709551616.000"),
			  (size_t)10 * (RUNS - 2));
	/* samples, early, missed, unserved, lost */
	ck_assert_uint_eq(words(COUNT_TEXT), (size_t)5 * RUNS);
	ck_assert_uint_eq(words(reports[0].name), RUNS);
}
END_TEST

START_TEST(a_long_scenario_fits)
{
	static const char *const scenario[] = {
		"a-scenario-of-one-word-that-is-longer-than-a-line-of-any-terminal-of-eighty-columns",
		"a scenario of many words that is longer than a line of any terminal of eighty columns",
	};
	struct comparison c;

	make_runs(&c);
	snprintf(reports[2].environment.scenario,
		 sizeof(reports[2].environment.scenario), "%s", scenario[_i]);
	compare(&c);
	unit_check_width(text);
}
END_TEST

START_TEST(sentences_of_a_comparison_fit)
{
	struct comparison c;

	make_runs(&c);
	c.unit = REPORT_INSN;
	c.warmup = UINT32_MAX;
	compare(&c);
	unit_check_width(text);
}
END_TEST

START_TEST(intervals_are_within_a_boot)
{
	struct comparison c;
	size_t i;

	make_runs(&c);
	compare(&c);
	ck_assert_ptr_nonnull(strstr(text, "within the boot of each run"));
	for (i = 0; i < RUNS; i++)
		rows[i].delta.known = rows[i].difference[REPORT_P50].known = false;
	compare(&c);
	ck_assert_ptr_null(strstr(text, "intervals"));
}
END_TEST

START_TEST(a_shared_set_up_is_said_once)
{
	struct comparison c;
	const char *at;

	make_runs(&c);
	compare(&c);
	ck_assert_msg(strstr(text,
"set-up of all runs: hypervisor xen 4.17, scheduler credit2, DEBUG n, physical\n"
"  CPUs 2-3, emulator QEMU emulator version 10.0.0 (Debian)\n"
"set-up (1 3 5 7 9 11): vwfi=native\n"
"set-up (2 4 6 8 10 12): vwfi=trap\n"), "%s", text);
	at = strstr(text, "QEMU");
	ck_assert_ptr_null(strstr(at + 1, "QEMU"));
	c.row_count = 1;
	compare(&c);
	ck_assert_ptr_nonnull(strstr(text, "set-up of all runs: "));
	ck_assert_ptr_null(strstr(text, "set-up ("));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("render");
	int failed;

	unit_add(suite, tables_of_any_values_fit);
	unit_add(suite, a_lower_bound_fits);
	unit_add(suite, small_values_are_in_one_table_each);
	unit_add(suite, a_histogram_of_any_values_fits);
	unit_add_loop(suite, sentences_of_a_report_of_any_values_fit, 3);
	unit_add(suite, one_instruction_is_singular);
	unit_add(suite, a_comparison_of_any_values_fits);
	unit_add_loop(suite, a_long_scenario_fits, 2);
	unit_add(suite, sentences_of_a_comparison_fit);
	unit_add(suite, intervals_are_within_a_boot);
	unit_add(suite, a_shared_set_up_is_said_once);
	failed = unit_run(suite);
	free(text);
	return failed;
}
