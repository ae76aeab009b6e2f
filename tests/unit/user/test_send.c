// SPDX-License-Identifier: MIT
/*
 * From xlat-read send to xlat-read import, plain and deflated. The console
 * between loses lines. Also streams that "send" never makes.
 */
#include <stdio.h>
#include <zlib.h>

#include "user/cmd/cmd.h"
#include "tests/synthetic.h"
#include "user/format/textline.h"
#include "user/format/textline_inflate.h"
#include "unit_home.h"

#define LOG	"console.log"
#define SAID	"said"
#define KEEP_ALL	SIZE_MAX

static uint8_t sent[1 << 18], got[1 << 18];
static size_t sent_length, line_count;

static void begin(void)
{
	unit_home_enter();
	ck_assert_ptr_nonnull(freopen(SAID, "w+", stderr));
	line_count = 0;
}

static void end(void)
{
	static const char *const files[] = {
		LOG, SAID, "lines", "run.xlat", "a.xlat", "a.xlat.old",
		"unnamed.xlat",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		remove(files[i]);
	unit_home_leave();
}

static void assert_said(const char *words)
{
	char text[4096];

	fflush(stderr);
	unit_get(SAID, text, sizeof(text));
	ck_assert_msg(strstr(text, words), "said: %s", text);
}

static void make_run(uint64_t count)
{
	ck_assert_int_eq(synthetic_write_count(count, "run.xlat"), 0);
	sent_length = unit_get("run.xlat", sent, sizeof(sent));
}

/* Appends the lines from @from up to before @to, without @lost, to the log. */
static void pass(size_t from, size_t lost, size_t to)
{
	FILE *lines = fopen("lines", "r"), *log = fopen(LOG, "a");
	char line[2 * TEXTLINE_MAX];

	ck_assert(lines && log);
	/* the empty line first */
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), lines));
	for (line_count = 0; fgets(line, sizeof(line), lines); line_count++) {
		if (line_count >= from && line_count < to && line_count != lost)
			fputs(line, log);
	}
	fclose(lines);
	ck_assert_int_eq(fclose(log), 0);
}

static void send(char *option)
{
	char *argv[] = { "send", "--name=a", "run.xlat", option, NULL };
	int fd = dup(1);

	fflush(stdout);
	ck_assert_ptr_nonnull(freopen("lines", "w", stdout));
	ck_assert_int_eq(send_command.run(option ? 4 : 3, argv), EXIT_GOOD);
	fflush(stdout);
	ck_assert_int_eq(dup2(fd, 1), 1);
	close(fd);
}

static int import(void)
{
	return import_command.run(2, (char *[]){ "import", LOG, NULL });
}

/* The file must be the beginning of what was sent; returns its length. */
static size_t assert_beginning(const char *path)
{
	size_t length = unit_get(path, got, sizeof(got));

	ck_assert_uint_le(length, sent_length);
	ck_assert_mem_eq(got, sent, length);
	return length;
}

static void assert_intact(void)
{
	ck_assert_int_eq(import(), EXIT_GOOD);
	ck_assert_uint_eq(assert_beginning("a.xlat"), sent_length);
	assert_said("lines, intact");
}

START_TEST(it_comes_back_plain)
{
	make_run(500);
	send(NULL);
	pass(0, KEEP_ALL, SIZE_MAX);
	ck_assert_uint_eq(line_count, 2 + (sent_length + 47) / 48);
	assert_intact();
}
END_TEST

/* Many lengths, so that the stream ends at every position in a line. */
START_TEST(it_comes_back_deflated)
{
	make_run(1 + 7 * (uint64_t)_i);
	send("--compress");
	pass(0, KEEP_ALL, SIZE_MAX);
	ck_assert_uint_lt(line_count, 2 + sent_length / 2 / 48);
	assert_intact();
}
END_TEST

