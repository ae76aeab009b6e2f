// SPDX-License-Identifier: MIT
/* --json=FILE. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "document.h"
#include "user/format/file.h"
#include "user/format/replace.h"

static bool is_file(const char *path)
{
	return path && strcmp(path, "-");
}

int document_take(const char *command, const char *path, const char **taken)
{
	if (*taken)
		return cmd_usage(command,
				 "--json is given twice (%s and %s): give one FILE",
				 *taken, path);
	*taken = path;
	return EXIT_GOOD;
}

int document_choose(const char *command, const char *path,
		    enum analysis_format *format)
{
	if (!path)
		return EXIT_GOOD;
	if (!*path)
		return cmd_usage(command,
				 "--json wants a FILE, or - for the standard output");
	if (is_file(path))
		return EXIT_GOOD;
	if (*format != ANALYSIS_UNSET && *format != ANALYSIS_JSON)
		return cmd_usage(command,
				 "--json=- takes the standard output, so --format can only be json");
	*format = ANALYSIS_JSON;
	return EXIT_GOOD;
}

/* Absolute path at which @path is or would be created, or NULL. */
static char *place_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *parent = slash ? strndup(path, (size_t)(slash - path) + 1) :
			       strdup(".");
	char *real = parent ? realpath(parent, NULL) : NULL;
	char *place = NULL;

	if (real && asprintf(&place, "%s/%s", real, slash ? slash + 1 : path) < 0)
		place = NULL;
	free(real);
	free(parent);
	return place;
}

static bool same_place(const char *a, const char *b)
{
	char *one = place_of(a), *other = place_of(b);
	bool same = one && other && !strcmp(one, other);

	free(one);
	free(other);
	return same;
}

/* If the user forgets FILE, the first recording is taken as FILE. */
static bool is_recording(const char *path)
{
	struct stat st;
	struct run run;
	int error;

	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return false;
	error = file_read(path, &run);
	run_free(&run);
	return !error || error == -EPROTONOSUPPORT;
}

int document_spare(const char *command, const char *path, char *const *inputs,
		   size_t count)
{
	if (!is_file(path))
		return EXIT_GOOD;
	for (size_t i = 0; i < count; i++) {
		if (!is_file(inputs[i]))
			continue;
		if (replace_same(path, inputs[i]) || same_place(path, inputs[i]))
			return cmd_usage(command,
					 "--json %s names the recording %s: give another FILE",
					 path, inputs[i]);
	}
	if (is_recording(path))
		return cmd_usage(command,
				 "--json %s would overwrite a recording: give another FILE",
				 path);
	return EXIT_GOOD;
}

int document_begin(struct document *d, const char *path)
{
	*d = (struct document) { .path = path };
	if (!is_file(path))
		return EXIT_GOOD;
	d->out = open_memstream(&d->text, &d->length);
	return d->out ? EXIT_GOOD : cmd_complain(EXIT_FAILED,
						 "cannot write %s: no memory",
						 path);
}

/*
 * stdout or stderr if @path is the same file, otherwise NULL. Such a file must
 * be written to: replacing it would destroy the output that it already has.
 */
static FILE *standard_stream(const char *path)
{
	FILE *const streams[] = { stdout, stderr };
	struct stat is, st;

	for (size_t i = 0; i < 2 && stat(path, &is) == 0; i++) {
		if (fstat(fileno(streams[i]), &st) == 0 &&
		    st.st_dev == is.st_dev && st.st_ino == is.st_ino)
			return streams[i];
	}
	return NULL;
}

static int put(const struct document *d, FILE *to)
{
	errno = 0;
	if (fwrite(d->text, 1, d->length, to) == d->length && !fflush(to))
		return 0;
	return errno ? -errno : -EIO;
}

static int write_file(const struct document *d)
{
	FILE *standard = standard_stream(d->path);
	struct replacement to;
	int error;

	if (standard)
		return put(d, standard);
	error = replace_begin(&to, d->path);
	if (error)
		return error;
	error = put(d, to.file);
	if (!error)
		return replace_end(&to, false);
	replace_drop(&to);
	return error;
}

int document_end(struct document *d, int error)
{
	if (fclose(d->out) && !error)
		error = -ENOMEM;
	if (!error)
		error = write_file(d);
	free(d->text);
	return error ? cmd_complain(EXIT_FAILED, "cannot write %s: %s", d->path,
				    strerror(-error)) : EXIT_GOOD;
}
