// SPDX-License-Identifier: MIT
/* Files that are cut, damaged or hostile: no data is invented. */
#include <errno.h>
#include <string.h>

#include "core/grid.h"
#include "sample_file.h"

#define FLIPS	10000

static uint64_t drawn;

static uint64_t draw(uint64_t range)
{
	return xlat_draw(0xf11e, drawn++, range);
}

/* For every damaged file: no invented data, and every byte is accounted for. */
static void assert_honest(const struct run *back, const struct run *whole)
{
	for (size_t i = 0; i < back->cpu_count; i++) {
		const struct run_cpu *cpu = &back->cpus[i];
		size_t n = 0;

		while (n < whole->cpu_count &&
		       whole->cpus[n].map.cpu != cpu->map.cpu)
			n++;
		ck_assert_uint_lt(n, whole->cpu_count);
		assert_subsequence(cpu, &whole->cpus[n]);
		if (cpu->final)
			ck_assert_uint_eq(cpu->sample_count + cpu->gone,
					  cpu->received);
		if (cpu->late || cpu->early)
			ck_assert(cpu->final && cpu->late && cpu->early);
	}
}

START_TEST(every_truncation_keeps_what_is_complete)
{
	struct sample_file f;
	size_t before = 0;

	make(&f, 1, 60);
	for (size_t length = 0; length < f.length; length++) {
		struct run back;
		uint8_t *copy = malloc(length + 1);
		int error;

		/* a copy of the exact length, so that ASAN finds overreads */
		copy = realloc(copy, length ? length : 1);
		memcpy(copy, f.bytes, length);
		error = file_decode(copy, length, "cut", &back);
		ck_assert(!back.complete);
		ck_assert(error == 0 || error == -EBADMSG);
		ck_assert_int_eq(error == 0,
				 length >= BLOCK_HEADER + FORMAT_BYTES);
		ck_assert_uint_ge(samples_in(&back), before);
		ck_assert_uint_eq(back.damaged_blocks, 0);
		ck_assert_uint_eq(back.damaged_bytes, 0);
		ck_assert_uint_le(back.cut_bytes, length);
		before = samples_in(&back);
		assert_honest(&back, &f.run);
		run_free(&back);
		free(copy);
	}
	ck_assert_uint_eq(before, samples_in(&f.run));
	drop(&f);
}
END_TEST

START_TEST(a_cut_is_not_counted_as_damage)
{
	struct sample_file f;
	struct run back;

	make(&f, 1, 300);
	ck_assert_int_eq(file_decode(f.bytes, f.length - 3, "cut", &back), 0);
	ck_assert_uint_eq(back.cut_bytes, BLOCK_HEADER - 3);
	ck_assert_uint_eq(back.damaged_bytes, 0);
	run_free(&back);
	f.bytes[f.length - BLOCK_HEADER - 5] ^= 1;
	ck_assert_int_eq(file_decode(f.bytes, f.length - 3, "both", &back), 0);
	ck_assert_uint_eq(back.cut_bytes, BLOCK_HEADER - 3);
	ck_assert_uint_gt(back.damaged_bytes, 0);
	run_free(&back);
	drop(&f);
}
END_TEST

START_TEST(one_flip_costs_one_block)
{
	struct sample_file f;

	make(&f, 1, 300);
	for (int i = 0; i < FLIPS; i++) {
		size_t at = draw(f.length);
		uint8_t bit = (uint8_t)(1u << draw(8));
		struct run back;

		f.bytes[at] ^= bit;
		ck_assert_int_eq(file_decode(f.bytes, f.length, "flip", &back), 0);
		f.bytes[at] ^= bit;
		assert_honest(&back, &f.run);
		ck_assert_uint_gt(back.damaged_bytes, 0);
		ck_assert(back.damaged_blocks == 1 || !back.complete);
		ck_assert_uint_ge(samples_in(&back) + FILE_SAMPLES_MAX,
				  samples_in(&f.run));
		run_free(&back);
	}
	drop(&f);
}
END_TEST

START_TEST(many_flips_neither_crash_nor_lie)
{
	struct sample_file f;

	make(&f, 2, 300);
	for (int i = 0; i < FLIPS / 10; i++) {
		uint8_t *copy = malloc(f.length);
		int flips = 1 + (int)draw(20);
		struct run back;

		memcpy(copy, f.bytes, f.length);
		while (flips--)
			copy[draw(f.length)] ^= (uint8_t)(1 + draw(255));
		file_decode(copy, f.length, "flips", &back);
		assert_honest(&back, &f.run);
		run_free(&back);
		free(copy);
	}
	drop(&f);
}
END_TEST

START_TEST(sums_of_any_part_are_right)
{
	static uint8_t bytes[5000];
	struct file_sums sums = { .bytes = bytes, .length = sizeof(bytes) };

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)draw(256);
	for (int i = 0; i < 3000; i++) {
		size_t from = draw(sizeof(bytes) + 1);
		uint32_t length = (uint32_t)draw(sizeof(bytes) - from + 1);

		ck_assert_uint_eq(file_sums_of(&sums, from, length),
				  crc32(0, bytes + from, length));
	}
	file_sums_free(&sums);
}
END_TEST

/* Checksums only find accidents: contents must be checked, too. */
START_TEST(hostile_contents_do_no_harm)
{
	struct sample_file f;

	make(&f, 2, 300);
	for (int i = 0; i < FLIPS / 10; i++) {
		uint8_t *copy = malloc(f.length);
		struct run back;

		memcpy(copy, f.bytes, f.length);
		for (size_t at = 0; at < f.length;) {
			uint8_t *block = copy + at;
			uint32_t length = get_u32(block + BLOCK_LENGTH);

			at += BLOCK_HEADER + length;
			if (draw(3))
				continue;
			if (length)
				block[BLOCK_HEADER + draw(length < 32 ? length : 32)] ^=
					(uint8_t)(1 + draw(255));
			if (!draw(4))
				put_u32(block + BLOCK_KIND, (uint32_t)draw(12));
			if (!draw(8))
				put_u32(block + BLOCK_SEQUENCE, (uint32_t)draw(50));
			reseal(block);
		}
		file_decode(copy, f.length, "hostile", &back);
		run_free(&back);
		free(copy);
	}
	drop(&f);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("file_damage");

	unit_add(suite, every_truncation_keeps_what_is_complete);
	unit_add(suite, a_cut_is_not_counted_as_damage);
	unit_add(suite, one_flip_costs_one_block);
	unit_add(suite, many_flips_neither_crash_nor_lie);
	unit_add(suite, sums_of_any_part_are_right);
	unit_add(suite, hostile_contents_do_no_harm);
	return unit_run(suite);
}
