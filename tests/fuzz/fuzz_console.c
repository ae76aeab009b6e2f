// SPDX-License-Identifier: MIT
/*
 * A recording sent over a bad console, then imported and analysed. The log has
 * CRs, prefixes of Xen's console, and kernel messages between and inside lines;
 * lines are torn, doubled, lost and changed. unit/user/test_textline.c tests
 * each kind of damage alone.
 */
#include <zlib.h>

#include "user/format/file.h"
#include "fuzz.h"
#include "user/analysis/stats.h"
#include "user/format/textline.h"
#include "user/format/textline_inflate.h"

#define ROUNDS		10000
#define LINES_MAX	2000
#define SAMPLES		60

static uint8_t *sent;
static size_t length;
static struct run original;
static char line[LINES_MAX][TEXTLINE_MAX];
static size_t line_count;

/* The lines that carry @bytes; @sent is the file that they contain. */
static void make_lines(const uint8_t *bytes, size_t count,
		       enum textline_coding coding)
{
	size_t at, size;

	line_count = 0;
	textline_begin(line[line_count++], 7, "fuzz", coding);
	for (at = 0; at < count; at += size) {
		size = count - at < TEXTLINE_BYTES ? count - at : TEXTLINE_BYTES;
		textline_data(line[line_count], 7, (uint32_t)(line_count - 1),
			      bytes + at, size);
		line_count++;
	}
	textline_end(line[line_count], 7, (uint32_t)(line_count - 1), length,
		     (uint32_t)crc32(0, sent, length));
	line_count++;
}

/* Deflates the file; returns the length of the stream. */
static size_t deflate_sent(uint8_t stream[LINES_MAX * TEXTLINE_BYTES])
{
	uLongf size = LINES_MAX * TEXTLINE_BYTES;

	ck_assert_int_eq(compress2(stream, &size, sent, length, 9), Z_OK);
	make_lines(stream, size, TEXTLINE_DEFLATE);
	return size;
}

static void begin(void)
{
	struct synthetic setup = synthetic_defaults();

	fuzz_seed = 0xc0501e;
	setup.count = SAMPLES;
	synthetic_run(&setup, &original);
	sent = fuzz_file(&original, LINES_MAX * TEXTLINE_BYTES, &length);
	make_lines(sent, length, TEXTLINE_PLAIN);
}

static void end(void)
{
	run_free(&original);
	free(sent);
}

static void feed(struct textline_log *log, const char *text)
{
	/* an allocation of the exact size, so that ASAN sees one byte too far */
	size_t size = strlen(text);
	char *exact = malloc(size ? size : 1);

	memcpy(exact, text, size);
	ck_assert_int_eq(textline_feed(log, exact, size), 0);
	free(exact);
}

static const char * const noise[] = {
	"[   12.345678] xlat: session stopped by itself\r",
	"(XEN) d1v0: vGICD: unhandled word write 0xffffffff to ICACTIVER4",
	"(d1) random: crng init done",
	"#xlat", "#xlat zz begin", "", "\r", "#xlat 0007 0 AAAA 00000000",
	"\x80\xff\x01 binary",
};

static const char *some_noise(void)
{
	return noise[fuzz_draw(sizeof(noise) / sizeof(*noise))];
}

/* Text that the console adds around a line, without damage to it. */
static void dress(const char *text, char *out, size_t size)
{
	static const char * const before[] = {
		"", "(XEN) ", "(d1) ", "[    3.141592] ", "\r", "login: ",
	};
	static const char * const after[] = { "", "\r", "\r\r", " " };

	snprintf(out, size, "%s%s%s", before[fuzz_draw(6)], text, after[fuzz_draw(4)]);
}

