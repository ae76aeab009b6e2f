// SPDX-License-Identifier: MIT
/* A file as lines: what damages them, and what is not a line. */
#include <stdio.h>
#include <sys/mman.h>

#include "sent_lines.h"

#define ROUNDS	10000

START_TEST(lines_are_short_and_come_back)
{
	struct textline_log log = { 0 };

	make(0xbeef, "native.phys");
	for (size_t i = 0; i < LINES + 2; i++)
		ck_assert_uint_le(strlen(line[i]), 100);
	feed_all(&log);
	ck_assert_uint_eq(log.count, 1);
	ck_assert_uint_eq(log.damaged, 0);
	assert_intact(&log.runs[0], "native.phys");
	textline_free(&log);
}
END_TEST

START_TEST(consoles_add_things_around)
{
	static const char *const before[] = {
		"", "(XEN) ", "(d1) ", "[    1.234567] ", "\r", "login: ",
	};
	static const char *const after[] = {
		"", "\r", "\r\r\n", "\n", "[   12.345678] eth0: link is up\n",
		" (XEN) mm.c:1234", " ",
	};
	struct textline_log log = { 0 };
	char text[400];

	make(1, "a");
	for (size_t i = 0; i < LINES + 2; i++) {
		snprintf(text, sizeof(text), "%s%.*s%s", before[i % 6],
			 TEXTLINE_MAX, line[i], after[i % 7]);
		feed(&log, text);
		if (i % 5 == 0)
			feed(&log, "[    2.000000] usb 1-1: new device\r\n");
	}
	ck_assert_uint_eq(log.damaged, 0);
	assert_intact(&log.runs[0], "a");
	textline_free(&log);
}
END_TEST

START_TEST(two_lines_in_one)
{
	struct textline_log log = { 0 };
	char text[3 * TEXTLINE_MAX];

	make(1, "a");
	for (size_t i = 0; i < LINES + 2; i += 2) {
		snprintf(text, sizeof(text), "%.*s%.*s", TEXTLINE_MAX, line[i],
			 TEXTLINE_MAX, i + 1 < LINES + 2 ? line[i + 1] : "");
		feed(&log, text);
	}
	assert_intact(&log.runs[0], "a");
	textline_free(&log);
}
END_TEST

START_TEST(a_message_inside_costs_that_line)
{
	struct textline_log log = { 0 };
	char text[400];

	make(1, "a");
	for (size_t i = 0; i < LINES + 2; i++) {
		if (i != 7) {
			feed(&log, line[i]);
			continue;
		}
		snprintf(text, sizeof(text), "%.40s[  1.5] oops\n", line[i]);
		feed(&log, text);
		feed(&log, line[i] + 40);
	}
	ck_assert_uint_eq(log.damaged, 1);
	ck_assert_uint_eq(log.count, 1);
	ck_assert(log.runs[0].ended && !log.runs[0].intact);
	ck_assert_uint_eq(log.runs[0].missing, 1);
	ck_assert_uint_eq(log.runs[0].length, BYTES - TEXTLINE_BYTES);
	textline_free(&log);
}
END_TEST

START_TEST(missing_lines_are_counted)
{
	for (size_t gone = 0; gone < LINES + 2; gone++) {
		struct textline_log log = { 0 };
		bool end = gone == LINES + 1;

		make(3, "b");
		for (size_t i = 0; i < LINES + 2; i++) {
			if (i != gone)
				feed(&log, line[i]);
		}
		ck_assert_uint_eq(log.count, 1);
		ck_assert_uint_eq(log.runs[0].missing, !end);
		ck_assert_int_eq(log.runs[0].ended, !end);
		ck_assert_int_eq(log.runs[0].whole, gone == 0);
		ck_assert(!log.runs[0].intact);
		ck_assert_str_eq(log.runs[0].name, gone ? "b" : "");
		textline_free(&log);
	}
}
END_TEST

/* Damage of any kind: no crash, and no damaged run is called intact. */
START_TEST(damage_is_never_intact)
{
	make(9, "c");
	for (int round = 0; round < ROUNDS; round++) {
		struct textline_log log = { 0 };
		size_t hit = draw(LINES + 2);
		char text[TEXTLINE_MAX];
		size_t length = strlen(line[hit]), at = draw(length);

		memcpy(text, line[hit], sizeof(text));
		text[at] = (char)(text[at] ^ (1 + (char)draw(255)));
		for (size_t i = 0; i < LINES + 2; i++)
			ck_assert_int_eq(textline_feed(&log,
				i == hit ? text : line[i],
				i == hit ? length : strlen(line[i])), 0);
		if (hit > 0)
			ck_assert(!log.runs[0].intact);
		ck_assert_uint_ge(log.runs[0].lines, LINES - 1);
		textline_free(&log);
	}
}
END_TEST

START_TEST(without_its_end_what_is_known_is_missing)
{
	struct textline_log log = { 0 };

	make(1, "a");
	feed_some(&log, 4, 10);
	ck_assert_uint_eq(log.count, 1);
	ck_assert_uint_eq(log.runs[0].missing, 1 + 3);
	ck_assert_uint_eq(log.runs[0].lines, 6);
	textline_free(&log);
}
END_TEST

