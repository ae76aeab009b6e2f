/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_IMAGES_H
#define LAB_IMAGES_H

#include "scenario.h"

/*
 * Write the initramfs of a scenario's machine to path. It contains the images
 * of the domains. Returns 0, or -errno with the file that failed in culprit.
 */
int images_make(const struct scenario *scenario,
		const struct scenario_options *options, const char *append,
		const char *path, char culprit[4096]);

#endif