/* Sends one line, damaged in one of the first @harm ways. */
static void pass(struct textline_log *log, const char *text, unsigned int harm)
{
	char out[3 * TEXTLINE_MAX], copy[TEXTLINE_MAX];
	size_t size = strlen(text), at = fuzz_draw(size);

	memcpy(copy, text, sizeof(copy));
	dress(text, out, sizeof(out));
	switch (harm ? fuzz_draw(harm) : UINT64_MAX) {
	case 0:					/* lost */
		break;
	case 1:					/* torn by a message */
		snprintf(out, sizeof(out), "%.*s%s", (int)at, text, some_noise());
		feed(log, out);
		feed(log, text + at);
		break;
	case 2:					/* one character changed */
		copy[at] = (char)(copy[at] ^ (1 << fuzz_draw(7)));
		copy[at] = copy[at] && copy[at] != '\n' ? copy[at] : '?';
		dress(copy, out, sizeof(out));
		feed(log, out);
		break;
	case 3:					/* cut short */
		copy[at] = '\0';
		feed(log, copy);
		break;
	default:
		feed(log, out);
	}
}

static enum report_verdict analyse(const struct textline_run *got, size_t *samples)
{
	const struct stats_options options = { .warmup = STATS_WARMUP_RECORDED };
	enum report_verdict verdict = REPORT_DAMAGED;
	struct environment environment;
	struct report report = { 0 };
	struct run run;

	*samples = 0;
	if (!file_decode(got->bytes, got->length, "console", &run)) {
		*samples = fuzz_samples(&run, &original);
		environment_read(run.environment, &environment);
		if (!stats_report(&run, &environment, &options, &report))
			verdict = report.total.verdict;
		report_free(&report);
	}
	run_free(&run);
	return verdict;
}

START_TEST(a_noisy_console_does_no_harm)
{
	struct textline_log log = { 0 };
	size_t i, samples;

	for (i = 0; i < line_count; i++) {
		if (!fuzz_draw(3))
			feed(&log, some_noise());
		pass(&log, line[i], 0);
	}
	ck_assert_uint_eq(log.count, 1);
	ck_assert(log.runs[0].intact);
	ck_assert_int_eq(analyse(&log.runs[0], &samples), REPORT_LOSSLESS);
	ck_assert_uint_eq(samples, 2 * SAMPLES);
	textline_free(&log);
}
END_TEST

/* A run may be called complete only if it is. */
static void check_run(const struct textline_run *got)
{
	bool whole = got->length == length && !memcmp(got->bytes, sent, length);
	size_t samples;

	ck_assert(!got->intact || whole);
	ck_assert_int_eq(analyse(got, &samples) == REPORT_LOSSLESS, whole);
	if (got->ended)
		ck_assert_uint_eq(got->lines + got->missing,
				  line_count - 2 + !got->name[0]);
}

/* Everything arrived, or everything except line @hit. */
static void check_rest(const struct textline_run *got, size_t hit)
{
	size_t at = (hit - 1) * TEXTLINE_BYTES, next = at + TEXTLINE_BYTES;

	if (!hit || hit + 1 == line_count || got->length == length)
		return;
	next = next < length ? next : length;
	ck_assert_uint_eq(got->length, length - (next - at));
	ck_assert_mem_eq(got->bytes, sent, at);
	ck_assert_mem_eq(got->bytes + at, sent + next, length - next);
}

/* The inflated bytes must be the beginning of the file. */
static void check_prefix(const struct textline_run *got)
{
	if (got->coding != TEXTLINE_DEFLATE)
		return;
	ck_assert_uint_le(got->length, length);
	if (got->length)
		ck_assert_mem_eq(got->bytes, sent, got->length);
	ck_assert(!got->wrong && !got->refused);
	ck_assert(!got->ended || got->missing || got->intact);
}

/* About one line in @one_in of the log is damaged. */
static void bad_console(unsigned int one_in)
{
	struct textline_log log = { 0 };
	size_t i;

	for (i = 0; i < line_count; i++) {
		pass(&log, line[i], fuzz_draw(one_in) ? 0 : 4);
		if (!fuzz_draw(20))
			feed(&log, some_noise());
	}
	ck_assert_int_eq(textline_inflate(&log, 2 * length), 0);
	for (i = 0; i < log.count; i++) {
		check_run(&log.runs[i]);
		check_prefix(&log.runs[i]);
	}
	textline_free(&log);
}

