/* SPDX-License-Identifier: MIT */
/*
 * Fixture for tests of the file format: a small run, and its file.
 */
#ifndef XLAT_SAMPLE_FILE_H
#define XLAT_SAMPLE_FILE_H

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/file_format.h"
#include "user/format/file.h"
#include "user/format/file_bytes.h"
#include "tests/synthetic.h"
#include "tests/unit/unit.h"

static char path[] = "/tmp/xlat-test-file-XXXXXX";

/* A small run in memory, and the bytes that a recorder writes for it. */
struct sample_file {
	struct run run;
	uint8_t *bytes;
	size_t length;
};

static inline void slurp(uint8_t **bytes, size_t *length)
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

static inline void make(struct sample_file *f, uint32_t cpus, uint64_t count)
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

static inline void drop(struct sample_file *f)
{
	unlink(path);
	run_free(&f->run);
	free(f->bytes);
}

static inline bool same_sample(const struct xlat_sample *a,
			       const struct xlat_sample *b)
{
	return a->deadline == b->deadline && a->entry == b->entry &&
	       a->missed == b->missed && a->flags == b->flags;
}

/* All samples of @part are in @whole, in the same order. */
static inline void assert_subsequence(const struct run_cpu *part,
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

static inline size_t samples_in(const struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->cpu_count; i++)
		n += run->cpus[i].sample_count;
	return n;
}

/* Makes the checksums of @block valid, like a hostile writer. */
static inline void reseal(uint8_t *block)
{
	uint32_t length = get_u32(block + BLOCK_LENGTH);

	put_u32(block + BLOCK_HEADER_CRC,
		(uint32_t)crc32(0, block, BLOCK_HEADER_CRC));
	put_u32(block + BLOCK_PAYLOAD_CRC,
		(uint32_t)crc32(0, block + BLOCK_HEADER, length));
}

#endif
