/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_MATRIX_H
#define LAB_MATRIX_H

#include "lab/image/hash.h"
#include "lab/plan/plan_load.h"
#include "readback.h"

/*
 * A plan that is being run. Its directory contains plan.json and, for each
 * cell, cells/NAME/cell.json, which is written last. A cell is not run again if
 * its cell.json has the same key and says that it is done.
 */
struct matrix_boot {
	struct cell_outcome outcome;
	struct readback readback;
	bool ended;
};

struct matrix_cell {
	const struct plan_cell *plan;
	char key[HASH_TEXT];
	const char *status;	/* "done", "failed", "boards-only", "not-run" */
	char why[256];
	bool kept;		/* done in an earlier run */
	bool chosen;		/* selected for this run */
	struct matrix_cell *same;	/* an earlier cell with the same key,
				 * whose boots it shares; or NULL */
	char owner[PLAN_NAME];	/* name of the cell whose directory has the
				 * boots that cell.json names; "": none */
	int boots, ended;
	struct matrix_boot *boot;	/* shared with child processes */
};

struct matrix {
	const char *file, *out;
	struct cell_inputs inputs;
	struct plan plan;
	struct matrix_cell *cells;
};

/*
 * matrix_key.c: set the key of a cell, a hash of everything that decides its
 * result. Returns 0, or -errno with the file that could not be read.
 */
int matrix_key(const struct matrix *matrix, struct matrix_cell *cell,
	       char culprit[4096]);

/* matrix_json.c: these return 0, or 1 after a line on stderr. */
int matrix_write_plan(const struct matrix *matrix);
int matrix_write_cell(const struct matrix *matrix, struct matrix_cell *cell);

/*
 * Is there a cell.json with this key that is done, and do its boots still
 * exist? Sets cell->owner.
 */
bool matrix_is_done(const struct matrix *matrix, struct matrix_cell *cell);

/* Directories, relative to the directory of the matrix. */
enum { MATRIX_PATH = 256 };
void matrix_cell_path(char path[MATRIX_PATH], const struct matrix_cell *cell);
void matrix_boot_path(char path[MATRIX_PATH], const struct matrix_cell *cell,
		      int boot);

/*
 * matrix_run.c: run the cells that are not done, with up to jobs machines at a
 * time. The results are in the cells. Returns 0, or 1 after a line on stderr.
 */
int matrix_run(struct matrix *matrix, int jobs);

#endif
