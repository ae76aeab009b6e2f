/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a function is recognised when it runs: its first instructions, from the ELF
 * file of the program. No I/O.
 */
#ifndef LAB_TRACE_FIRST_WORDS_H
#define LAB_TRACE_FIRST_WORDS_H

#include <stddef.h>

#include "mark.h"

enum { FIRST_WORDS = 16 };	/* that are taken */

/**
 * first_words() - the pattern of a function
 * @pattern: set
 * @elf: a 64-bit little-endian file for arm64: a program or a kernel module
 * @size: its length in bytes
 * @function: its name
 *
 * What can be different in memory is left open: what is relocated, and in a kernel
 * module also nops (ftrace, static keys) and what the kernel patches (its sections
 * .altinstructions and __jump_table).
 *
 * Returns NULL, or why there is no pattern.
 */
const char *first_words(struct pattern *pattern, const void *elf, size_t size,
			const char *function);

#endif
