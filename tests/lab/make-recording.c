// SPDX-License-Identifier: GPL-2.0
/*
 * A recording without samples.
 *
 * Usage: make-recording FILE [ENVIRONMENT]
 *
 * ENVIRONMENT is the environment document, JSON text.
 */
#include <stdio.h>
#include <string.h>

#include "user/format/file.h"

int main(int argc, char *argv[])
{
	struct file_writer w;
	int error;

	if (argc < 2) {
		fprintf(stderr, "usage: make-recording FILE [ENVIRONMENT]\n");
		return 2;
	}
	error = file_create(&w, argv[1]);
	if (!error && argc > 2)
		error = file_put_environment(&w, argv[2]);
	if (!error)
		error = file_put_end(&w);
	if (!error)
		error = file_close(&w);
	if (error)
		fprintf(stderr, "make-recording: %s: %s\n", argv[1],
			strerror(-error));
	return error ? 1 : 0;
}
