/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_TAIL_H
#define LAB_TAIL_H

#include <stdio.h>

/* Print the last lines of a file, indented; a note when there are none. */
void tail_print(FILE *to, const char *path, int lines);

#endif
