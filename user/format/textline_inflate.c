// SPDX-License-Identifier: MIT
/* Inflates the deflated runs of a console log. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "textline_inflate.h"

#define ROOM_FIRST	65536u

/** struct inflated - the inflated bytes of a stream so far */
struct inflated {
	uint8_t *bytes;
	size_t length;
	size_t room;
};

/* The room is at most @most + 1 bytes: the last byte shows an excess. */
static int grow(struct inflated *to, size_t most)
{
	size_t room = to->room ? 2 * to->room : ROOM_FIRST;
	uint8_t *bytes;

	if (room > most + 1)
		room = most + 1;
	bytes = realloc(to->bytes, room);
	if (!bytes)
		return -ENOMEM;
	to->bytes = bytes;
	to->room = room;
	return 0;
}

/*
 * Inflates until the stream ends or is invalid, the input ends, or the output
 * exceeds @most bytes. Returns the last result of inflate(), or Z_MEM_ERROR.
 */
static int inflate_all(z_stream *z, struct inflated *to, size_t most)
{
	int state = Z_OK;

	while (state == Z_OK && to->length <= most) {
		if (to->length == to->room && grow(to, most))
			return Z_MEM_ERROR;
		z->next_out = to->bytes + to->length;
		z->avail_out = (uInt)(to->room - to->length);
		state = inflate(z, Z_NO_FLUSH);
		to->length = to->room - z->avail_out;
	}
	return state;
}

/* Replaces the stream with the inflated bytes, of which there may be none. */
static void replace(struct textline_run *run, struct inflated *by)
{
	free(run->bytes);
	run->bytes = by->bytes;
	run->length = by->length;
	run->room = by->room;
}

static int inflate_run(struct textline_run *run, size_t most)
{
	struct inflated to = { 0 };
	z_stream z = { .next_in = run->bytes };
	int state;

	/* more input than this is not needed: the output exceeds @most */
	z.avail_in = run->solid < UINT_MAX ? (uInt)run->solid : UINT_MAX;
	if (inflateInit(&z) != Z_OK)
		return -ENOMEM;
	state = inflate_all(&z, &to, most);
	run->wrong = state == Z_DATA_ERROR || state == Z_NEED_DICT ||
		     (state == Z_STREAM_END &&
		      (z.avail_in || run->solid < run->length));
	inflateEnd(&z);
	run->refused = to.length > most;
	if (state == Z_MEM_ERROR || run->refused) {
		free(to.bytes);
		to = (struct inflated){ 0 };
	}
	replace(run, &to);
	if (state == Z_STREAM_END && !run->wrong && !run->refused)
		textline_prove(run);
	return state == Z_MEM_ERROR ? -ENOMEM : 0;
}

int textline_inflate(struct textline_log *log, size_t most)
{
	for (size_t i = 0; i < log->count; i++) {
		struct textline_run *run = &log->runs[i];
		int error;

		if (run->coding != TEXTLINE_DEFLATE)
			continue;
		error = inflate_run(run, most);
		if (error)
			return error;
		most -= run->length;
	}
	return 0;
}
