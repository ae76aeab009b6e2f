/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_FILE_H
#define LAB_PLAN_FILE_H

#include <libconfig.h>

#include "plan.h"

/* For plan_read.c: take things out of a matrix file, or name its line. */
struct reading {
	struct plan *plan;
	const char *file;
	char *message;		/* 512 */
	config_t config;
};

/* "file:line: ..." of that place; returns -EINVAL. */
__attribute__((format(printf, 3, 4)))
int plan_blame(struct reading *r, const config_setting_t *at,
	       const char *format, ...);

/* No members but these. */
int plan_only_keys(struct reading *r, config_setting_t *group,
		   const char *const keys[]);

/* Give one setting what stands there. */
int plan_set(struct reading *r, const config_setting_t *value,
	     enum setting setting, struct settings *settings,
	     enum setting_rank rank);

/* All members of a group (or none: NULL) but those named are settings. */
int plan_apply(struct reading *r, config_setting_t *group,
	       struct settings *settings, enum setting_rank rank,
	       const char *but);
int plan_apply_but(struct reading *r, config_setting_t *group,
		   struct settings *settings, enum setting_rank rank,
		   const char *const but[]);

/* A member that must be there and be a list or array with something in it. */
int plan_need_list(struct reading *r, config_setting_t *group,
		   const char *name, config_setting_t **list);

/* What the word at that place of a list names. NULL load: idle. */
int plan_find_centre(struct reading *r, config_setting_t *words, int i,
		     config_setting_t **centre);
int plan_find_load(struct reading *r, config_setting_t *words, int i,
		   config_setting_t **load);

/* defaults, centres and loads hold what they should, used or not. */
int plan_check_groups(struct reading *r);

#endif
