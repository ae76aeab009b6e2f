/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_NUMBER_H
#define LAB_NUMBER_H

/* A whole decimal number from min to max, and nothing after it: 0, or -EINVAL
 * with *value as it was. */
int number_parse(const char *text, int min, int max, int *value);

#endif
