// SPDX-License-Identifier: GPL-2.0
/* The key of an image depends on its content, not on where that came from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/image/image.h"
#include "lab/machine/dom0less.h"
#include "lab/machine/vm.h"
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

/* The key of an image with one text and one file of the host. */
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
	ck_assert_int_eq(image_hash(&image, &hash), 0);
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

/* The key of an image depends on the bytes of its archive. */
START_TEST(key_is_of_what_is_written)
{
	struct image image = { .count = 0 };
	struct hash hashed, written;
	char a[HASH_TEXT], b[HASH_TEXT], path[64];

	image_add_text(&image, "/etc/job", "sleep 1\n");
	image_add_link(&image, "/bin/sh", "busybox");
	write_text(path, "archive", "");
	ck_assert_int_eq(image_write(&image, path), 0);
	hash_begin(&written);
	ck_assert_int_eq(hash_file(&written, path), 0);
	hash_begin(&hashed);
	ck_assert_int_eq(image_hash(&image, &hashed), 0);
	hash_text(&written, a);
	hash_text(&hashed, b);
	ck_assert_str_eq(a, b);
	image_free(&image);
	unlink(path);
}
END_TEST

static void key_of_tree(char text[HASH_TEXT], const char *xen_append,
			int memory_mb, const char *append, const char *kernel)
{
	const struct vm vm = { .xen_append = xen_append };
	const struct recipe_domain domain = {
		.vcpus = 1, .memory_mb = memory_mb, .kernel = kernel,
		.append = append,
	};
	struct hash hash;

	hash_begin(&hash);
	ck_assert_int_eq(dom0less_add_tree(&hash, &vm, &domain), 0);
	hash_text(&hash, text);
}

START_TEST(key_is_of_what_is_written_into_a_device_tree)
{
	char path[64], first[HASH_TEXT], other[HASH_TEXT];

	write_text(path, "kernel", "1");
	key_of_tree(first, "vwfi=trap", 64, "xlat.count=1", path);
	key_of_tree(other, "vwfi=trap", 64, "xlat.count=1", path);
	ck_assert_str_eq(first, other);
	key_of_tree(other, "vwfi=native", 64, "xlat.count=1", path);
	ck_assert_str_ne(first, other);
	key_of_tree(other, "vwfi=trap", 128, "xlat.count=1", path);
	ck_assert_str_ne(first, other);
	key_of_tree(other, "vwfi=trap", 64, "xlat.count=2", path);
	ck_assert_str_ne(first, other);
	unlink(path);
}
END_TEST

START_TEST(key_is_of_what_is_sent)
{
	const struct vm with_dom0 = { .machine = VM_XEN };
	const struct vm without = { .machine = VM_DOM0LESS };
	char nothing[HASH_TEXT], a[HASH_TEXT], b[HASH_TEXT];
	struct hash hash;

	hash_begin(&hash);
	hash_text(&hash, nothing);
	vm_add_input(&with_dom0, &hash);
	hash_text(&hash, a);
	hash_begin(&hash);
	vm_add_input(&without, &hash);
	hash_text(&hash, b);
	ck_assert_str_ne(a, nothing);
	ck_assert_str_ne(a, b);		/* a key is pressed on Xen's console */
}
END_TEST

START_TEST(file_that_is_not_there_is_named)
{
	struct image image = { .count = 0 };
	struct hash hash;

	hash_begin(&hash);
	image_add_file(&image, "/f", "/nowhere/at/all");
	ck_assert_int_ne(image_hash(&image, &hash), 0);
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
	unit_add(suite, key_is_of_what_is_written);
	unit_add(suite, key_is_of_what_is_written_into_a_device_tree);
	unit_add(suite, key_is_of_what_is_sent);
	unit_add(suite, file_that_is_not_there_is_named);
	if (unit_run(suite))
		return EXIT_FAILURE;
	return rmdir(dir) ? EXIT_FAILURE : EXIT_SUCCESS;
}
