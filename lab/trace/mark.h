/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Functions of the measured program that are recognised by their first
 * instructions, wherever they are loaded.
 */
#ifndef LAB_TRACE_MARK_H
#define LAB_TRACE_MARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MARK_WORDS_MIN = 4,
	MARK_WORDS_MAX = 32,
	MARK_PLACES = 8,
	MARK_TEXT = 8 * MARK_WORDS_MAX + 1,
};

/**
 * struct pattern - the first instructions of a function
 *
 * @words: how many
 * @word: their code
 * @any: this one can be anything: it is relocated or patched
 */
struct pattern {
	unsigned int words;
	uint32_t word[MARK_WORDS_MAX];
	bool any[MARK_WORDS_MAX];
};

/**
 * pattern_parse() - from text: 8 hexadecimal digits a word, or an "x" for any
 *
 * Returns false if it is no pattern, is shorter than MARK_WORDS_MIN or longer
 * than MARK_WORDS_MAX, or if less than MARK_WORDS_MIN words are given.
 */
bool pattern_parse(struct pattern *pattern, const char *text);

/** pattern_print() - to text */
void pattern_print(const struct pattern *pattern, char text[MARK_TEXT]);

/** pattern_fits() - do these first @words of a function fit, as far as they go? */
bool pattern_fits(const struct pattern *pattern, const uint32_t *word,
		  unsigned int words);

/**
 * enum mark_kind - what is done when the function is called
 *
 * @MARK_START: the trace begins, if it has not yet
 * @MARK_FIRE: the same, and then each call is a sample; x0 is its entry
 */
enum mark_kind { MARK_START, MARK_FIRE };

/**
 * struct mark - a function that is looked for
 *
 * @kind: what it means
 * @pattern: how it is recognised
 * @place: where it was called, the latest last: in which domain, at which
 *	address. A module that is loaded again has another address
 * @places: how many
 */
struct mark {
	enum mark_kind kind;
	struct pattern pattern;
	struct {
		uint64_t vttbr, vaddr;
		bool left;	/* a later one in this domain took its place */
	} place[MARK_PLACES];
	unsigned int places;
};

/**
 * enum mark_seen - what a call says about the mark
 *
 * @MARK_KNOWN: the place is the same as before
 * @MARK_NEW: the first one in this domain
 * @MARK_MOVED: another one than before: the program was loaded again
 * @MARK_AMBIGUOUS: one that had been left: two functions fit the pattern
 * @MARK_TOO_MANY: there are more than MARK_PLACES places
 */
enum mark_seen {
	MARK_KNOWN, MARK_NEW, MARK_MOVED, MARK_AMBIGUOUS, MARK_TOO_MANY,
};

/** mark_parse() - from "start=" or "fire=" and a pattern; false: it is none */
bool mark_parse(struct mark *mark, const char *text);

/** mark_call() - the function is called, in this domain at this address */
enum mark_seen mark_call(struct mark *mark, uint64_t vttbr, uint64_t vaddr);

#endif
