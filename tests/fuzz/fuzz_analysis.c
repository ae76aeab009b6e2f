// SPDX-License-Identifier: MIT
/*
 * Damaged, truncated and hostile recordings through the whole analysis (decode,
 * report, compare, render), under ASAN and UBSAN. It checks what the user sees;
 * unit/user/test_file_damage.c tests what the format promises.
 */
#include "user/analysis/compare.h"
#include "user/format/file.h"
#include "fuzz.h"
#include "user/analysis/stats.h"

#define FLIPS	10000

static uint8_t *intact;
static size_t length;
static struct run original;
static struct report first;
static FILE *sink;

static int report_of(const struct run *run, struct report *report)
{
	const struct stats_options options = {
		.what = fuzz_draw(4) ? REPORT_LATENESS : REPORT_INTERVAL,
		.warmup = fuzz_draw(4) ? STATS_WARMUP_RECORDED : (uint32_t)fuzz_draw(200),
	};
	struct environment environment;

	environment_read(run->environment, &environment);
	return stats_report(run, &environment, &options, report);
}

static void begin(void)
{
	struct synthetic setup = synthetic_defaults();
	const struct stats_options options = {
		.warmup = STATS_WARMUP_RECORDED,
	};
	struct environment environment;

	fuzz_seed = 0xf522;
	setup.count = 60;
	setup.dither_ticks = 1000;
	synthetic_run(&setup, &original);
	intact = fuzz_file(&original, 1 << 20, &length);
	environment_read(original.environment, &environment);
	ck_assert_int_eq(stats_report(&original, &environment, &options, &first), 0);
	sink = fopen("/dev/null", "w");
	ck_assert_ptr_nonnull(sink);
}

static void end(void)
{
	run_free(&original);
	report_free(&first);
	free(intact);
	fclose(sink);
}

/* Nothing may crash. Only some reports are rendered, to save time. */
static void render(const struct report *report)
{
	const struct report_view view = { .width = 80, .histogram = true };
	struct report both[2] = { first, *report };
	struct comparison comparison;

	if (fuzz_draw(8))
		return;
	render_report_text(sink, report, &view);
	ck_assert_int_eq(render_report_json(sink, report, &view), 0);
	ck_assert_int_eq(render_report_csv(sink, report, &view), 0);
	ck_assert_int_eq(compare_reports(both, 2, &comparison), 0);
	render_comparison_text(sink, &comparison);
	ck_assert_int_eq(render_comparison_json(sink, &comparison), 0);
	ck_assert_int_eq(render_comparison_csv(sink, &comparison), 0);
	comparison_free(&comparison);
}

/*
 * Analyses @bytes, in an allocation of exactly that size. Returns the verdict,
 * or REPORT_DAMAGED if no report can be made.
 */
static enum report_verdict analyse(const uint8_t *bytes, size_t size, size_t *samples)
{
	enum report_verdict verdict = REPORT_DAMAGED;
	uint8_t *exact = malloc(size ? size : 1);
	struct report report = { 0 };
	struct run run;

	memcpy(exact, bytes, size);
	*samples = 0;
	if (!file_decode(exact, size, "fuzz", &run)) {
		*samples = fuzz_samples(&run, &original);
		if (!report_of(&run, &report)) {
			verdict = report.total.verdict;
			render(&report);
		}
		report_free(&report);
	}
	run_free(&run);
	free(exact);
	return verdict;
}

START_TEST(the_whole_file_is_lossless)
{
	size_t samples;

	ck_assert_int_eq(analyse(intact, length, &samples), REPORT_LOSSLESS);
	ck_assert_uint_eq(samples, 120);
}
END_TEST

START_TEST(no_truncation_is_called_lossless)
{
	size_t size, samples, most = 0;

	for (size = 0; size < length; size++) {
		enum report_verdict verdict = analyse(intact, size, &samples);

		ck_assert_msg(verdict == REPORT_UNPROVEN || verdict == REPORT_DAMAGED,
			      "cut to %zu bytes: %s", size,
			      report_verdict_name(verdict));
		ck_assert_msg(samples >= most, "cut to %zu bytes loses more", size);
		most = samples;
	}
	ck_assert_uint_eq(most, 120);
}
END_TEST

