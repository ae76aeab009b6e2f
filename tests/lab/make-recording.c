// SPDX-License-Identifier: GPL-2.0
/*
 * A recording, without samples or with made-up ones.
 *
 * Usage: make-recording FILE [ENVIRONMENT [SOURCE]]
 *
 * ENVIRONMENT is the environment document, JSON text. With SOURCE, "hrtimer" or
 * "phys", there are samples.
 */
#include <stdio.h>
#include <string.h>

#include <uapi/xlat.h>

#include "tests/synthetic.h"
#include "user/format/file.h"

static int make_empty(const char *path, const char *environment)
{
	struct file_writer w;
	int error = file_create(&w, path);

	if (!error && environment)
		error = file_put_environment(&w, environment);
	if (!error)
		error = file_put_end(&w);
	return error ? error : file_close(&w);
}

static int make_samples(const char *path, const char *environment,
			const char *source)
{
	struct synthetic s = synthetic_defaults();
	struct run run;
	int error;

	s.environment = environment;
	if (!strcmp(source, "hrtimer")) {
		s.source = XLAT_SOURCE_HRTIMER;
		s.stage = XLAT_STAGE_T1;
	}
	synthetic_run(&s, &run);
	error = synthetic_write(&run, path);
	run_free(&run);
	return error;
}

int main(int argc, char *argv[])
{
	int error;

	if (argc < 2) {
		fprintf(stderr, "usage: make-recording FILE [ENVIRONMENT [SOURCE]]\n");
		return 2;
	}
	error = argc > 3 ? make_samples(argv[1], argv[2], argv[3]) :
		make_empty(argv[1], argc > 2 ? argv[2] : NULL);
	if (error)
		fprintf(stderr, "make-recording: %s: %s\n", argv[1],
			strerror(-error));
	return error ? 1 : 0;
}
