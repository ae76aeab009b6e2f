/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Does a table belong to the code that ran? A wrong file gives plausible names.
 * So the instructions that were seen at run time are compared with the file,
 * block by block. A word of the file and the word seen at its place are
 *
 *	same		equal
 *	variable	equal but for bits that a loader or an alternative may
 *			change (symbols_variable.h)
 *	patched		of a form that Linux changes at boot (patches[] in
 *			symbols_check.c): static keys and function tracing turn
 *			nop, b, bl and "mov x9, x30" into each other; run-time
 *			constants are the number in movz, movk, lsr
 *	different	anything else
 *
 * The rule: one different word, and the table is of other code; fewer than
 * SYMBOLS_CHECK_LEAST equal words prove nothing; else it is right. There is no
 * share that may differ, because similar builds have most functions in common:
 * what is at the same place with the same instructions may be named, and every
 * block of a path can be checked.
 *
 * Measured in the memory of machines after boot, all words of all functions:
 *
 *	Linux 6.1.192 natively, A53		3,391,488 words; 10 different
 *	... natively, VHE, -cpu max		3,391,488; 10
 *	... dom0 of Xen 4.17.7			3,391,488; 10
 *	Linux 5.10.223, A53			2,998,272; 14
 *	Linux 6.12.118, VHE, -cpu max		4,063,232; 96,396
 *	... dom0 of Xen 4.20.4			4,063,232; 96,400
 *	Linux 7.2.13, -cpu max			4,915,200; 106,586
 *	Xen 4.17.7; 4.20.4			119,259; 0; 119,740; 1
 *	xlat.ko on 6.1 and 6.12, three machines	5,108 and 4,988; 0
 *
 * All of the different words are data that lie among the code and are never
 * executed (from 6.12 on, a pointer in the two words before a function). Of
 * wrong files, 92 to 97 % of the words are different (another version, another
 * configuration), and of blocks of four instructions in a function that
 * differs, 4 % or less have no different word. Two builds of Xen of which one
 * has a loop more: 20 % of the words; 1,387 of 1,812 functions are the same.
 */
#ifndef LAB_SYMBOLS_CHECK_H
#define LAB_SYMBOLS_CHECK_H

#include "symbols.h"

/** SYMBOLS_CHECK_LEAST - equal words that prove that a table is right */
#define SYMBOLS_CHECK_LEAST	64

/**
 * struct symbols_seen - instructions that were seen at run time
 * @address: of the first; a multiple of 4
 * @words: the instructions
 * @count: how many
 */
struct symbols_seen {
	uint64_t address;
	const uint32_t *words;
	size_t count;
};

/**
 * struct symbols_check - the result so far; all zero at first
 * @blocks: that were compared
 * @same: words, as for the next three; see above
 * @variable: words
 * @patched: words
 * @different: words
 * @outside: words at addresses of which the file has no bytes
 * @wrong_address: of the first different word, if there is one
 * @wrong_file: that word in the file
 * @wrong_seen: and as it was seen
 */
struct symbols_check {
	size_t blocks;
	size_t same, variable, patched, different, outside;
	uint64_t wrong_address;
	uint32_t wrong_file, wrong_seen;
};

/** enum symbols_verdict - what a check says of the table */
enum symbols_verdict {
	SYMBOLS_RIGHT,
	SYMBOLS_UNPROVEN,	/* too few words */
	SYMBOLS_WRONG,		/* of other code, or it lies elsewhere */
};

/**
 * symbols_check_block() - compare one block with the file
 *
 * Return: true if no word of the block is different, and none is outside
 */
bool symbols_check_block(struct symbols_check *check,
			 const struct symbols *table,
			 const struct symbols_seen *seen);

/** symbols_check_verdict() - after all blocks */
enum symbols_verdict symbols_check_verdict(const struct symbols_check *check);

/**
 * symbols_code() - what the instructions of a function look like at run time
 * @section: where the function is, placed or not; as @offset
 * @count: how many words are wanted
 * @words: the words of the file
 * @masks: the bits of each word that are the same at run time
 *
 * To find a function whose address is not known.
 *
 * Return: how many words there are, at most @count
 */
size_t symbols_code(const struct symbols *table, size_t section,
		    uint64_t offset, size_t count, uint32_t *words,
		    uint32_t *masks);

/**
 * struct symbols_calls - the calls (bl) in the code of a file
 * @calls: how many, with a target in a section of the table
 * @met: how many of them lead to the beginning of a function
 */
struct symbols_calls {
	size_t calls;
	size_t met;
};

/**
 * symbols_count_calls() - do table and code of the same file fit each other?
 *
 * In seven images of Linux, 99.5 to 99.8 % of the calls met a beginning, in Xen
 * and the guest all; with a table that is 64 bytes off, 1 to 7 %. The calls of a
 * file that is not linked say nothing.
 */
struct symbols_calls symbols_count_calls(const struct symbols *table);

/**
 * symbols_calls_fit() - did 90 % of the calls meet a beginning?
 *
 * Return: true also if there are fewer than 100 calls
 */
bool symbols_calls_fit(const struct symbols_calls *calls);

#endif