START_TEST(no_flip_is_called_lossless)
{
	uint8_t *copy = malloc(length);
	int i, rounds = fuzz_rounds(FLIPS);
	size_t samples;

	for (i = 0; i < rounds; i++) {
		size_t at = fuzz_draw(length);
		enum report_verdict verdict;

		memcpy(copy, intact, length);
		copy[at] ^= (uint8_t)(1 + fuzz_draw(255));
		verdict = analyse(copy, length, &samples);
		ck_assert_msg(verdict == REPORT_UNPROVEN || verdict == REPORT_DAMAGED,
			      "byte %zu flipped: %s", at,
			      report_verdict_name(verdict));
		/* at most one block is lost: samples of one CPU */
		ck_assert_uint_ge(samples, 60);
	}
	free(copy);
}
END_TEST

START_TEST(many_flips_cuts_and_copies)
{
	uint8_t *copy = malloc(2 * length);
	int i, rounds = fuzz_rounds(FLIPS / 10);
	size_t flips, samples;

	for (i = 0; i < rounds; i++) {
		size_t from = fuzz_draw(length), size = fuzz_draw(length - from);
		size_t to = fuzz_draw(length);

		memcpy(copy, intact, length);
		for (flips = fuzz_draw(20); flips; flips--)
			copy[fuzz_draw(length)] ^= (uint8_t)(1 + fuzz_draw(255));
		if (fuzz_draw(2))
			memmove(copy + to, intact + from, size);
		analyse(copy, length - fuzz_draw(100), &samples);
	}
	free(copy);
}
END_TEST

/* Nonsense with valid checksums: checksums only find accidents. */
static uint64_t nonsense(uint64_t was)
{
	static const uint64_t odd[] = {
		0, 1, 2, UINT64_MAX, 1ULL << 63, INT64_MAX, 1ULL << 32,
	};

	switch (fuzz_draw(3)) {
	case 0:
		return odd[fuzz_draw(sizeof(odd) / sizeof(*odd))];
	case 1:
		return was ^ 1ULL << fuzz_draw(64);
	default:
		return fuzz_draw(UINT64_MAX);
	}
}

static void spoil(struct run_cpu *cpu)
{
	uint64_t *words = (uint64_t *)&cpu->map;
	uint64_t *at = &words[fuzz_draw(sizeof(cpu->map) / sizeof(*words))];
	struct xlat_sample *sample = &cpu->samples[fuzz_draw(cpu->sample_count)];

	switch (fuzz_draw(8)) {
	case 0:
		sample->entry = nonsense(sample->entry);
		break;
	case 1:
		sample->deadline = nonsense(sample->deadline);
		sample->missed = (uint32_t)nonsense(sample->missed);
		sample->flags = (uint32_t)fuzz_draw(4);
		break;
	case 2:
		cpu->late[fuzz_draw(XLAT_BUCKETS)] = nonsense(0);
		cpu->early[fuzz_draw(XLAT_BUCKETS)] = nonsense(0);
		break;
	case 3:
		cpu->received = nonsense(cpu->received);
		cpu->lost = nonsense(cpu->lost);
		cpu->gone = nonsense(cpu->gone);
		break;
	case 4:
		cpu->final = fuzz_draw(2);
		cpu->started = fuzz_draw(4);
		break;
	default:
		*at = nonsense(*at);
	}
}

START_TEST(hostile_runs_do_no_harm)
{
	struct synthetic setup = synthetic_defaults();
	int i, rounds = fuzz_rounds(FLIPS);

	setup.count = 60;
	for (i = 0; i < rounds; i++) {
		struct report report = { 0 };
		struct run run;
		uint64_t times = 1 + fuzz_draw(6);

		synthetic_run(&setup, &run);
		while (times--)
			spoil(&run.cpus[fuzz_draw(2)]);
		if (!report_of(&run, &report))
			render(&report);
		report_free(&report);
		run_free(&run);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fuzz_analysis");

	unit_between(begin, end);
	unit_add(suite, the_whole_file_is_lossless);
	unit_add(suite, no_truncation_is_called_lossless);
	unit_add(suite, no_flip_is_called_lossless);
	unit_add(suite, many_flips_cuts_and_copies);
	unit_add(suite, hostile_runs_do_no_harm);
	return unit_run(suite);
}
