/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the cells of a matrix measured, as plain data. read.c fills it, and
 * page.c and json.c print it. Nothing here reads or writes files.
 */
#ifndef LAB_STUDY_H
#define LAB_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats.h"

/** STUDY_P - percentiles in 1/100000 */
#define STUDY_P50	50000
#define STUDY_P90	90000
#define STUDY_P99	99000
#define STUDY_P99_9	99900

/** enum study_status - of a cell */
enum study_status {
	STUDY_DONE,
	STUDY_FAILED,
	STUDY_BOARDS_ONLY,
	STUDY_NOT_RUN,
	STUDY_STATUSES,
};

/** enum study_readback - facts that the running system reports about itself */
enum study_readback {
	STUDY_XEN_VERSION,
	STUDY_XEN_BUILD,
	STUDY_XEN_COMMANDLINE,
	STUDY_SCHEDULER,
	STUDY_SCHEDULE,
	STUDY_PINNING,
	STUDY_DEBUG,
	STUDY_KERNEL,
	STUDY_QEMU,
	STUDY_READBACKS,
};

/** enum study_statistic - of which there are effects */
enum study_statistic {
	STUDY_AVG,
	STUDY_TAIL,
	STUDY_WARM_MAX,
	STUDY_STATISTICS,
};

/** struct study_setting - a setting that the cell asked for */
struct study_setting {
	char *key;
	char *value;
};

/**
 * struct study_run - one recording: a phase of a boot
 * @file: its path
 * @source: "hrtimer", "phys", "virt"
 * @mechanism: how the interrupt was delivered
 * @stage: "T1", "T2"
 * @unit: "instructions" or "ns"
 * @verdict: "lossless", or what the reader could not prove
 * @why: of a verdict that is not lossless
 * @warm: warm samples in @unit, ascending
 */
struct study_run {
	char *file;
	char *source;
	char *mechanism;
	char *stage;
	char *unit;
	char *verdict;
	char *why;
	bool lossless;
	uint64_t count;
	uint64_t missed;
	uint64_t early;
	double avg;
	double min;
	double max;
	double warm_max;
	double *warm;
	size_t warm_count;
};

/**
 * struct study_summary - of a cell's lossless recordings
 * @recordings: how many
 * @set_aside: not lossless, and so not used
 * @samples: of all
 * @warm: of those, warm ones
 * @unit: of all values; NULL: there are none
 * @mechanism: of all, or "mixed"
 * @avg: mean of the recordings' averages
 * @warm_max: the longest of all; @warm_max_mean: mean of the longest of each
 * @percentile: of the warm samples of all: p50, p90, p99, p99.9; only the
 *	last one with an interval, and only from 10,000 samples on
 */
struct study_summary {
	size_t recordings;
	size_t set_aside;
	uint64_t samples;
	uint64_t warm;
	uint64_t missed;
	uint64_t early;
	const char *unit;
	const char *mechanism;
	const char *stage;
	double min;
	double max;
	double warm_max;
	struct study_estimate avg;
	struct study_estimate warm_max_mean;
	struct study_estimate percentile[4];
};

/**
 * struct study_cell - a cell of the matrix, or one source of it
 * @load: "idle", "contended", "spinner"
 * @centre: the centre that this cell is a variant of, or NULL
 * @factor: the setting that it changes, or NULL: it is the centre itself
 * @level: what it is changed to
 * @source: of the recordings
 * @readback: from the running system; NULL: not known
 * @boots_differ: two boots reported different facts
 * @legend: number of its system, from 1; 0: none
 */
struct study_cell {
	char *name;
	char *load;
	char *centre;
	char *factor;
	char *level;
	char *source;
	enum study_status status;
	char *why;
	struct study_setting *settings;
	size_t setting_count;
	char *readback[STUDY_READBACKS];
	bool boots_differ;
	size_t boots;
	size_t boots_failed;
	size_t boots_again;
	struct study_run *runs;
	size_t run_count;
	size_t legend;
	struct study_summary summary;
};

/** struct study - a matrix, in the order of its plan */
struct study {
	char *matrix;
	char *file;
	struct study_cell *cells;
	size_t count;
	size_t legends;
};

/**
 * study_status_name() - as in cell.json; study_status_find() - the status of
 * such a name, or -1
 */
const char *study_status_name(enum study_status status);
int study_status_find(const char *name);

/** study_readback_name() - as in cell.json */
const char *study_readback_name(enum study_readback readback);

/** study_statistic_name() - "AVG", "p99.9", "WARM_MAX" */
const char *study_statistic_name(enum study_statistic statistic);

/** study_setting() - the value that the cell asked for, or "" */
const char *study_setting(const struct study_cell *cell, const char *key);

/** study_is() - is the setting this value? */
bool study_is(const struct study_cell *cell, const char *key,
	      const char *value);

/** study_measured() - done, and with at least one lossless recording */
bool study_measured(const struct study_cell *cell);

/**
 * study_without() - say why a cell has no numbers
 * @text: of @size bytes
 */
void study_without(char *text, size_t size, const struct study_cell *cell);

/**
 * study_distance() - the number of settings in which two cells differ
 * @ignore: more keys to ignore, separated by blanks. Those that decide how
 *	often a cell is repeated and how long it may take are always ignored
 *
 * A different load counts too.
 */
size_t study_distance(const struct study_cell *a, const struct study_cell *b,
		      const char *ignore);

/** study_differences() - the same as text: "scheduler, vwfi"; for free() */
char *study_differences(const struct study_cell *a, const struct study_cell *b,
			const char *ignore);

/**
 * study_split() - one cell for each source that a cell recorded
 *
 * Each cell has its source as a setting too. A recording whose source is
 * unknown stays with the first cell.
 */
void study_split(struct study *study);

/** study_summarise() - fill each cell's summary and number the legend */
void study_summarise(struct study *study);

/** study_sorted() - warm samples of lossless recordings; for free() */
struct study_sorted *study_sorted(const struct study_cell *cell);

/** study_values() - a statistic of each lossless recording; for free() */
double *study_values(const struct study_cell *cell,
		     enum study_statistic statistic);

/** study_settings_free() - the list, and the texts of its @count entries */
void study_settings_free(struct study_setting *settings, size_t count);

/** study_free() - free what it owns and make it empty */
void study_free(struct study *study);

#endif
