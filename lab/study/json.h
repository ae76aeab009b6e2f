/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_STUDY_JSON_H
#define LAB_STUDY_JSON_H

#include <stdio.h>

#include "results.h"

/** study_json() - write lab.json: all that the report says; 0 or -1 */
int study_json(FILE *out, const struct study_results *results);

#endif
