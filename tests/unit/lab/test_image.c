// SPDX-License-Identifier: GPL-2.0
/* What a key knows of an image: its content, not where that came from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/image/image.h"
#include "tests/unit/unit.h"

static char dir[] = "/tmp/test-image-XXXXXX";

static void write_text(char path[64], const char *name, const char *text)
{
	FILE *f;

	snprintf(path, 64, "%s/%s", dir, name);
	f = fopen(path, "we");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

/* The key of an image with one text and one file of the host's. */
static const char *key(const char *job, const char *name, const char *host)
{
	static char keys[8][HASH_TEXT];
	static size_t n;
	struct image image = { .count = 0 };
	struct hash hash;
	char *text = keys[n++ % 8];

	hash_begin(&hash);
	image_add_text(&image, "/job", job);
	image_add_file(&image, name, host);
	ck_assert_int_eq(image_tell(&image, &hash), 0);
	image_free(&image);
	hash_text(&hash, text);
	return text;
}

START_TEST(key_is_of_content)
{
	char a[64], b[64], same[64];
	const char *first;

	write_text(a, "a", "1");
	write_text(b, "b", "2");
	write_text(same, "same", "1");
	first = key("job\n", "/f", a);
	ck_assert_str_eq(first, key("job\n", "/f", a));
	ck_assert_str_eq(first, key("job\n", "/f", same));
	ck_assert_str_ne(first, key("job2\n", "/f", a));
	ck_assert_str_ne(first, key("job\n", "/f", b));
	ck_assert_str_ne(first, key("job\n", "/g", a));
	unlink(a);
	unlink(b);
	unlink(same);
}
END_TEST

START_TEST(file_that_is_not_there_is_named)
{
	struct image image = { .count = 0 };
	struct hash hash;

	hash_begin(&hash);
	image_add_file(&image, "/f", "/nowhere/at/all");
	ck_assert_int_ne(image_tell(&image, &hash), 0);
	ck_assert_str_eq(image.culprit, "/nowhere/at/all");
	image_free(&image);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("image");

	if (!mkdtemp(dir))
		return EXIT_FAILURE;
	unit_add(suite, key_is_of_content);
	unit_add(suite, file_that_is_not_there_is_named);
	if (unit_run(suite))
		return EXIT_FAILURE;
	return rmdir(dir) ? EXIT_FAILURE : EXIT_SUCCESS;
}
