// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "mark.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One word; returns how many characters it has, 0 if it is none. */
static size_t parse_word(const char *text, uint32_t *word)
{
	size_t n;

	*word = 0;
	for (n = 0; n < 8; n++) {
		if (digit(text[n]) < 0)
			return 0;
		*word = *word << 4 | (uint32_t)digit(text[n]);
	}
	return n;
}

bool pattern_parse(struct pattern *pattern, const char *text)
{
	unsigned int given = 0;
	size_t length;

	*pattern = (struct pattern){ 0 };
	for (; *text; text += length) {
		unsigned int n = pattern->words;

		if (n == MARK_WORDS_MAX)
			return false;
		pattern->any[n] = *text == 'x';
		length = *text == 'x' ? 1 :
			 parse_word(text, &pattern->word[n]);
		if (!length)
			return false;
		given += !pattern->any[n];
		pattern->words++;
	}
	return given >= MARK_WORDS_MIN;
}

void pattern_print(const struct pattern *pattern, char text[MARK_TEXT])
{
	unsigned int i;
	int shift;

	for (i = 0; i < pattern->words; i++) {
		if (pattern->any[i]) {
			*text++ = 'x';
			continue;
		}
		for (shift = 28; shift >= 0; shift -= 4)
			*text++ = "0123456789abcdef"[pattern->word[i] >> shift &
						     0xf];
	}
	*text = '\0';
}

bool pattern_fits(const struct pattern *pattern, const uint32_t *word,
		  unsigned int words)
{
	unsigned int i;

	for (i = 0; i < words && i < pattern->words; i++)
		if (!pattern->any[i] && pattern->word[i] != word[i])
			return false;
	return true;
}

bool mark_parse(struct mark *mark, const char *text)
{
	static const char *const names[] = {
		[MARK_START] = "start=", [MARK_FIRE] = "fire=",
	};
	unsigned int kind;

	*mark = (struct mark){ 0 };
	for (kind = MARK_START; kind <= MARK_FIRE; kind++) {
		size_t length = strlen(names[kind]);

		mark->kind = (enum mark_kind)kind;
		if (!strncmp(text, names[kind], length))
			return pattern_parse(&mark->pattern, text + length);
	}
	return false;
}

enum mark_seen mark_call(struct mark *mark, uint64_t vttbr, uint64_t vaddr)
{
	enum mark_seen seen = MARK_NEW;
	unsigned int i;

	for (i = 0; i < mark->places; i++)
		if (mark->place[i].vttbr == vttbr &&
		    mark->place[i].vaddr == vaddr)
			return mark->place[i].left ? MARK_AMBIGUOUS :
						     MARK_KNOWN;
	if (mark->places == MARK_PLACES)
		return MARK_TOO_MANY;
	for (i = 0; i < mark->places; i++)
		if (mark->place[i].vttbr == vttbr) {
			mark->place[i].left = true;
			seen = MARK_MOVED;
		}
	mark->place[mark->places].vttbr = vttbr;
	mark->place[mark->places].vaddr = vaddr;
	mark->place[mark->places].left = false;
	mark->places++;
	return seen;
}
