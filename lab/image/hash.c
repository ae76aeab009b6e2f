// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hash.h"

#define WORDS(high, low) ((unsigned __int128)(high) << 64 | (low))

void hash_begin(struct hash *hash)
{
	hash->value = WORDS(0x6c62272e07bb0142, 0x62b821756295c58d);
}

void hash_bytes(struct hash *hash, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	for (; size; size--)
		hash->value = (hash->value ^ *p++) * WORDS(0x1000000, 0x13b);
}

void hash_string(struct hash *hash, const char *text)
{
	hash_bytes(hash, text, strlen(text) + 1);
}

int hash_file(struct hash *hash, const char *path)
{
	FILE *f = fopen(path, "re");
	char bytes[65536];
	size_t n;
	int error;

	if (!f)
		return -errno;
	while ((n = fread(bytes, 1, sizeof(bytes), f)))
		hash_bytes(hash, bytes, n);
	error = ferror(f) ? -EIO : 0;
	fclose(f);
	return error;
}

void hash_text(const struct hash *hash, char text[HASH_TEXT])
{
	snprintf(text, HASH_TEXT, "%016" PRIx64 "%016" PRIx64,
		 (uint64_t)(hash->value >> 64), (uint64_t)hash->value);
}
