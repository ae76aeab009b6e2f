// SPDX-License-Identifier: GPL-2.0
/*
 * xlat-read info --module says of a module what the kernel then does with it.
 * Copies of the module have one word of vermagic changed, at the same length.
 * xlat.ko must not be loaded.
 *
 *	vermagic XLAT.KO
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ktap.h"
#include "said.h"

#define COPY	"/tmp/copy.ko"
#define KEY	"vermagic="

/*
 * The words replace what is at @from, so they are as long as it. A kernel with
 * CONFIG_MODVERSIONS skips the release of a module that has CRCs: same_magic()
 * in kernel/module/version.c.
 */
static const struct {
	const char *from, *to;
	int error, code;
	const char *says;
} changes[] = {
	{ "", "", 0, 0, "it fits" },
	{ "SMP ", "SMP_", ENOEXEC, 1, "only the kernel has 'SMP'" },
	{ "SMP", "UP ", ENOEXEC, 1, "only the kernel has 'SMP'" },
	{ "mod_unload", "preempt   ", ENOEXEC, 1,
	  "only the module has 'preempt'" },
	{ "6.", "5.", 0, 1, "insmod may still accept it" },
};

static char *image;
static size_t length;

static bool load_image(const char *path)
{
	FILE *f = fopen(path, "re");

	if (!f || fseek(f, 0, SEEK_END))
		return false;
	length = (size_t)ftell(f);
	rewind(f);
	image = malloc(length);
	return image && fread(image, 1, length, f) == length && !fclose(f);
}

/* Write the copy with @from replaced by @to in vermagic. */
static bool write_copy(const char *from, const char *to)
{
	char *magic = memmem(image, length, KEY, strlen(KEY));
	char *at = magic ? strstr(magic, from) : NULL;
	FILE *f = fopen(COPY, "we");
	bool good;

	if (!at || !f)
		return false;
	memcpy(at, to, strlen(to));
	good = fwrite(image, 1, length, f) == length;
	memcpy(at, from, strlen(from));
	return !fclose(f) && good;
}

/* Return: 0 or the error of finit_module(). The module is removed again. */
static int load_copy(void)
{
	int fd = open(COPY, O_RDONLY | O_CLOEXEC);
	int error = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;

	close(fd);
	if (!error)
		syscall(SYS_delete_module, "xlat", O_NONBLOCK);
	return error;
}

int main(int argc, char **argv)
{
	if (argc < 2 || !load_image(argv[1]))
		return 2;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		ktap_note("'%s' -> '%s'", changes[i].from, changes[i].to);
		ktap_ok(write_copy(changes[i].from, changes[i].to),
			"the copy is written");
		ktap_is(said_by_reader("info --module " COPY), changes[i].code,
			"exit code of info");
		said_check(changes[i].says);
		ktap_is(load_copy(), changes[i].error, "error of insmod");
	}
	unlink(COPY);
	return ktap_end();
}