START_TEST(bad_consoles)
{
	int i, rounds = fuzz_rounds(ROUNDS / 10);

	for (i = 0; i < rounds; i++)
		bad_console(1 + (unsigned int)fuzz_draw(2 * line_count));
}
END_TEST

START_TEST(bad_consoles_and_a_deflated_run)
{
	static uint8_t stream[LINES_MAX * TEXTLINE_BYTES];
	int i, rounds = fuzz_rounds(ROUNDS / 10);

	deflate_sent(stream);
	for (i = 0; i < rounds; i++)
		bad_console(1 + (unsigned int)fuzz_draw(2 * line_count));
}
END_TEST

/* Valid lines carry a damaged stream: wrong bits and wrong lengths. */
START_TEST(streams_that_are_never_sent)
{
	static uint8_t stream[LINES_MAX * TEXTLINE_BYTES];
	int i, rounds = fuzz_rounds(ROUNDS / 10);
	size_t size = deflate_sent(stream), j;

	for (i = 0; i < rounds; i++) {
		size_t at = fuzz_draw(size), cut = fuzz_draw(4) ? size : at;
		uint8_t bit = (uint8_t)(1 << fuzz_draw(8));
		struct textline_log log = { 0 };

		stream[at] ^= bit;
		make_lines(stream, cut, TEXTLINE_DEFLATE);
		for (j = 0; j < line_count; j++)
			feed(&log, line[j]);
		ck_assert_int_eq(textline_inflate(&log, 2 * length), 0);
		ck_assert_uint_eq(log.count, 1);
		check_run(&log.runs[0]);	/* the last byte has spare bits */
		ck_assert_uint_le(log.runs[0].length, 2 * length);
		stream[at] ^= bit;
		textline_free(&log);
	}
}
END_TEST

/* Changes one character anywhere in the log, which may be a line end. */
START_TEST(flips_anywhere_in_the_log)
{
	int i, rounds = fuzz_rounds(ROUNDS);

	for (i = 0; i < rounds; i++) {
		struct textline_log log = { 0 };
		size_t hit = fuzz_draw(line_count), j;
		char copy[TEXTLINE_MAX];
		size_t at = fuzz_draw(strlen(line[hit]));

		memcpy(copy, line[hit], sizeof(copy));
		do {
			copy[at] = (char)fuzz_draw(256);
		} while (copy[at] == line[hit][at]);
		for (j = 0; j < line_count; j++)
			ck_assert_int_eq(textline_feed(&log,
				j == hit ? copy : line[j], strlen(line[j])), 0);
		ck_assert_uint_ge(log.count, 1);
		check_run(&log.runs[0]);
		check_rest(&log.runs[0], hit);
		textline_free(&log);
	}
}
END_TEST

START_TEST(every_truncation_of_the_log)
{
	size_t cut, i, samples, most = 0;

	for (cut = 1; cut < line_count; cut++) {
		struct textline_log log = { 0 };

		for (i = 0; i < cut; i++)
			feed(&log, line[i]);
		ck_assert_uint_eq(log.count, 1);
		ck_assert(!log.runs[0].intact);
		analyse(&log.runs[0], &samples);
		ck_assert_uint_ge(samples, most);
		most = samples;
		textline_free(&log);
	}
	ck_assert_uint_eq(most, 2 * SAMPLES);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fuzz_console");

	unit_between(begin, end);
	unit_add(suite, a_noisy_console_does_no_harm);
	unit_add(suite, bad_consoles);
	unit_add(suite, bad_consoles_and_a_deflated_run);
	unit_add(suite, streams_that_are_never_sent);
	unit_add(suite, flips_anywhere_in_the_log);
	unit_add(suite, every_truncation_of_the_log);
	return unit_run(suite);
}
