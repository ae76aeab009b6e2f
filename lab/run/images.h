/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_IMAGES_H
#define LAB_IMAGES_H

#include "scenario.h"

/*
 * Write the initramfs that a scenario's machine is started with, and in it
 * those of its domains, to path. Returns 0, or -errno with culprit.
 */
int images_make(const struct scenario *scenario,
		const struct scenario_options *options, const char *append,
		const char *path, char culprit[4096]);

#endif
