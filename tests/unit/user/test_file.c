// SPDX-License-Identifier: MIT
/* A recording is written and read back; a full disk damages no block. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "sample_file.h"

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
