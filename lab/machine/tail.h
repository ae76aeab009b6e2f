/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_TAIL_H
#define LAB_TAIL_H

#include <stdio.h>

/* Print the last lines of a file, indented, or a note if there are none. */
void tail_print(FILE *to, const char *path, int lines);

/* The same for each log of a machine in that directory. */
void tail_print_logs(FILE *to, const char *directory);

#endif
