// SPDX-License-Identifier: MIT
#include <string.h>

#include "words.h"

bool words_have(const char *line, const char *word, size_t length)
{
	for (line += strspn(line, " "); *line; line += strspn(line, " ")) {
		size_t other = strcspn(line, " ");

		if (other == length && !strncmp(line, word, length))
			return true;
		line += other;
	}
	return false;
}

bool words_same(const char *a, const char *b)
{
	for (;;) {
		size_t length;

		a += strspn(a, " ");
		b += strspn(b, " ");
		length = strcspn(a, " ");
		if (length != strcspn(b, " ") || strncmp(a, b, length))
			return false;
		if (!length)
			return true;
		a += length;
		b += length;
	}
}