START_TEST(what_is_before_the_lost_line_is_kept)
{
	size_t kept[3], lines;

	make_run(2000);
	send("--compress");
	pass(0, 0, 0);
	lines = line_count;
	for (size_t i = 0; i < 3; i++) {
		remove(LOG);
		pass(0, lines * (i + 1) / 4, SIZE_MAX);
		ck_assert_int_eq(import(), EXIT_DAMAGED);
		kept[i] = assert_beginning("a.xlat");
		remove("a.xlat");
		remove("a.xlat.old");
		assert_said("1 missing or damaged: send it again, or use what is intact before");
	}
	ck_assert_uint_lt(0, kept[0]);
	ck_assert_uint_lt(kept[0], kept[1]);
	ck_assert_uint_lt(kept[1], kept[2]);
	ck_assert_uint_lt(kept[2], sent_length);
	ck_assert_uint_gt(kept[2], sent_length / 2);
}
END_TEST

START_TEST(without_its_end_it_is_kept_but_not_intact)
{
	make_run(500);
	send("--compress");
	pass(0, KEEP_ALL, 0);
	pass(0, KEEP_ALL, line_count - 1);
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	ck_assert_uint_eq(assert_beginning("a.xlat"), sent_length);
	assert_said("0 missing, and the end");
}
END_TEST

START_TEST(without_its_begin_it_is_whole)
{
	make_run(500);
	send("--compress");
	pass(1, KEEP_ALL, SIZE_MAX);
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	ck_assert_uint_eq(assert_beginning("unnamed.xlat"), sent_length);
	assert_said("the file is whole");
}
END_TEST

START_TEST(without_its_first_line_there_is_nothing)
{
	make_run(500);
	send("--compress");
	pass(0, 1, SIZE_MAX);
	unit_put("a.xlat", "old");
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	unit_holds("a.xlat", "old");
	assert_said("a.xlat: not written: ");
	assert_said(" 1 missing or damaged, and nothing can be inflated");
}
END_TEST

/* A run is cut off or damaged in one coding, and sent again in the other. */
START_TEST(each_coding_replaces_the_other)
{
	char *coding[] = { NULL, "--compress" };

	make_run(500);
	send(coding[_i & 1]);
	pass(0, 9, _i & 2 ? 40 : SIZE_MAX);
	send(coding[!(_i & 1)]);
	pass(0, KEEP_ALL, SIZE_MAX);
	if (_i & 4) {
		send(coding[_i & 1]);
		pass(0, KEEP_ALL, SIZE_MAX);
	}
	assert_intact();
	assert_said(_i & 4 ? "2 more of the log were sent again" :
			     "1 more of the log were sent again");
}
END_TEST

/* A log of one run with valid lines and arbitrary contents. */
static void put_stream(const uint8_t *stream, size_t size, uint64_t bytes,
		       uint32_t crc)
{
	FILE *log = fopen(LOG, "w");
	char line[TEXTLINE_MAX];
	uint32_t n = 0;

	ck_assert_ptr_nonnull(log);
	textline_begin(line, 1, "a", TEXTLINE_DEFLATE);
	fprintf(log, "%s\n", line);
	for (size_t at = 0; at < size; at += TEXTLINE_BYTES) {
		textline_data(line, 1, n++, stream + at,
			      size - at < TEXTLINE_BYTES ? size - at :
							   TEXTLINE_BYTES);
		fprintf(log, "%s\n", line);
	}
	textline_end(line, 1, n, bytes, crc);
	fprintf(log, "%s\n", line);
	ck_assert_int_eq(fclose(log), 0);
}

static size_t deflate_sent(uint8_t *stream, size_t room)
{
	uLongf size = room;

	ck_assert_int_eq(compress2(stream, &size, sent, sent_length, 9), Z_OK);
	return size;
}

/* Zeros, one MiB more than the limit. */
START_TEST(a_bomb_is_refused)
{
	static uint8_t zeros[1 << 20], stream[1 << 19];
	z_stream z = { .next_out = stream, .avail_out = sizeof(stream) };
	size_t most = TEXTLINE_INFLATED_MAX >> 20;

	ck_assert_int_eq(deflateInit(&z, 9), Z_OK);
	for (size_t i = 0; i <= most; i++) {
		z.next_in = zeros;
		z.avail_in = sizeof(zeros);
		ck_assert_int_ge(deflate(&z, i < most ? Z_NO_FLUSH : Z_FINISH),
				 Z_OK);
	}
	put_stream(stream, z.total_out, z.total_in, 0);
	deflateEnd(&z);
	ck_assert_int_eq(import(), EXIT_FAILED);
	ck_assert_int_ne(access("a.xlat", F_OK), 0);
	assert_said("a.xlat: not written: with it the deflated runs of this log would inflate to over 256 MiB");
}
END_TEST

