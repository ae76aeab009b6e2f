/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A lab's directory, read: plan.json, cells/CELL/cell.json, and the recordings
 * that they name.
 */
#ifndef LAB_STUDY_READ_H
#define LAB_STUDY_READ_H

#include <jansson.h>

#include "study.h"

/** STUDY_WHY - size of a message about a directory, one line */
#define STUDY_WHY	8192

/**
 * study_read() - all cells of the plan, summarised
 * @directory: of the lab
 * @why: set to what is wrong, and in which file; %STUDY_WHY bytes
 *
 * A cell without a cell.json is "not run". A file that cannot be understood is
 * an error; no cell is left out.
 *
 * Return: 0 or -1
 */
int study_read(struct study *study, const char *directory, char *why);

/**
 * study_read_settings() - copy the members of a JSON object, whose values are
 *	texts
 * @settings, @count: what could be copied, also after an error; for
 *	study_settings_free()
 *
 * Return: NULL, or the key of the first value that is not a text; it lives as
 * long as @from
 */
const char *study_read_settings(struct study_setting **settings, size_t *count,
				json_t *from);

/**
 * study_read_run() - analyse one recording
 * @path: of the file
 *
 * Return: 0 or -1; a recording that is not lossless is no error
 */
int study_read_run(struct study_run *run, const char *path, char *why);

#endif
