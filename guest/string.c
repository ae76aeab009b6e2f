// SPDX-License-Identifier: MIT
/*
 * The C library functions that the compiler and libfdt need. They are compiled
 * with -fno-builtin; otherwise the compiler would turn a loop into a call of
 * the function itself.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
	const uint8_t *f = from;
	uint8_t *t = to;

	while (count--)
		*t++ = *f++;
	return to;
}

void *memmove(void *to, const void *from, size_t count)
{
	const uint8_t *f = from;
	uint8_t *t = to;

	if (t < f)
		return memcpy(to, from, count);
	while (count--)
		t[count] = f[count];
	return to;
}

void *memset(void *to, int value, size_t count)
{
	uint8_t *t = to;

	while (count--)
		*t++ = (uint8_t)value;
	return to;
}

int memcmp(const void *one, const void *other, size_t count)
{
	const uint8_t *a = one, *b = other;

	for (; count; count--, a++, b++)
		if (*a != *b)
			return *a - *b;
	return 0;
}

void *memchr(const void *in, int value, size_t count)
{
	const uint8_t *at = in;

	for (; count; count--, at++)
		if (*at == (uint8_t)value)
			return (void *)at;
	return NULL;
}

size_t strlen(const char *text)
{
	const char *end = text;

	while (*end)
		end++;
	return (size_t)(end - text);
}

size_t strnlen(const char *text, size_t most)
{
	size_t length = 0;

	while (length < most && text[length])
		length++;
	return length;
}

int strcmp(const char *one, const char *other)
{
	while (*one && *one == *other) {
		one++;
		other++;
	}
	return (uint8_t)*one - (uint8_t)*other;
}

int strncmp(const char *one, const char *other, size_t most)
{
	for (; most && *one && *one == *other; most--) {
		one++;
		other++;
	}
	return most ? (uint8_t)*one - (uint8_t)*other : 0;
}

char *strchr(const char *text, int c)
{
	for (; *text != (char)c; text++)
		if (!*text)
			return NULL;
	return (char *)text;
}

char *strrchr(const char *text, int c)
{
	const char *found = NULL;

	do {
		if (*text == (char)c)
			found = text;
	} while (*text++);
	return (char *)found;
}
