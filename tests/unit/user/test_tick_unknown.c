// SPDX-License-Identifier: MIT
/* Recordings in which it is unknown whether ticks are time. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "core/file_format.h"
#include "tests/synthetic.h"
#include "tests/unit/unit.h"
#include "user/analysis/analyse.h"
#include "user/format/file.h"

static const struct stats_options options = { .warmup = STATS_WARMUP_RECORDED };
static const char insn[] = "{\"instructions\": true, \"insn_shift\": 0}";
static uint8_t bytes[1 << 20];
static size_t length;

/* A run whose ticks are instructions, as a recorder writes it. */
static void make(const char *environment)
{
	char path[] = "/tmp/xlat-test-tick-XXXXXX";
	struct synthetic s = synthetic_defaults();
	int fd = mkstemp(path);
	struct run run;
	FILE *file;

	ck_assert_int_ge(fd, 0);
	close(fd);
	s.count = 200;
	s.environment = environment;
	synthetic_run(&s, &run);
	ck_assert_int_eq(synthetic_write(&run, path), 0);
	run_free(&run);
	file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	unlink(path);
}

static uint8_t *block_of(uint32_t kind)
{
	size_t at = 0;

	while (get_u32(bytes + at + BLOCK_KIND) != kind)
		at += BLOCK_HEADER + get_u32(bytes + at + BLOCK_LENGTH);
	return bytes + at;
}

static void reseal(uint8_t *block)
{
	put_u32(block + BLOCK_HEADER_CRC,
		(uint32_t)crc32(0, block, BLOCK_HEADER_CRC));
	put_u32(block + BLOCK_PAYLOAD_CRC,
		(uint32_t)crc32(0, block + BLOCK_HEADER,
				get_u32(block + BLOCK_LENGTH)));
}

/* Removes a block, and renumbers the others so that no gap shows. */
static void take_out(uint32_t kind)
{
	uint8_t *block = block_of(kind);
	size_t size = BLOCK_HEADER + get_u32(block + BLOCK_LENGTH);
	uint32_t number = 0;
	size_t at;

	length -= size;
	memmove(block, block + size, length - (size_t)(block - bytes));
	for (at = 0; at < length;
	     at += BLOCK_HEADER + get_u32(bytes + at + BLOCK_LENGTH)) {
		put_u32(bytes + at + BLOCK_SEQUENCE, number++);
		reseal(bytes + at);
	}
}

static void analyse(struct report *report)
{
	struct run run;

	ck_assert_int_eq(file_decode(bytes, length, "unknown", &run), 0);
	ck_assert_int_eq(analyse_run(&run, &options, report), 0);
	run_free(&run);
}

static void assert_tick_unknown(enum report_verdict verdict, const char *why)
{
	struct report report;
	size_t i, notes = 0;

	analyse(&report);
	ck_assert_int_eq(report.unit, REPORT_TICKS);
	ck_assert_ptr_nonnull(strstr(report.tick_unknown, why));
	ck_assert_int_eq(report.total.verdict, verdict);
	ck_assert(report.total.value[REPORT_MIN].value == 300);
	ck_assert(report.core_hz == 0);
	for (i = 0; i < report.notes.count; i++)
		notes += !!strstr(report.notes.line[i], why);
	ck_assert_uint_eq(notes, 1);
	report_free(&report);
}

START_TEST(the_environment_is_missing)
{
	make(insn);
	take_out(BLOCK_ENVIRONMENT);
	assert_tick_unknown(REPORT_UNPROVEN, "environment");
}
END_TEST

START_TEST(the_environment_block_is_damaged)
{
	make(insn);
	block_of(BLOCK_ENVIRONMENT)[BLOCK_HEADER] ^= 1;
	assert_tick_unknown(REPORT_DAMAGED, "environment");
}
END_TEST

