// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "file.h"

_Static_assert(sizeof(struct trace_header) == 32, "no holes");
_Static_assert(sizeof(struct trace_chunk) == 16, "no holes");
_Static_assert(sizeof(struct trace_mark) == 8 + 8 * MARK_WORDS_MAX, "no holes");
_Static_assert(sizeof(struct trace_place) == 24, "no holes");
_Static_assert(sizeof(struct trace_block) == 40, "no holes");
_Static_assert(sizeof(struct trace_run) == 16, "no holes");
_Static_assert(sizeof(struct trace_entry) == 8, "no holes");
_Static_assert(sizeof(struct trace_step) == 16, "no holes");
_Static_assert(sizeof(struct trace_lost) == 16, "no holes");
_Static_assert(sizeof(struct trace_sample) == 80, "no holes");
_Static_assert(sizeof(struct trace_done) == 72, "no holes");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "the structs are written as they are in memory");

uint32_t trace_crc(uint32_t crc, const void *bytes, size_t length)
{
	static uint32_t table[256];
	const uint8_t *byte = bytes;
	unsigned int i, bit;

	for (i = 0; !table[255] && i < 256; i++) {
		uint32_t value = i;

		for (bit = 0; bit < 8; bit++)
			value = value >> 1 ^ (value & 1 ? 0xedb88320 : 0);
		table[i] = value;
	}
	for (crc = ~crc; length; length--, byte++)
		crc = table[(crc ^ *byte) & 0xff] ^ crc >> 8;
	return ~crc;
}

struct trace_header trace_header_make(uint32_t abi, uint32_t icount_shift)
{
	struct trace_header header = {
		.magic = TRACE_MAGIC, .version = TRACE_VERSION,
		.bytes = sizeof(header), .abi = abi,
		.icount_shift = icount_shift,
	};

	header.crc = trace_crc(0, &header, offsetof(struct trace_header, crc));
	return header;
}

static uint32_t crc_of(const struct trace_chunk *chunk, const void *content)
{
	uint32_t crc = trace_crc(0, chunk, offsetof(struct trace_chunk, crc));

	return trace_crc(crc, content, chunk->bytes);
}

struct trace_chunk trace_chunk_make(enum trace_tag tag, uint32_t sequence,
				    const void *content, uint32_t bytes)
{
	struct trace_chunk chunk = { tag, bytes, sequence, 0 };

	chunk.crc = crc_of(&chunk, content);
	return chunk;
}

const char *trace_open(struct trace_reader *reader, const void *bytes,
		       size_t size, struct trace_header *header)
{
	*reader = (struct trace_reader){ .bytes = bytes, .size = size };
	if (size < sizeof(*header))
		return "not a trace: too short";
	memcpy(header, bytes, sizeof(*header));
	if (memcmp(header->magic, TRACE_MAGIC, sizeof(header->magic)))
		return "not a trace";
	if (header->version != TRACE_VERSION)
		return "a trace of another version";
	if (header->bytes != sizeof(*header) || header->zero ||
	    header->icount_shift > 31 ||
	    header->crc != trace_crc(0, bytes,
				     offsetof(struct trace_header, crc)))
		return "its header is damaged";
	reader->at = header->bytes;
	return NULL;
}

/* The runs have just as many entries as they say. */
static bool has_whole_runs(const uint8_t *content, uint32_t bytes)
{
	struct trace_run run;
	uint64_t size;

	while (bytes) {
		if (bytes < sizeof(run))
			return false;
		memcpy(&run, content, sizeof(run));
		size = sizeof(run) +
		       (uint64_t)run.entries * sizeof(struct trace_entry);
		if (size > bytes)
			return false;
		content += size;
		bytes -= (uint32_t)size;
	}
	return true;
}

static bool has_right_size(const struct trace_chunk *chunk,
			   const uint8_t *content)
{
	static const struct {
		uint32_t bytes;
		bool one;
	} of[] = {
		[TRACE_MARK] = { sizeof(struct trace_mark), true },
		[TRACE_PLACE] = { sizeof(struct trace_place), true },
		[TRACE_BLOCKS] = { sizeof(struct trace_block), false },
		[TRACE_PATH] = { sizeof(struct trace_step), false },
		[TRACE_LOST] = { sizeof(struct trace_lost), false },
		[TRACE_SAMPLE] = { sizeof(struct trace_sample), true },
		[TRACE_DONE] = { sizeof(struct trace_done), true },
	};

	if (chunk->tag == TRACE_RUNS)
		return has_whole_runs(content, chunk->bytes);
	if (chunk->tag >= sizeof(of) / sizeof(of[0]) || !of[chunk->tag].bytes)
		return true;
	if (of[chunk->tag].one)
		return chunk->bytes == of[chunk->tag].bytes;
	return !(chunk->bytes % of[chunk->tag].bytes);
}

enum trace_state trace_next(struct trace_reader *reader,
			    struct trace_chunk *chunk, const void **content)
{
	size_t left = reader->size - reader->at;
	const uint8_t *at = reader->bytes + reader->at;

	if (!left)
		return TRACE_END;
	if (left < sizeof(*chunk))
		return TRACE_CUT;
	memcpy(chunk, at, sizeof(*chunk));
	if (chunk->sequence != reader->sequence || chunk->bytes % 8)
		return TRACE_DAMAGED;
	if (chunk->bytes > left - sizeof(*chunk))
		return TRACE_CUT;
	*content = at + sizeof(*chunk);
	if (chunk->crc != crc_of(chunk, *content) ||
	    !has_right_size(chunk, *content))
		return TRACE_DAMAGED;
	reader->at += sizeof(*chunk) + chunk->bytes;
	reader->sequence++;
	return TRACE_GOOD;
}
