// SPDX-License-Identifier: GPL-2.0
/*
 * Would symbols of one image be accepted for the code of another? Takes the
 * instructions of CODE as if they had been seen at run time, in blocks of eight.
 *
 *	same_code TABLE CODE
 *
 * Prints the verdict and the words of each kind.
 */
#include <stdio.h>
#include <string.h>

#include "lab/symbols/bytes.h"
#include "lab/symbols/symbols_check.h"
#include "lab/symbols/symbols_file.h"

enum { BLOCK = 8 };

static int read_image(const char *path, struct symbols_file *file)
{
	char why[SYMBOLS_WHY];

	if (symbols_file_read(path, file, why)) {
		fprintf(stderr, "same_code: %s: %s\n", path, why);
		return 1;
	}
	/* only distances from its beginning are compared */
	return symbols_place(&file->table, 0, 0);
}

static void see_function(struct symbols_check *check,
			 const struct symbols *table, const struct bytes *code,
			 uint64_t begin, uint64_t end)
{
	uint32_t words[BLOCK];
	struct symbols_seen seen = { .words = words };
	uint64_t at;

	for (at = begin; at + 4 <= end; at += 4 * seen.count) {
		seen.address = at;
		for (seen.count = 0; seen.count < BLOCK &&
		     at + 4 * seen.count + 4 <= end; seen.count++)
			words[seen.count] = bytes_u32(code, at + 4 * seen.count);
		symbols_check_block(check, table, &seen);
	}
}

int main(int argc, char *argv[])
{
	static const char *const verdicts[] = { "right", "unproven", "wrong" };
	struct symbols_check check = { 0 };
	struct symbols_file table, other;
	struct bytes code;
	size_t i;

	if (argc != 3 || read_image(argv[1], &table))
		return 2;
	if (read_image(argv[2], &other))
		return 2;
	code = (struct bytes) { other.bytes, other.size };
	for (i = 0; i + 1 < table.table.count; i++) {
		const struct symbol *s = &table.table.list[i];

		if (symbols_is_code(s))
			see_function(&check, &table.table, &code, s->offset,
				     s[1].offset);
	}
	printf("%s: %zu same, %zu variable, %zu patched, %zu different\n",
	       verdicts[symbols_check_verdict(&check)], check.same,
	       check.variable, check.patched, check.different);
	symbols_file_free(&table);
	symbols_file_free(&other);
	return 0;
}
