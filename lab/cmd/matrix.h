/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CMD_MATRIX_H
#define LAB_CMD_MATRIX_H

#include <stdbool.h>

#include "lab/run/matrix.h"

/*
 * What the command line of "matrix", or of "demo", asks for. The caller fills
 * in the defaults.
 */
struct matrix_request {
	struct matrix matrix;
	const char *help;
	const char *only, *hypervisor;	/* or NULL */
	bool list, needs;		/* nothing is run */
	bool ended;			/* done: --help, --check-options */
	int jobs;
};

/*
 * Take the options and the file's name, then run the cells. Returns the exit
 * status. The plan and its cells are in request->matrix afterwards.
 */
int matrix_command(struct matrix_request *request, int argc, char *argv[]);

/* Free the plan and its cells, also after an error. */
void matrix_request_free(struct matrix_request *request);

#endif
