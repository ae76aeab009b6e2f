/* SPDX-License-Identifier: MIT */
/* What the guest is to do: words "xlat.NAME=VALUE" of the boot arguments. */
#ifndef GUEST_OPTIONS_H
#define GUEST_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "timer.h"

enum options_test {
	TEST_NONE,
	TEST_UNDEF,
	TEST_ABORT,
};

/**
 * struct options - all of them; docs/measuring.md lists their values
 * @timer: xlat.timer
 * @busy: xlat.idle
 * @period_ns: xlat.period
 * @phase_ns: xlat.phase
 * @dither_ns: xlat.dither
 * @seed: xlat.seed, of the dither
 * @count: xlat.count
 * @warm_up: xlat.warm_up
 * @delay_ns: xlat.delay
 * @name: xlat.name
 * @scenario: xlat.scenario; empty: by what the guest finds
 * @icount_shift: xlat.icount_shift; negative: not told
 * @test: xlat.test
 */
struct options {
	const struct timer *timer;
	bool busy;
	uint64_t period_ns;
	uint64_t phase_ns;
	uint64_t dither_ns;
	uint64_t seed;
	uint64_t count;
	uint64_t warm_up;
	uint64_t delay_ns;
	char name[41];
	char scenario[64];
	int icount_shift;
	enum options_test test;
};

/**
 * options_read() - from the boot arguments
 * @words: they; may be NULL
 * @wrong: on failure, the word that is to blame
 *
 * Return: NULL, or what is wrong with it.
 */
const char *options_read(struct options *options, const char *words,
			 char wrong[80]);

#endif /* GUEST_OPTIONS_H */
