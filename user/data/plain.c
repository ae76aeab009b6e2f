// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "plain.h"

/** struct block - code points from @first to @last */
struct block {
	uint32_t first;
	uint32_t last;
};

static const struct block unsafe[] = {
	{ 0x0000, 0x001f },	/* C0 */
	{ 0x007f, 0x009f },	/* DEL, C1 */
	{ 0x00ad, 0x00ad },	/* soft hyphen */
	{ 0x034f, 0x034f },	/* combining grapheme joiner */
	{ 0x061c, 0x061c },	/* Arabic letter mark */
	{ 0x115f, 0x1160 },	/* Hangul fillers */
	{ 0x17b4, 0x17b5 },	/* Khmer inherent vowels */
	{ 0x180b, 0x180f },	/* Mongolian separators */
	{ 0x200b, 0x200f },	/* zero width, direction marks */
	{ 0x2028, 0x202e },	/* line separators, embeddings, overrides */
	{ 0x2060, 0x206f },	/* joiners, isolates */
	{ 0x3164, 0x3164 },	/* Hangul filler */
	{ 0xfe00, 0xfe0f },	/* variation selectors */
	{ 0xfeff, 0xfeff },	/* byte order mark */
	{ 0xffa0, 0xffa0 },	/* halfwidth Hangul filler */
	{ 0xfff0, 0xfffb },	/* interlinear annotation */
	{ 0x1d173, 0x1d17a },	/* musical formatting */
	{ 0xe0000, 0xe0fff },	/* tags, variation selectors */
};

static const struct block combining[] = {
	{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd },
	{ 0x0610, 0x061a }, { 0x064b, 0x065f }, { 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff }, { 0x20d0, 0x20ff }, { 0x3099, 0x309a },
	{ 0xfe20, 0xfe2f },
};

static const struct block wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x4dbf },
	{ 0x4e00, 0xa4cf }, { 0xa960, 0xa97f }, { 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff },
	{ 0x1f900, 0x1faff }, { 0x20000, 0x3fffd },
};

#define IS_IN(blocks, code) \
	is_in(blocks, sizeof(blocks) / sizeof(*(blocks)), code)

static bool is_in(const struct block *blocks, size_t count, uint32_t code)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (code >= blocks[i].first && code <= blocks[i].last)
			return true;
	return false;
}

/* The code point at @text and its length; 0 bytes: it is not UTF-8. */
static size_t decode(const char *text, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = (const unsigned char *)text;
	size_t i, length = at[0] < 0x80 ? 1 : at[0] < 0xc0 ? 0 :
			   at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 :
			   at[0] < 0xf8 ? 4 : 0;

	*code = length == 1 ? at[0] : length ? at[0] & (0x7fu >> length) : 0;
	for (i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (at[i] & 0x3f);
	}
	if (*code < least[length] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return length;
}

void plain_make(char *text)
{
	char *to = text;
	uint32_t code;

	while (*text) {
		size_t length = decode(text, &code);

		if (!length || IS_IN(unsafe, code)) {
			*to++ = '?';
			text += length ? length : 1;
			continue;
		}
		memmove(to, text, length);
		to += length;
		text += length;
	}
	*to = '\0';
}

void plain_copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
	plain_make(to);
}

size_t plain_fit(const char *text, size_t columns)
{
	size_t bytes = 0;
	uint32_t code;

	while (text[bytes]) {
		size_t length = decode(text + bytes, &code);
		size_t width = IS_IN(combining, code) ? 0 :
			       IS_IN(wide, code) ? 2 : 1;

		if (width > columns)
			break;
		columns -= width;
		bytes += length ? length : 1;
	}
	return bytes;
}

size_t plain_columns(const char *text)
{
	size_t columns = 0;
	uint32_t code;

	while (*text) {
		size_t length = decode(text, &code);

		columns += IS_IN(combining, code) ? 0 :
			   IS_IN(wide, code) ? 2 : 1;
		text += length ? length : 1;
	}
	return columns;
}
