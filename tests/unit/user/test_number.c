// SPDX-License-Identifier: MIT
/* Samples keep their numbers, whatever is lost or damaged. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "user/format/file.h"
#include "core/file_format.h"
#include "tests/synthetic.h"
#include "user/format/textline.h"
#include "tests/unit/unit.h"

static char path[] = "/tmp/xlat-test-number-XXXXXX";

static struct file_writer writer;

static void begin(void)
{
	const struct xlat_map map = { .magic = XLAT_MAP_MAGIC, .cpu = 3,
				      .tick_hz = 1, .period_ticks = 1 };

	close(mkstemp(path));
	ck_assert_int_eq(file_create(&writer, path), 0);
	ck_assert_int_eq(file_put_setup(&writer, &map), 0);
}

static void put(uint64_t first, uint64_t received, size_t count)
{
	static const struct xlat_sample samples[1000];

	ck_assert_int_eq(file_put_samples(&writer, 3, first, received, samples,
					  count), 0);
}

static void end(struct run *run)
{
	ck_assert_int_eq(file_close(&writer), 0);
	ck_assert_int_eq(file_read(path, run), 0);
	unlink(path);
}

START_TEST(samples_lost_in_the_ring_are_skipped)
{
	const struct run_cpu *cpu;
	struct run run;

	begin();
	put(7, 0, 300);
	put(1000, 300, 5);
	put(1005, 305, 600);
	end(&run);
	cpu = &run.cpus[0];
	ck_assert_uint_eq(cpu->span_count, 2);
	ck_assert_uint_eq(cpu->passed, 700);
	ck_assert_uint_eq(run_sample_number(cpu, 0), 7);
	ck_assert_uint_eq(run_sample_number(cpu, 299), 306);
	ck_assert_uint_eq(run_sample_number(cpu, 300), 1000);
	ck_assert_uint_eq(run_sample_number(cpu, 904), 1604);
	run_free(&run);
}
END_TEST

/* After them the numbers continue above those that were accepted. */
START_TEST(impossible_numbers_are_unknown)
{
	const struct run_cpu *cpu;
	struct run run;

	begin();
	put(100, 0, 10);
	put(50, 10, 10);
	put(0, 20, 10);
	put(UINT64_MAX - 9, 30, 10);
	put(99, 40, 0);
	put(140, 40, 10);
	end(&run);
	cpu = &run.cpus[0];
	ck_assert_uint_eq(cpu->span_count, 3);
	ck_assert_uint_eq(cpu->passed, 100);
	ck_assert_uint_eq(run_sample_number(cpu, 9), 109);
	for (size_t i = 10; i < 40; i++)
		ck_assert_uint_eq(run_sample_number(cpu, i), RUN_UNKNOWN);
	ck_assert_uint_eq(run_sample_number(cpu, 40), 140);
	run_free(&run);
}
END_TEST

START_TEST(many_spans_are_found)
{
	const struct run_cpu *cpu;
	struct run run;

	begin();
	for (uint64_t i = 0; i < 100; i++)
		put(10 * i, 3 * i, 3);
	end(&run);
	cpu = &run.cpus[0];
	ck_assert_uint_eq(cpu->span_count, 100);
	for (uint64_t i = 0; i < 300; i++)
		ck_assert_uint_eq(run_sample_number(cpu, i),
				  i / 3 * 10 + i % 3);
	run_free(&run);
}
END_TEST

START_TEST(without_spans_nothing_is_known)
{
	const struct run_cpu cpu = { .sample_count = 1 };

	ck_assert_uint_eq(run_sample_number(&cpu, 0), RUN_UNKNOWN);
}
END_TEST

/* A recording of one CPU with four blocks of samples, in bytes. */
static size_t make(struct run *run, uint8_t *bytes, size_t size)
{
	struct synthetic s = synthetic_defaults();
	size_t length;
	FILE *file;

	s.cpu_count = 1;
	s.count = 1000;
	synthetic_run(&s, run);
	close(mkstemp(path));
	ck_assert_int_eq(synthetic_write(run, path), 0);
	file = fopen(path, "rb");
	length = fread(bytes, 1, size, file);
	fclose(file);
	unlink(path);
	return length;
}

static size_t second_samples(const uint8_t *bytes)
{
	size_t at = 0;
	int n = 0;

	for (;;) {
		n += get_u32(bytes + at + BLOCK_KIND) == BLOCK_SAMPLES;
		if (n == 2)
			return at;
		at += BLOCK_HEADER + get_u32(bytes + at + BLOCK_LENGTH);
	}
}

static void assert_without_second(const struct run *run,
				  const struct run_cpu *whole)
{
	const struct run_cpu *cpu = &run->cpus[0];

	ck_assert_uint_eq(cpu->gone, FILE_SAMPLES_MAX);
	ck_assert_uint_eq(cpu->sample_count, 1000 - FILE_SAMPLES_MAX);
	ck_assert_uint_eq(cpu->span_count, 2);
	ck_assert_uint_eq(run_sample_number(cpu, 255), 255);
	ck_assert_uint_eq(run_sample_number(cpu, 256), 512);
	for (size_t i = 0; i < cpu->sample_count; i++)
		ck_assert_mem_eq(&cpu->samples[i],
				 &whole->samples[run_sample_number(cpu, i)],
				 sizeof(*cpu->samples));
}

START_TEST(a_missing_block_is_skipped)
{
	static uint8_t bytes[1 << 20];
	struct run run, back;
	size_t length = make(&run, bytes, sizeof(bytes));

	bytes[second_samples(bytes) + BLOCK_HEADER + 100] ^= 1;
	ck_assert_int_eq(file_decode(bytes, length, "damaged", &back), 0);
	assert_without_second(&back, &run.cpus[0]);
	run_free(&back);
	run_free(&run);
}
END_TEST

START_TEST(a_missing_line_is_skipped)
{
	static uint8_t bytes[1 << 20];
	struct textline_log log = { 0 };
	char line[TEXTLINE_MAX];
	struct run run, back;
	size_t length = make(&run, bytes, sizeof(bytes));
	size_t missing = (second_samples(bytes) + 1000) / TEXTLINE_BYTES;

	for (size_t n = 0; n * TEXTLINE_BYTES < length; n++) {
		size_t left = length - n * TEXTLINE_BYTES;

		textline_data(line, 1, (uint32_t)n, bytes + n * TEXTLINE_BYTES,
			      left < TEXTLINE_BYTES ? left : TEXTLINE_BYTES);
		if (n != missing)
			ck_assert_int_eq(textline_feed(&log, line, strlen(line)),
					 0);
	}
	ck_assert_uint_eq(log.count, 1);
	ck_assert_int_eq(file_decode(log.runs[0].bytes, log.runs[0].length,
				     "holed", &back), 0);
	assert_without_second(&back, &run.cpus[0]);
	run_free(&back);
	run_free(&run);
	textline_free(&log);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("number");

	unit_add(suite, samples_lost_in_the_ring_are_skipped);
	unit_add(suite, impossible_numbers_are_unknown);
	unit_add(suite, many_spans_are_found);
	unit_add(suite, without_spans_nothing_is_known);
	unit_add(suite, a_missing_block_is_skipped);
	unit_add(suite, a_missing_line_is_skipped);
	return unit_run(suite);
}
