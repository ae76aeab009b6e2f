// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "user/format/file.h"
#include "core/file_format.h"
#include "user/format/file_bytes.h"
#include "core/grid.h"
#include "tests/synthetic.h"
#include "tests/unit/unit.h"

#define FLIPS	10000

static char path[] = "/tmp/xlat-test-file-XXXXXX";

static uint64_t drawn;

static uint64_t draw(uint64_t range)
{
	return xlat_draw(0xf11e, drawn++, range);
}

/* A small run in memory, and the bytes that a recorder writes for it. */
struct sample_file {
	struct run run;
	uint8_t *bytes;
	size_t length;
};

static void slurp(uint8_t **bytes, size_t *length)
{
	FILE *file = fopen(path, "rb");
	struct stat st;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fstat(fileno(file), &st), 0);
	*length = (size_t)st.st_size;
	*bytes = malloc(*length + 1);
	ck_assert_uint_eq(fread(*bytes, 1, *length, file), *length);
	fclose(file);
}

static void make(struct sample_file *f, uint32_t cpus, uint64_t count)
{
	struct synthetic s = synthetic_defaults();
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	close(fd);
	s.cpu_count = cpus;
	s.count = count;
	synthetic_run(&s, &f->run);
	ck_assert_int_eq(synthetic_write(&f->run, path), 0);
	slurp(&f->bytes, &f->length);
}

static void drop(struct sample_file *f)
{
	unlink(path);
	run_free(&f->run);
	free(f->bytes);
}

static bool same_sample(const struct xlat_sample *a, const struct xlat_sample *b)
{
	return a->deadline == b->deadline && a->entry == b->entry &&
	       a->missed == b->missed && a->flags == b->flags;
}

/* All samples of @part are in @whole, in the same order. */
static void assert_subsequence(const struct run_cpu *part,
			       const struct run_cpu *whole)
{
	size_t at = 0;

	for (size_t i = 0; i < part->sample_count; i++, at++) {
		while (at < whole->sample_count &&
		       !same_sample(&part->samples[i], &whole->samples[at]))
			at++;
		ck_assert_uint_lt(at, whole->sample_count);
	}
}

static void assert_same_cpu(const struct run_cpu *a, const struct run_cpu *b)
{
	ck_assert(a->started && a->final);
	ck_assert_uint_eq(a->sample_count, b->sample_count);
	assert_subsequence(a, b);
	ck_assert_uint_eq(a->received, b->received);
	ck_assert_uint_eq(a->lost, b->lost);
	ck_assert_uint_eq(a->gone, 0);
	ck_assert_mem_eq(&a->map, &b->map, sizeof(a->map));
	ck_assert_mem_eq(a->late, b->late, XLAT_BUCKETS * sizeof(*a->late));
	ck_assert_mem_eq(a->early, b->early, XLAT_BUCKETS * sizeof(*a->early));
}

START_TEST(a_file_reads_back_as_written)
{
	struct sample_file f;
	struct run back;

	make(&f, 2, 1000);
	ck_assert_int_eq(file_read(path, &back), 0);
	ck_assert(back.complete);
	ck_assert_uint_eq(back.damaged_blocks, 0);
	ck_assert_uint_eq(back.damaged_bytes, 0);
	ck_assert_str_eq(back.name, path);
	ck_assert_str_eq(back.environment, f.run.environment);
	ck_assert_uint_eq(back.cpu_count, f.run.cpu_count);
	for (size_t i = 0; i < back.cpu_count; i++)
		assert_same_cpu(&back.cpus[i], &f.run.cpus[i]);
	run_free(&back);
	drop(&f);
}
END_TEST

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

static size_t samples_in(const struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->cpu_count; i++)
		n += run->cpus[i].sample_count;
	return n;
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

/* Makes the checksums of the block at @at valid, like a hostile writer. */
static void reseal(uint8_t *block)
{
	uint32_t length = get_u32(block + BLOCK_LENGTH);

	put_u32(block + BLOCK_HEADER_CRC,
		(uint32_t)crc32(0, block, BLOCK_HEADER_CRC));
	put_u32(block + BLOCK_PAYLOAD_CRC,
		(uint32_t)crc32(0, block + BLOCK_HEADER, length));
}

