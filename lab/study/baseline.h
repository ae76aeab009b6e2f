/* SPDX-License-Identifier: GPL-2.0 */
/* The gate's baselines: JSON files in the tree. */
#ifndef LAB_STUDY_BASELINE_H
#define LAB_STUDY_BASELINE_H

#include "study.h"
#include "gate.h"

/** enum baseline_version - versions that a baseline is valid for */
enum baseline_version {
	BASELINE_XEN,
	BASELINE_KERNEL,
	BASELINE_QEMU,
	BASELINE_VERSIONS,
};

/**
 * struct baseline_cell - what is expected of one cell
 * @version: of Xen, kernel and QEMU, as read back; NULL: none
 * @xen_build: of the Xen that was measured; for information only
 * @settings: those that the cell asks for
 */
struct baseline_cell {
	char *name;
	char *source;
	char *version[BASELINE_VERSIONS];
	char *xen_build;
	struct study_setting *settings;
	size_t setting_count;
	struct gate_tolerance tolerance;
	uint64_t samples;
	double curve[GATE_POINTS];
};

/** struct baseline - a file */
struct baseline {
	struct baseline_cell *cells;
	size_t count;
};

/** baseline_version_name() - "Xen", "kernel", "emulator" */
const char *baseline_version_name(enum baseline_version version);

/** baseline_version_of() - what a cell's system said; NULL: it has none */
const char *baseline_version_of(const struct study_cell *cell,
				enum baseline_version version);

/**
 * baseline_path() - the file for the systems of @study
 * @given: a file, or a directory that holds one file per set of versions
 */
void baseline_path(char *path, size_t size, const char *given,
		   const struct study *study);

/**
 * baseline_read() - Return: 0; -1 if it cannot be understood, and @why, of
 * %STUDY_WHY bytes, says why; -2 if there is no such file
 */
int baseline_read(struct baseline *baseline, const char *path, char *why);

/** baseline_find() - the entry for this cell and source, or NULL */
const struct baseline_cell *baseline_find(const struct baseline *baseline,
					  const struct study_cell *cell);

/**
 * baseline_write() - write all measured cells, with the tolerances of @old
 *
 * Return: 0 or -errno
 */
int baseline_write(const char *path, const struct study *study,
		   const struct baseline *old);

/** baseline_free() - free what it owns and make it empty */
void baseline_free(struct baseline *baseline);

#endif
