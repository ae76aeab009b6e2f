/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_NUMBER_H
#define LAB_NUMBER_H

/*
 * Parse a whole decimal number from min to max, with nothing after it. Returns
 * 0, or -EINVAL and leaves *value unchanged.
 */
int number_parse(const char *text, int min, int max, int *value);

#endif