/* Checksums only find accidents: contents must be checked, too. */
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

START_TEST(unknown_kinds_are_skipped_and_counted)
{
	struct sample_file f;
	struct run back;
	uint8_t *end;

	make(&f, 1, 10);
	end = f.bytes + f.length - BLOCK_HEADER;
	put_u32(end + BLOCK_KIND, 77);
	reseal(end);
	ck_assert_int_eq(file_decode(f.bytes, f.length, "x", &back), 0);
	ck_assert_uint_eq(back.unknown_blocks, 1);
	ck_assert_uint_eq(back.damaged_blocks, 0);
	run_free(&back);
	drop(&f);
}
END_TEST

START_TEST(a_newer_format_is_refused)
{
	struct sample_file f;
	struct run back;

	make(&f, 1, 10);
	put_u32(f.bytes + BLOCK_HEADER + 8, FILE_VERSION + 1);
	reseal(f.bytes);
	ck_assert_int_eq(file_decode(f.bytes, f.length, "x", &back),
			 -EPROTONOSUPPORT);
	run_free(&back);
	drop(&f);
}
END_TEST

START_TEST(foreign_files_are_refused)
{
	static const char text[] = "cpu,deadline\n0,12345\n";
	struct run back;

	ck_assert_int_eq(file_decode(text, sizeof(text), "x", &back), -EBADMSG);
	run_free(&back);
	ck_assert_int_eq(file_decode("", 0, "x", &back), -EBADMSG);
	run_free(&back);
	ck_assert_int_eq(file_read("/nonexistent/x.xlat", &back), -ENOENT);
	run_free(&back);
	ck_assert_int_eq(file_read("/", &back), -EISDIR);
	run_free(&back);
}
END_TEST

START_TEST(a_long_environment_is_put_together)
{
	size_t length = 3 * ENVIRONMENT_CHUNK + 17;
	char *text = malloc(length + 1);
	struct file_writer w;
	struct run back;
	int fd = mkstemp(path);

	close(fd);
	memset(text, 'x', length);
	text[length] = '\0';
	ck_assert_int_eq(file_create(&w, path), 0);
	ck_assert_int_eq(file_put_environment(&w, "{\"early\":1}"), 0);
	ck_assert_int_eq(file_put_environment(&w, text), 0);
	ck_assert_int_eq(file_put_end(&w), 0);
	ck_assert_int_eq(file_close(&w), 0);
	ck_assert_int_eq(file_read(path, &back), 0);
	ck_assert_str_eq(back.environment, text);
	run_free(&back);
	ck_assert_int_eq(file_append(&w, path), 0);
	ck_assert_int_eq(file_put_environment(&w, "{\"late\":1}"), 0);
	ck_assert_int_eq(file_close(&w), 0);
	ck_assert_int_eq(file_read(path, &back), 0);
	ck_assert_str_eq(back.environment, "{\"late\":1}");
	ck_assert(back.complete);
	ck_assert_uint_eq(back.damaged_blocks, 0);
	run_free(&back);
	unlink(path);
	free(text);
}
END_TEST

START_TEST(appending_to_a_cut_file_is_no_damage)
{
	struct file_writer w;
	struct run back;
	int fd = mkstemp(path);

	close(fd);
	ck_assert_int_eq(file_create(&w, path), 0);
	ck_assert_int_eq(file_put_environment(&w, "{\"early\":1}"), 0);
	ck_assert_int_eq(ftruncate(w.fd, (off_t)w.end - 2), 0);
	ck_assert_int_eq(file_close(&w), 0);
	ck_assert_int_eq(file_append(&w, path), 0);
	ck_assert_int_eq(file_put_environment(&w, "{\"late\":1}"), 0);
	ck_assert_int_eq(file_close(&w), 0);
	ck_assert_int_eq(file_read(path, &back), 0);
	ck_assert_str_eq(back.environment, "{\"late\":1}");
	ck_assert_uint_eq(back.damaged_bytes + back.damaged_blocks, 0);
	ck_assert_uint_eq(back.cut_bytes, 0);
	run_free(&back);
	unlink(path);
}
END_TEST

