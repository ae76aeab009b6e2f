/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_HASH_H
#define LAB_HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * FNV-1a in 128 bits. It distinguishes contents, but it is no protection against
 * deliberate collisions. It covers no file name: a moved file is the same.
 */
struct hash {
	unsigned __int128 value;
};

enum { HASH_TEXT = 33 };

void hash_begin(struct hash *hash);
void hash_bytes(struct hash *hash, const void *bytes, size_t size);

/* The NUL is included, so "a" "bc" differs from "ab" "c". */
void hash_string(struct hash *hash, const char *text);

/* 0 or -errno */
int hash_file(struct hash *hash, const char *path);
void hash_text(const struct hash *hash, char text[HASH_TEXT]);

#endif
