// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "symbols_names.h"

/*
 * MARKER_STEP: between two markers are 256 symbols. Half of them may be ends,
 * with one byte each; no table has an average of 130 bytes.
 */
enum { MARKER_STEP_MIN = 256 + 128, MARKER_STEP_MAX = 256 * 130 };

/* At most so long are the names behind the last marker. */
enum { LAST_NAMES = 256 * 256 };

/* The longest token: longer texts are no tokens. */
enum { TOKEN_MAX = 128 };

/* What reading the tokens costs. */
enum { FIT_STEPS = 4096 };

static const uint32_t alignments[] = { 4, 8, 256 };

struct search {
	const struct bytes *image;
	uint64_t steps_left;
	names_fit fit;
	void *context;
};

static bool spend(struct search *s, uint64_t steps)
{
	if (s->steps_left < steps) {
		s->steps_left = 0;
		return false;
	}
	s->steps_left -= steps;
	return true;
}

/* How many words at @at are like markers. */
static size_t count_markers(struct search *s, size_t at)
{
	uint32_t last = bytes_u32(s->image, at), next;
	size_t count = 1;

	if (last)
		return 0;
	for (;; count++, last = next) {
		next = bytes_u32(s->image, at + 4 * count);
		if (!spend(s, 1) || next < last + MARKER_STEP_MIN ||
		    next > last + MARKER_STEP_MAX)
			return count;
	}
}

/* The length of the name at *at, which moves behind the length. */
static uint32_t take_length(const struct bytes *image, size_t *at)
{
	uint32_t length = image->at[(*at)++];

	if (length & 0x80)
		length = (length & 0x7f) | (uint32_t)image->at[(*at)++] << 7;
	return length;
}

/*
 * Walks over all names: do the markers point to them, and do the names end where
 * the markers begin? A length has at most two bytes, and the markers are behind
 * the names, so each length is within the image.
 */
static bool walk(struct search *s, struct names *n, size_t markers_at)
{
	size_t at = n->names_at;
	uint32_t i, length;

	for (i = 0; i < n->count; i++) {
		if (!spend(s, 1) || at >= markers_at)
			return false;
		if (!(i % 256) && at - n->names_at !=
		    bytes_u32(s->image, markers_at + i / 256 * 4))
			return false;
		length = take_length(s->image, &at);
		at += length;
	}
	return at <= markers_at && markers_at - at < n->align;
}

/* Are there names before these markers? */
static bool try_names(struct search *s, size_t markers_at, size_t markers,
		      uint32_t align)
{
	uint32_t last = bytes_u32(s->image, markers_at + 4 * (markers - 1));
	uint32_t least = (uint32_t)(256 * (markers - 1));
	struct names n = {
		.align = align, .markers_end = markers_at + 4 * markers,
	};
	size_t gap;

	if (markers_at % align || markers_at < last)
		return false;
	n.names_at = (markers_at - last) & ~(size_t)(align - 1);
	for (gap = 0; gap < LAST_NAMES && n.names_at >= align;
	     gap += align, n.names_at -= align) {
		n.count_at = n.names_at - align;
		n.count = bytes_u32(s->image, n.count_at);
		if (!spend(s, 1))
			return false;
		if (n.count > least && n.count <= least + 256 &&
		    n.count >= NAMES_LEAST && n.count <= SYMBOLS_MOST &&
		    walk(s, &n, markers_at) && spend(s, n.count + FIT_STEPS) &&
		    s->fit(s->context, s->image, &n))
			return true;
	}
	return false;
}

/* The word behind the last marker may by chance look like another marker. */
static bool try_markers(struct search *s, size_t at, size_t markers)
{
	size_t i, less;

	for (less = 0; less < 2 && markers - less > 2; less++)
		for (i = 0; i < sizeof(alignments) / sizeof(*alignments); i++)
			if (try_names(s, at, markers - less, alignments[i]))
				return true;
	return false;
}

int names_find(const struct bytes *image, names_fit fit, void *context)
{
	struct search s = {
		.image = image, .fit = fit, .context = context,
		.steps_left = (uint64_t)NAMES_STEPS * image->size,
	};
	size_t at, markers;

	for (at = 0; s.steps_left && bytes_hold(image, at, 4);
	     at += 4 * (markers ? markers : 1)) {
		markers = count_markers(&s, at);
		if (markers > 2 && try_markers(&s, at, markers))
			return 0;
	}
	return s.steps_left || !image->size ? -ENOENT : -ELOOP;
}

/* A token is visible ASCII. Codes that no name uses have an empty one. */
static bool take_token(const struct bytes *image, size_t *at,
		       struct names_tokens *tokens, size_t code)
{
	size_t left = image->size - *at, length;
	const char *text = (const char *)image->at + *at;

	length = strnlen(text, left < TOKEN_MAX ? left : TOKEN_MAX);
	if (length == left || length == TOKEN_MAX)
		return false;
	tokens->text[code] = text;
	tokens->length[code] = (uint16_t)length;
	*at += length + 1;
	return true;
}

bool names_tokens(const struct bytes *image, uint64_t at, uint32_t index_align,
		  struct names_tokens *tokens)
{
	size_t next = (size_t)at, code;

	if (!bytes_hold(image, at, 256))
		return false;
	for (code = 0; code < 256; code++)
		if (!take_token(image, &next, tokens, code))
			return false;
	next = bytes_round_up(next, index_align);
	if (!bytes_hold(image, next, 512))
		return false;
	for (code = 0; code < 256; code++)
		if (bytes_u16(image, next + 2 * code) !=
		    tokens->text[code] - (const char *)image->at - (long)at)
			return false;
	tokens->end = next + 512;
	return true;
}

int names_expand(const struct bytes *image, const struct names_tokens *tokens,
		 size_t *at, char name[SYMBOLS_NAME])
{
	uint32_t codes, i;
	size_t length = 0;

	if (!bytes_hold(image, *at, 2))
		return -EINVAL;
	codes = take_length(image, at);
	if (!bytes_hold(image, *at, codes))
		return -EINVAL;
	for (i = 0; i < codes; i++) {
		size_t code = image->at[(*at)++];

		if (length + tokens->length[code] > SYMBOLS_NAME)
			return -EINVAL;
		memcpy(name + length, tokens->text[code], tokens->length[code]);
		length += tokens->length[code];
	}
	return codes && length < 2 ? -EINVAL : (int)length;
}
