/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_PLAN_FILE_H
#define LAB_PLAN_FILE_H

#include <libconfig.h>

#include "plan.h"

/* For plan_read.c: read parts of a matrix file, and report errors by line. */
struct reading {
	struct plan *plan;
	const char *file;
	char *message;		/* 512 */
	config_t config;
};

/* Write "file:line: ..." to message; returns -EINVAL. */
__attribute__((format(printf, 3, 4)))
int plan_blame(struct reading *r, const config_setting_t *at,
	       const char *format, ...);

/* Check that the group has no other members. */
int plan_only_keys(struct reading *r, config_setting_t *group,
		   const char *const keys[]);

/* Set one setting to a value of the file. */
int plan_set(struct reading *r, const config_setting_t *value,
	     enum setting setting, struct settings *settings,
	     enum setting_rank rank);

/* Apply all members of a group as settings, except those named in but. A group
 * that is NULL has no members. */
int plan_apply(struct reading *r, config_setting_t *group,
	       struct settings *settings, enum setting_rank rank,
	       const char *but);
int plan_apply_but(struct reading *r, config_setting_t *group,
		   struct settings *settings, enum setting_rank rank,
		   const char *const but[]);

/* Find a required member that is a list or array and is not empty. */
int plan_need_list(struct reading *r, config_setting_t *group,
		   const char *name, config_setting_t **list);

/* Find a centre or load by its name, word i of a list. Load "idle" is NULL. */
int plan_find_centre(struct reading *r, config_setting_t *words, int i,
		     config_setting_t **centre);
int plan_find_load(struct reading *r, config_setting_t *words, int i,
		   config_setting_t **load);

/* Check the contents of defaults, centres and loads, even of unused ones. */
int plan_check_groups(struct reading *r);

#endif
