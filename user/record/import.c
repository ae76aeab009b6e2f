// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostenv.h"
#include "import.h"
#include "user/data/run.h"
#include "user/format/file.h"
#include "user/format/file_bytes.h"
#include "user/format/textline_inflate.h"

/* A longer line is read as several lines. */
#define LINE_SIZE	65536

/* Reads the next line and its newline; getline() would not limit its length. */
static size_t next_line(FILE *file, char line[LINE_SIZE])
{
	size_t length = 0;
	int c;

	while (length < LINE_SIZE && (c = getc_unlocked(file)) != EOF) {
		line[length++] = (char)c;
		if (c == '\n')
			break;
	}
	return length;
}

static int read_lines(FILE *file, struct textline_log *log)
{
	size_t left = file_bound(fileno(file)), length;
	char *line = malloc(LINE_SIZE);
	int error = line ? 0 : -ENOMEM;

	while (!error && (length = next_line(file, line)) > 0) {
		error = length > left ? -EFBIG : textline_feed(log, line, length);
		left -= length;
	}
	if (!error && ferror(file))
		error = errno ? -errno : -EIO;
	free(line);
	return error;
}

int import_log(const char *path, struct textline_log *log)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	int error;

	*log = (struct textline_log) { 0 };
	if (!file)
		return -errno;
	error = read_lines(file, log);
	if (!error)
		error = textline_inflate(log, TEXTLINE_INFLATED_MAX);
	if (!error)
		error = textline_supersede(log);
	if (file != stdin)
		fclose(file);
	return error;
}

const struct textline_run *import_only(const struct textline_log *log,
				       const char *name)
{
	const struct textline_run *only = NULL;
	size_t i, count = 0;

	for (i = 0; i < log->count; i++) {
		const struct textline_run *run = &log->runs[i];

		if (run->superseded || strcmp(run->name, name))
			continue;
		only = run;
		count++;
	}
	return count == 1 ? only : NULL;
}

json_t *import_host(const char *path, char why[IMPORT_WORDS])
{
	json_error_t error;
	json_t *host = json_load_file(path, 0, &error);

	if (json_is_object(host))
		return host;
	snprintf(why, IMPORT_WORDS, "%s", host ? "not an object" : error.text);
	json_decref(host);
	return NULL;
}

bool import_is_empty(const struct textline_run *run)
{
	return run->coding == TEXTLINE_DEFLATE && !run->length;
}

/* The host's document does not replace a lost document of the recorder. */
static char *with_host(const char *text, json_t *host)
{
	json_t *document = text ? json_loads(text, 0, NULL) : NULL;
	char *merged;

	if (!json_is_object(document)) {
		json_decref(document);
		document = json_pack("{s:b}", "lost", 1);
	}
	hostenv_attach_host(document, host);
	merged = json_dumps(document, JSON_COMPACT);
	json_decref(document);
	return merged;
}

static int attach_host(const char *path, json_t *host)
{
	struct file_writer w;
	struct run run;
	char *text = NULL;
	int error = file_read(path, &run);

	if (!error) {
		text = with_host(run.environment, host);
		error = text ? file_append(&w, path) : -ENOMEM;
	}
	if (!error) {
		error = file_put_environment(&w, text);
		if (file_close(&w) && !error)
			error = -EIO;
	}
	free(text);
	run_free(&run);
	return error;
}

int import_write(const char *path, const struct textline_run *run,
		 json_t *host, char old[REPLACE_OLD_SIZE])
{
	struct replacement to;
	int error = replace_begin(&to, path);

	*old = '\0';
	if (error)
		return error;
	fwrite(run->bytes, 1, run->length, to.file);
	error = replace_flush(&to);
	if (!error && host)
		error = attach_host(to.path, host);
	if (error)
		replace_drop(&to);
	else
		error = replace_end(&to, true);
	if (!error)
		memcpy(old, to.old, sizeof(to.old));
	return error;
}

/* The usable part of a damaged run. */
static const char *const of_use[] = {
	[TEXTLINE_PLAIN]	= "what is intact",
	[TEXTLINE_DEFLATE]	= "what is intact before the first of them",
};

/* Describes a run of which nothing can be written. */
static void describe_nothing(const struct textline_run *run,
			     char text[IMPORT_WORDS])
{
	if (run->refused)
		snprintf(text, IMPORT_WORDS,
			"not written: with it the deflated runs of this log would inflate to over %zu MiB, more than any recording",
			TEXTLINE_INFLATED_MAX >> 20);
	else
		snprintf(text, IMPORT_WORDS,
			"not written: %" PRIu64 " lines, %" PRIu64 " missing or damaged, and nothing can be inflated: send it again",
			run->lines, run->missing);
}

static void describe_damage(const struct textline_run *run,
			    char text[IMPORT_WORDS])
{
	if (run->whole)
		snprintf(text, IMPORT_WORDS,
			"%" PRIu64 " lines, but the first line with the name is missing; the file is whole",
			run->lines);
	else if (run->wrong)
		snprintf(text, IMPORT_WORDS,
			"%" PRIu64 " lines, %" PRIu64 " missing or damaged, and the deflated data in them is invalid from some byte on: send it again, or use the part before",
			run->lines, run->missing);
	else if (!run->ended)
		snprintf(text, IMPORT_WORDS,
			"%" PRIu64 " lines, %" PRIu64 " missing, and the end: send it again, or use %s",
			run->lines, run->missing, of_use[run->coding]);
	else
		snprintf(text, IMPORT_WORDS,
			"%" PRIu64 " lines, %" PRIu64 " missing or damaged: send it again, or use %s",
			run->lines, run->missing, of_use[run->coding]);
}

bool import_describe(const struct textline_run *run, char text[IMPORT_WORDS])
{
	if (import_is_empty(run))
		describe_nothing(run, text);
	else if (!run->intact)
		describe_damage(run, text);
	else
		snprintf(text, IMPORT_WORDS, "%" PRIu64 " lines, intact",
			 run->lines);
	return run->intact;
}
