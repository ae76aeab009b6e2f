/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Cells that are compared in one table: the published table, the mechanisms of
 * a timer, leads of deadlines, Linux and bare metal.
 */
#ifndef LAB_STUDY_PAIRS_H
#define LAB_STUDY_PAIRS_H

#include "study.h"

/** enum study_published_row - of the table of 2017 */
enum study_published_row {
	STUDY_NATIVE,
	STUDY_PINNED,
	STUDY_PINNED_VWFI,
	STUDY_PUBLISHED_ROWS,
};

/** struct study_2017 - nanoseconds on a board; 0: not published */
struct study_2017 {
	const char *name;
	int avg;
	int min;
	int max;
	int warm_max;
};

extern const struct study_2017 study_2017[STUDY_PUBLISHED_ROWS];

/**
 * struct study_published - the table of 2017, measured here
 * @guest: "bare-metal" or "linux"
 * @cntp: "native": its physical timer is forwarded, "trap": emulated
 * @row: the cells; NULL: the matrix has none
 */
struct study_published {
	const char *guest;
	const char *cntp;
	const struct study_cell *row[STUDY_PUBLISHED_ROWS];
};

/** STUDY_TABLES - two guests, two mechanisms */
#define STUDY_TABLES	4

/** study_published_find() - the four tables */
void study_published_find(struct study_published table[STUDY_TABLES],
			  const struct study *study);

/** study_ratio() - AVG / native's; unknown if one is missing or units differ */
struct study_estimate study_ratio(const struct study_published *table,
				  enum study_published_row row);

/** study_ratio_2017() - the published one */
double study_ratio_2017(enum study_published_row row);

/** struct study_set - cells for one small table */
struct study_set {
	const struct study_cell **cell;
	size_t count;
};

/** struct study_sets - such tables */
struct study_sets {
	struct study_set *set;
	size_t count;
};

/** study_mechanisms() - cells that differ only in the timer's mechanism */
void study_mechanisms(struct study_sets *sets, const struct study *study);

/** study_same_xen() - did one build of Xen run all measured cells of @set? */
bool study_same_xen(const struct study_set *set);

/** study_leads() - cells that differ only in the period, ascending */
void study_leads(struct study_sets *sets, const struct study *study);

/** study_guests() - pairs: bare metal, Linux */
void study_guests(struct study_sets *sets, const struct study *study);

/** study_sets_free() - free what it owns and make it empty */
void study_sets_free(struct study_sets *sets);


/**
 * study_bites() - the longest period whose AVG is more than 10 % above that of
 * the longest period of @set
 *
 * Return: index in the ascending @set, or -1: none
 */
int study_bites(const struct study_set *set);

#endif