static void feed_log(struct textline_log *log, int times)
{
	char line[TEXTLINE_MAX];

	for (int i = 0; i < times; i++) {
		FILE *file = fopen(LOG, "r");

		while (fgets(line, sizeof(line), file))
			ck_assert_int_eq(textline_feed(log, line, strlen(line)), 0);
		fclose(file);
	}
}

START_TEST(the_bound_is_exact_and_all_runs_share_it)
{
	static uint8_t stream[1 << 16];
	size_t size;

	make_run(500);
	size = deflate_sent(stream, sizeof(stream));
	put_stream(stream, size, sent_length,
		   (uint32_t)crc32(0, sent, sent_length));
	for (size_t less = 0; less < 2; less++) {
		struct textline_log log = { 0 };

		feed_log(&log, 2);
		ck_assert_int_eq(textline_inflate(&log, 2 * sent_length - less), 0);
		ck_assert(log.runs[0].intact);
		ck_assert_int_eq(log.runs[1].intact, !less);
		ck_assert_int_eq(log.runs[1].refused, less);
		ck_assert(!less || !log.runs[1].length);
		textline_free(&log);
	}
}
END_TEST

/* The bytes before the damage of the stream are kept. */
static void assert_wrong(const uint8_t *stream, size_t size)
{
	put_stream(stream, size, sent_length,
		   (uint32_t)crc32(0, sent, sent_length));
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	assert_said("invalid from some byte on");
	remove("a.xlat");
	remove("a.xlat.old");
}

START_TEST(not_a_stream)
{
	static uint8_t stream[1 << 16];
	size_t size;

	make_run(500);
	put_stream(sent, sent_length, sent_length,
		   (uint32_t)crc32(0, sent, sent_length));
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	assert_said("nothing can be inflated");
	size = deflate_sent(stream, sizeof(stream));
	stream[size] = 0;
	assert_wrong(stream, size + 1);
	stream[size - 1] ^= 1;		/* zlib's own checksum */
	assert_wrong(stream, size);
	/* an end line with the sums of the stream itself is no better */
	put_stream(stream, size, size, (uint32_t)crc32(0, stream, (uInt)size));
	ck_assert_int_eq(import(), EXIT_DAMAGED);
}
END_TEST

/* The stream is valid, but the end line is that of another file. */
START_TEST(an_end_has_to_agree)
{
	static uint8_t stream[1 << 16];
	uint32_t crc;
	size_t size;

	make_run(500);
	crc = (uint32_t)crc32(0, sent, sent_length);
	size = deflate_sent(stream, sizeof(stream));
	put_stream(stream, size, sent_length + 1, crc);
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	put_stream(stream, size, sent_length, crc ^ 1);
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	put_stream(stream, size - 5, sent_length, crc);	/* no end of the stream */
	ck_assert_int_eq(import(), EXIT_DAMAGED);
	remove("a.xlat.old-2");
	remove("a.xlat.old-3");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("send");

	unit_between(begin, end);
	unit_add(suite, it_comes_back_plain);
	unit_add_loop(suite, it_comes_back_deflated, 60);
	unit_add(suite, what_is_before_the_lost_line_is_kept);
	unit_add(suite, without_its_end_it_is_kept_but_not_intact);
	unit_add(suite, without_its_begin_it_is_whole);
	unit_add(suite, without_its_first_line_there_is_nothing);
	unit_add_loop(suite, each_coding_replaces_the_other, 8);
	unit_add(suite, a_bomb_is_refused);
	unit_add(suite, the_bound_is_exact_and_all_runs_share_it);
	unit_add(suite, not_a_stream);
	unit_add(suite, an_end_has_to_agree);
	return unit_run(suite);
}
