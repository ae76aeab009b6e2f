/* SPDX-License-Identifier: MIT */
/*
 * Shared by the fuzzers: repeatable random numbers, the bytes of a run, and a
 * check of the samples that survive.
 */
#ifndef XLAT_FUZZ_H
#define XLAT_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/grid.h"
#include "tests/synthetic.h"

#define UNIT_TIMEOUT 600
#include "tests/unit/unit.h"

/**
 * fuzz_rounds() - @most if the environment has XLAT_FUZZ=long (make
 * check-fuzz-long), else a tenth of it (make check-fuzz)
 */
static inline int fuzz_rounds(int most)
{
	const char *form = getenv("XLAT_FUZZ");

	return form && !strcmp(form, "long") ? most : most / 10;
}

/** fuzz_seed - the state of fuzz_draw() */
static uint64_t fuzz_seed;

/** fuzz_draw() - the next pseudo-random number in [0, @range) */
static inline uint64_t fuzz_draw(uint64_t range)
{
	static uint64_t drawn;

	return xlat_draw(fuzz_seed, drawn++, range);
}

/** fuzz_file() - the file of @run, less than @most bytes; free() the result */
static inline uint8_t *fuzz_file(const struct run *run, size_t most,
				 size_t *length)
{
	char path[] = "/tmp/xlat-fuzz-XXXXXX";
	uint8_t *bytes = malloc(most);
	int fd = mkstemp(path);
	FILE *in;

	ck_assert_ptr_nonnull(bytes);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(synthetic_write(run, path), 0);
	in = fopen(path, "rb");
	ck_assert_ptr_nonnull(in);
	*length = fread(bytes, 1, most, in);
	ck_assert_uint_lt(*length, most);
	fclose(in);
	unlink(path);
	return bytes;
}

/** fuzz_samples() - count @run's samples; each is in @original, in order */
static inline size_t fuzz_samples(const struct run *run,
				  struct run *original)
{
	size_t c, i, at, n = 0, cpus = original->cpu_count;

	for (c = 0; c < run->cpu_count; c++) {
		const struct run_cpu *cpu = &run->cpus[c];
		const struct run_cpu *was = run_cpu_find(original,
							 cpu->map.cpu);

		for (i = 0, at = 0; i < cpu->sample_count; i++, at++, n++) {
			while (at < was->sample_count &&
			       memcmp(&was->samples[at], &cpu->samples[i],
				      sizeof(*was->samples)))
				at++;
			ck_assert_uint_lt(at, was->sample_count);
		}
	}
	ck_assert_uint_eq(original->cpu_count, cpus);
	return n;
}

#endif /* XLAT_FUZZ_H */
