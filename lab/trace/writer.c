// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "writer.h"

enum { BUFFER = 1 << 18 };

void bytes_add(struct bytes *bytes, const void *more, size_t size)
{
	uint8_t *data = bytes->data;

	if (bytes->failed)
		return;
	if (size > bytes->room - bytes->size) {
		bytes->room = 2 * bytes->room + size;
		data = realloc(bytes->data, bytes->room);
		if (!data) {
			bytes->failed = true;
			return;
		}
		bytes->data = data;
	}
	memcpy(data + bytes->size, more, size);
	bytes->size += size;
}

bool writer_fail(struct writer *writer)
{
	fprintf(stderr, "xlat-trace: %s: %s: the trace ends here\n",
		writer->path, strerror(errno));
	if (writer->file)
		fclose(writer->file);
	writer->file = NULL;
	return false;
}

bool writer_begin(struct writer *writer, const char *path)
{
	*writer = (struct writer){ .path = path, .file = fopen(path, "wbe") };
	if (!writer->file)
		return writer_fail(writer);
	setvbuf(writer->file, NULL, _IOFBF, BUFFER);
	return true;
}

bool writer_header(struct writer *writer, uint32_t abi, uint32_t icount_shift)
{
	struct trace_header header = trace_header_make(abi, icount_shift);

	if (!writer->file)
		return false;
	if (fwrite(&header, sizeof(header), 1, writer->file) != 1)
		return writer_fail(writer);
	return true;
}

bool writer_add(struct writer *writer, enum trace_tag tag, const void *content,
		size_t bytes)
{
	struct trace_chunk chunk;

	if (!writer->file)
		return false;
	if (bytes > UINT32_MAX) {
		errno = EFBIG;
		return writer_fail(writer);
	}
	chunk = trace_chunk_make(tag, writer->sequence++, content,
				 (uint32_t)bytes);
	if (fwrite(&chunk, sizeof(chunk), 1, writer->file) != 1 ||
	    (bytes && fwrite(content, bytes, 1, writer->file) != 1))
		return writer_fail(writer);
	return true;
}

bool writer_end(struct writer *writer)
{
	if (!writer->file)
		return false;
	if (fflush(writer->file))
		return writer_fail(writer);
	fclose(writer->file);
	writer->file = NULL;
	return true;
}
