/* SPDX-License-Identifier: MIT */
/* The options of the guest: words "xlat.NAME=VALUE" of the boot arguments. */
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
 * struct options - all options; docs/measuring.md lists their values
 * @timer: xlat.timer
 * @busy: xlat.idle
 * @period_ns: xlat.period
 * @phase_ns: xlat.phase
 * @dither_ns: xlat.dither
 * @seed: xlat.seed, the seed of the dither
 * @count: xlat.count
 * @warm_up: xlat.warm_up
 * @delay_ns: xlat.delay
 * @name: xlat.name
 * @scenario: xlat.scenario; empty: derived from the hypervisor found
 * @icount_shift: xlat.icount_shift; negative: not given
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
 * options_read() - read the options from the boot arguments
 * @options: receives the options
 * @words: the boot arguments; may be NULL
 * @wrong: on failure, receives the word that is wrong
 *
 * Return: NULL, or a text that says what is wrong with the word.
 */
const char *options_read(struct options *options, const char *words,
			 char wrong[80]);

#endif /* GUEST_OPTIONS_H */
