/* SPDX-License-Identifier: MIT */
/*
 * What the reader of a report's numbers should know, in sentences. Pure.
 */
#ifndef XLAT_NOTES_H
#define XLAT_NOTES_H

#include "user/data/report.h"
#include "user/data/run.h"

/** notes_write() - fill &report.notes from all else in it; 0 or -ENOMEM */
int notes_write(const struct run *run, struct report *report);

#endif /* XLAT_NOTES_H */