/* All lines arrive, but the end line contradicts them. */
static void assert_contradicted(uint32_t lines, uint64_t bytes, uint32_t crc)
{
	struct textline_log log = { 0 };
	char last[TEXTLINE_MAX];

	feed_some(&log, 0, LINES + 1);
	textline_end(last, 1, lines, bytes, crc);
	feed(&log, last);
	ck_assert_uint_eq(log.count, 1);
	ck_assert(log.runs[0].ended);
	ck_assert(!log.runs[0].whole && !log.runs[0].intact);
	textline_free(&log);
}

START_TEST(an_end_has_to_agree)
{
	uint32_t crc;

	make(1, "a");
	crc = (uint32_t)crc32(0, sent, BYTES);
	assert_contradicted(LINES + 1, BYTES, crc);
	assert_contradicted(LINES - 1, BYTES, crc);
	assert_contradicted(LINES, BYTES + 1, crc);
	assert_contradicted(LINES, BYTES, crc ^ 1);
}
END_TEST

/* A valid checksum does not make an invalid line valid. */
static void assert_no_line(const char *text, size_t length)
{
	struct textline_log log = { 0 };
	char all[TEXTLINE_MAX + 1];
	int n = sprintf(all, "#xlat ");

	memcpy(all + n, text, length);
	sprintf(all + n + length, " %08x",
		(unsigned int)crc32(0, (const Bytef *)text, (uInt)length));
	ck_assert_int_eq(textline_feed(&log, all, (size_t)n + length + 9), 0);
	ck_assert_uint_eq(log.count, 0);
	ck_assert_uint_eq(log.damaged, 1);
	textline_free(&log);
}

#define NO_LINE(text)	assert_no_line(text, sizeof(text) - 1)

/* crc32 of @length zeros, of which each half is equal: no byte is read. */
static uint32_t crc_of_zeros(uint64_t length)
{
	uint32_t half;

	if (!length)
		return 0;
	if (length % 2)
		return (uint32_t)crc32_combine(crc_of_zeros(length - 1),
					       crc32(0, (const Bytef *)"", 1), 1);
	half = crc_of_zeros(length / 2);
	return (uint32_t)crc32_combine(half, half, (z_off_t)(length / 2));
}

START_TEST(more_than_4_gib_can_be_proven)
{
	uint64_t length = (1ULL << 32) + 480;
	struct textline_run run = {
		.name = "large", .length = length, .ended = true,
		.lines = length / TEXTLINE_BYTES, .sent_bytes = length,
		.crc = crc_of_zeros(length),
	};

	run.sent_lines = (uint32_t)run.lines;
	run.bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS |
			 MAP_NORESERVE, -1, 0);
	ck_assert_ptr_ne(run.bytes, MAP_FAILED);
	textline_prove(&run);
	ck_assert(run.whole && run.intact);
	ck_assert_int_eq(munmap(run.bytes, length), 0);
}
END_TEST

START_TEST(lines_that_are_never_sent)
{
	NO_LINE("0001");
	NO_LINE("xyz 0 AAAA");
	NO_LINE("0001 begin ../a");
	NO_LINE("0001 begin ");
	NO_LINE("0001 begin a\0b");
	NO_LINE("0001 begin a ");
	NO_LINE("0001 begin  deflate");
	NO_LINE("0001 begin a deflat");
	NO_LINE("0001 begin a deflated");
	NO_LINE("0001 begin a deflate b");
	NO_LINE("0001 begin 12345678901234567890123456789012345678901 deflate");
	NO_LINE("0001 0 ");
	NO_LINE("0001 0 AAA");
	NO_LINE("0001 0 AA*A");
	NO_LINE("0001 0 A=AA");
	NO_LINE("0001 4294967295 AAAA");
	NO_LINE("0001 4294967296 AAAA");
	NO_LINE("0001 end 1 2");
	NO_LINE("0001 0 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		"AAAAAAAAAAAAAAAA");
}
END_TEST

START_TEST(names_that_may_be_files)
{
	ck_assert(textline_name_is_good("xen-domu.phys"));
	ck_assert(!textline_name_is_good(""));
	ck_assert(!textline_name_is_good(".."));
	ck_assert(!textline_name_is_good("-o"));
	ck_assert(!textline_name_is_good("a/b"));
	ck_assert(!textline_name_is_good("a b"));
	ck_assert(textline_name_is_good("1234567890123456789012345678901234567890"));
	ck_assert(!textline_name_is_good("12345678901234567890123456789012345678901"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("textline");

	unit_add(suite, lines_are_short_and_come_back);
	unit_add(suite, consoles_add_things_around);
	unit_add(suite, two_lines_in_one);
	unit_add(suite, a_message_inside_costs_that_line);
	unit_add(suite, missing_lines_are_counted);
	unit_add(suite, damage_is_never_intact);
	unit_add(suite, without_its_end_what_is_known_is_missing);
	unit_add(suite, an_end_has_to_agree);
	unit_add(suite, more_than_4_gib_can_be_proven);
	unit_add(suite, lines_that_are_never_sent);
	unit_add(suite, names_that_may_be_files);
	return unit_run(suite);
}
