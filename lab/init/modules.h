/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_MODULES_H
#define LAB_MODULES_H

/* Load the modules in the file, one path a line, in that order. */
int modules_load(const char *list);

#endif
