/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_H
#define LAB_PLAN_H

#include "settings.h"

/*
 * A matrix: the cells that a matrix file describes, in order. Its syntax is
 * that of libconfig; lab/matrix/default.cfg explains it by example.
 *
 *	name = "default";
 *	defaults: { SETTING = VALUE; ... };
 *	centres: { NAME: { SETTING = VALUE; ... }; ... };
 *	loads = ( { name = "contended"; SETTING = VALUE; ... }, ... );
 *	factors = ( { setting = "vwfi"; levels = ("trap", "native");
 *		      centres = ("today"); loads = ("idle"); }, ... );
 *	cells = ( { name = "el2"; what = "in a few words"; SETTING = VALUE;
 *		    ... }, ... );
 *
 * A level may be a group: value, and other settings that must go with it; or
 * not_measurable, and why, for what one shared instruction clock cannot tell.
 * Files may include others: @include "common.cfg".
 */
enum { PLAN_NAME = 96 };

struct plan_cell {
	char name[PLAN_NAME];
	char what[SETTING_SIZE];	/* in a few words, or "" */
	char load[PLAN_NAME];		/* idle, contended, spinner */
	char centre[PLAN_NAME];		/* "" where there is none */
	char factor[PLAN_NAME];		/* "": the centre itself */
	char level[SETTING_SIZE];
	char not_measurable[SETTING_SIZE];	/* why, or "" */
	struct settings settings;
};

struct plan {
	char name[PLAN_NAME];
	struct plan_cell *cells;
	size_t count;
};

/* Frees the cells; the plan is empty then. */
void plan_free(struct plan *plan);

/*
 * Put another hypervisor under every cell that has one. Returns 0, or -EINVAL
 * with what is wrong in message.
 */
int plan_use_hypervisor(struct plan *plan, const char *name,
			char message[512]);

/* NULL: there is no cell of that name */
const struct plan_cell *plan_find(const struct plan *plan, const char *name);

#endif
