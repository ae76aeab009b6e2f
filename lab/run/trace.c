// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/trace/first_words.h"
#include "trace.h"

/* Functions that are called once for each sample, and before the first one. */
static const struct program {
	const char *fire, *start;
} module = { "xlat_fire", "xlat_engine_start" },
	bare_metal = { "measure_interrupt", "measure" };

enum { PROGRAM_MOST = 64 << 20 };	/* bytes that a file may have */

static const char *module_of(const struct scenario_options *o)
{
	const char *name, *base;
	size_t n;

	for (n = 0; n < RECIPE_FILES && o->recipe.files[n].name; n++) {
		name = o->recipe.files[n].name;
		base = strrchr(name, '/');
		if (!strcmp(base ? base + 1 : name, "xlat.ko"))
			return o->recipe.files[n].host_path;
	}
	return NULL;
}

static int find_program(const struct scenario_options *o, char path[4096],
			const struct program **program, char culprit[4096])
{
	const char *found = module_of(o);

	*program = o->bare ? &bare_metal : &module;
	if (o->bare)
		snprintf(path, 4096, "%s.elf", o->bare->kernel);
	else if (found)
		snprintf(path, 4096, "%s", found);
	else
		snprintf(culprit, 4096,
			 "--trace: there is no xlat.ko among the guest's files");
	return o->bare || found ? 0 : -EINVAL;
}

static int read_file(const char *path, void **bytes, size_t *size)
{
	FILE *f = fopen(path, "re");
	int error = 0;

	if (!f)
		return -errno;
	*bytes = malloc(PROGRAM_MOST);
	*size = *bytes ? fread(*bytes, 1, PROGRAM_MOST, f) : 0;
	if (!*bytes)
		error = -ENOMEM;
	else if (ferror(f))
		error = -EIO;
	else if (*size == PROGRAM_MOST)
		error = -EFBIG;
	fclose(f);
	if (error)
		free(*bytes);
	return error;
}

/* @culprit names the file, and then the reason, too. */
static int find_marks(const void *elf, size_t size,
		      const struct program *program,
		      char marks[TRACE_MARKS_SIZE], char culprit[4096])
{
	size_t length = strlen(culprit);
	const char *names[] = { program->fire, program->start };
	char text[2][MARK_TEXT];
	struct pattern pattern;
	const char *why;
	int i;

	for (i = 0; i < 2; i++) {
		why = first_words(&pattern, elf, size, names[i]);
		if (why) {
			snprintf(culprit + length, 4096 - length, ": %s: %s",
				 names[i], why);
			return -EINVAL;
		}
		pattern_print(&pattern, text[i]);
	}
	snprintf(marks, TRACE_MARKS_SIZE, "fire=%s,start=%s", text[0], text[1]);
	return 0;
}

int trace_marks(const struct scenario_options *o, char marks[TRACE_MARKS_SIZE],
		char culprit[4096])
{
	const struct program *program;
	char path[4096];
	void *elf = NULL;
	size_t size = 0;
	int error;

	*marks = '\0';
	if (!o->trace)
		return 0;
	snprintf(culprit, 4096, "--trace: the clock does not count instructions");
	if (!o->icount)
		return -EINVAL;
	snprintf(culprit, 4096, "%s", o->tracer);
	if (access(o->tracer, R_OK))
		return -errno;
	error = find_program(o, path, &program, culprit);
	if (error)
		return error;
	snprintf(culprit, 4096, "%s", path);
	error = read_file(path, &elf, &size);
	if (error)
		return error;
	error = find_marks(elf, size, program, marks, culprit);
	free(elf);
	return error;
}
