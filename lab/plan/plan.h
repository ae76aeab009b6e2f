/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_H
#define LAB_PLAN_H

#include "settings.h"

/*
 * A matrix: the cells that a matrix file describes, in order. The syntax is
 * that of libconfig; lab/matrix/default.cfg is an example with explanations.
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
 * A level may be a group that contains value and other settings that belong to
 * it. It may also contain not_measurable, with a reason, if one shared
 * instruction clock cannot measure the effect. Files may include other files:
 * @include "common.cfg".
 */
enum { PLAN_NAME = 96 };

struct plan_cell {
	char name[PLAN_NAME];
	char what[SETTING_SIZE];	/* short description, or "" */
	char load[PLAN_NAME];		/* idle, contended, spinner */
	char centre[PLAN_NAME];		/* "" if there is none */
	char factor[PLAN_NAME];		/* "" for the centre itself */
	char level[SETTING_SIZE];
	char not_measurable[SETTING_SIZE];	/* reason, or "" */
	struct settings settings;
};

struct plan {
	char name[PLAN_NAME];
	struct plan_cell *cells;
	size_t count;
};

/* Free the cells. The plan is then empty. */
void plan_free(struct plan *plan);

/*
 * Replace the hypervisor of every cell that has one. Returns 0, or -EINVAL with
 * the reason in message.
 */
int plan_use_hypervisor(struct plan *plan, const char *name,
			char message[512]);

/* Returns NULL if there is no cell of that name. */
const struct plan_cell *plan_find(const struct plan *plan, const char *name);

#endif