START_TEST(it_is_over_the_bound)
{
	make(insn);
	put_u32(block_of(BLOCK_ENVIRONMENT) + BLOCK_HEADER, ENVIRONMENT_MAX + 1);
	reseal(block_of(BLOCK_ENVIRONMENT));
	assert_tick_unknown(REPORT_DAMAGED, "environment");
}
END_TEST

START_TEST(it_is_no_document)
{
	make("{\"instructions\": true, \"insn_shift\": 0, \"a\": \"\\u0000\"}");
	assert_tick_unknown(REPORT_UNPROVEN, "environment");
	make("[]");
	assert_tick_unknown(REPORT_UNPROVEN, "environment");
	make("");
	assert_tick_unknown(REPORT_UNPROVEN, "environment");
}
END_TEST

/* What follows a zero byte would be hidden. */
START_TEST(it_holds_a_zero_byte)
{
	uint8_t *text;

	make("{\"instructions\": true, \"insn_shift\": 0} ");
	text = block_of(BLOCK_ENVIRONMENT) + BLOCK_HEADER + ENVIRONMENT_HEADER;
	text[strlen(insn)] = '\0';
	reseal(block_of(BLOCK_ENVIRONMENT));
	assert_tick_unknown(REPORT_DAMAGED, "environment");
}
END_TEST

START_TEST(no_format)
{
	make(insn);
	take_out(BLOCK_FORMAT);
	assert_tick_unknown(REPORT_UNPROVEN, "format");
}
END_TEST

START_TEST(format_of_version_0)
{
	make(insn);
	put_u32(block_of(BLOCK_FORMAT) + BLOCK_HEADER + strlen(FORMAT_NAME), 0);
	reseal(block_of(BLOCK_FORMAT));
	assert_tick_unknown(REPORT_DAMAGED, "format");
}
END_TEST

/* The version is the u32 after the magic; FINAL has two u64 before its map. */
static void set_map_version(uint32_t version)
{
	put_u32(block_of(BLOCK_FINAL) + BLOCK_HEADER + FINAL_HEADER + 8, version);
	reseal(block_of(BLOCK_FINAL));
}

START_TEST(map_of_another_version)
{
	make(insn);
	set_map_version(XLAT_ABI_VERSION + 1);
	assert_tick_unknown(REPORT_UNPROVEN, "set-up");
	set_map_version(0);
	assert_tick_unknown(REPORT_UNPROVEN, "set-up");
}
END_TEST

START_TEST(intact_it_is_in_instructions)
{
	struct report report;

	make(insn);
	analyse(&report);
	ck_assert_int_eq(report.unit, REPORT_INSN);
	ck_assert_ptr_null(report.tick_unknown);
	ck_assert_int_eq(report.total.verdict, REPORT_LOSSLESS);
	report_free(&report);
}
END_TEST

/* The second one has more blocks, which would continue the first one. */
START_TEST(a_second_recording_follows)
{
	static uint8_t second[1 << 20];
	struct report report;
	size_t more;

	make(insn);
	memcpy(second, bytes, length);
	more = length;
	length = (size_t)(block_of(BLOCK_FINAL) - bytes);
	memcpy(bytes + length, second, more);
	length += more;
	analyse(&report);
	ck_assert_int_eq(report.total.verdict, REPORT_DAMAGED);
	ck_assert_ptr_nonnull(strstr(report.total.why, "second recording"));
	ck_assert(!report.total.final);
	ck_assert_uint_eq(report.total.values, 2 * 200);
	report_free(&report);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tick_unknown");

	unit_add(suite, the_environment_is_missing);
	unit_add(suite, the_environment_block_is_damaged);
	unit_add(suite, it_is_over_the_bound);
	unit_add(suite, it_is_no_document);
	unit_add(suite, it_holds_a_zero_byte);
	unit_add(suite, no_format);
	unit_add(suite, format_of_version_0);
	unit_add(suite, map_of_another_version);
	unit_add(suite, intact_it_is_in_instructions);
	unit_add(suite, a_second_recording_follows);
	return unit_run(suite);
}