START_TEST(lost_samples_are_not_gone)
{
	struct xlat_sample samples[300] = { 0 };
	struct xlat_map map = { .magic = XLAT_MAP_MAGIC, .cpu = 3,
				.tick_hz = 1, .period_ticks = 1 };
	struct file_writer w;
	struct run back;
	int fd = mkstemp(path);

	close(fd);
	ck_assert_int_eq(file_create(&w, path), 0);
	ck_assert_int_eq(file_put_setup(&w, &map), 0);
	ck_assert_int_eq(file_put_samples(&w, 3, 0, 0, samples, 300), 0);
	ck_assert_int_eq(file_put_samples(&w, 3, 1000, 300, samples, 5), 0);
	ck_assert_int_eq(file_put_final(&w, &map, 305, 700), 0);
	ck_assert_int_eq(file_close(&w), 0);
	ck_assert_int_eq(file_read(path, &back), 0);
	ck_assert_uint_eq(back.cpus[0].sample_count, 305);
	ck_assert_uint_eq(back.cpus[0].lost, 700);
	ck_assert_uint_eq(back.cpus[0].gone, 0);
	ck_assert(!back.complete);
	run_free(&back);
	unlink(path);
}
END_TEST

/* The disk becomes full in the middle of a block. */
START_TEST(a_full_disk_leaves_whole_blocks)
{
	struct xlat_sample samples[FILE_SAMPLES_MAX] = { 0 };
	struct rlimit limit = { .rlim_cur = 20000, .rlim_max = 20000 };
	struct file_writer w;
	struct run back;
	int fd = mkstemp(path), error = 0;
	uint64_t put = 0;

	close(fd);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(file_create(&w, path), 0);
	while (!error) {
		error = file_put_samples(&w, 0, put, put, samples,
					 FILE_SAMPLES_MAX);
		put += error ? 0 : FILE_SAMPLES_MAX;
	}
	ck_assert_int_eq(error, -EFBIG);
	ck_assert_int_eq(file_close(&w), 0);
	ck_assert_int_eq(file_read(path, &back), 0);
	ck_assert_uint_eq(samples_in(&back), put);
	ck_assert_uint_eq(back.damaged_bytes, 0);
	run_free(&back);
	unlink(path);
}
END_TEST

/* The disk is full before the header is written. */
START_TEST(no_room_for_the_header_leaves_nothing)
{
	struct rlimit limit = { .rlim_cur = 10, .rlim_max = 10 };
	struct file_writer w;
	int fd = mkstemp(path);

	close(fd);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(file_create(&w, path), -EFBIG);
	ck_assert_int_eq(access(path, F_OK), -1);
	/* the descriptor is free again */
	ck_assert_int_eq(open("/dev/null", O_RDONLY), fd);
	close(fd);
	ck_assert_int_eq(file_create(&w, "/dev/full"), -ENOSPC);
	ck_assert_int_eq(access("/dev/full", F_OK), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("file");

	unit_add(suite, a_file_reads_back_as_written);
	unit_add(suite, every_truncation_keeps_what_is_complete);
	unit_add(suite, a_cut_is_not_counted_as_damage);
	unit_add(suite, one_flip_costs_one_block);
	unit_add(suite, many_flips_neither_crash_nor_lie);
	unit_add(suite, sums_of_any_part_are_right);
	unit_add(suite, hostile_contents_do_no_harm);
	unit_add(suite, unknown_kinds_are_skipped_and_counted);
	unit_add(suite, a_newer_format_is_refused);
	unit_add(suite, foreign_files_are_refused);
	unit_add(suite, a_long_environment_is_put_together);
	unit_add(suite, appending_to_a_cut_file_is_no_damage);
	unit_add(suite, lost_samples_are_not_gone);
	unit_add(suite, a_full_disk_leaves_whole_blocks);
	unit_add(suite, no_room_for_the_header_leaves_nothing);
	return unit_run(suite);
}
