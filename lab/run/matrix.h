/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_MATRIX_H
#define LAB_MATRIX_H

#include "lab/image/hash.h"
#include "lab/plan/plan_load.h"
#include "readback.h"

/*
 * A plan being run. Its directory gets plan.json and, for each cell,
 * cells/NAME/cell.json, written last: a cell that has one with the same key
 * and is done is not run again.
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
	bool kept;		/* done before */
	bool chosen;		/* this time's */
	struct matrix_cell *same;	/* an earlier one with the same key, whose
				 * boots are its own; or NULL */
	char owner[PLAN_NAME];	/* cell whose directory holds the boots that its
				 * cell.json names; "" if it names none */
	int boots, ended;
	struct matrix_boot *boot;	/* shared with the children */
};

struct matrix {
	const char *file, *out;
	struct cell_inputs inputs;
	struct plan plan;
	struct matrix_cell *cells;
};

/* matrix_key.c: what decides a cell's result, in one word. 0 or -errno with
 * the file that could not be read. */
int matrix_key(const struct matrix *matrix, struct matrix_cell *cell,
	       char culprit[4096]);

/* matrix_json.c: 0 or 1 after a line on stderr. */
int matrix_write_plan(const struct matrix *matrix);
int matrix_write_cell(const struct matrix *matrix,
		      const struct matrix_cell *cell);

/* Is there a done cell with that key, and are its boots there? Notes whose. */
bool matrix_is_done(const struct matrix *matrix, struct matrix_cell *cell);

/* Directories, relative to the matrix's own. */
enum { MATRIX_PATH = 256 };
void matrix_cell_path(char path[MATRIX_PATH], const struct matrix_cell *cell);
void matrix_boot_path(char path[MATRIX_PATH], const struct matrix_cell *cell,
		      int boot);

/* matrix_run.c: run what is not done, so many machines at a time. 0, or 1
 * after a line on stderr; how cells went is in them. */
int matrix_run(struct matrix *matrix, int jobs);

#endif
