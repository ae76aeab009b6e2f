/* SPDX-License-Identifier: MIT */
/*
 * Makes the notes of a report: facts that help to interpret it. No I/O.
 */
#ifndef XLAT_NOTES_H
#define XLAT_NOTES_H

#include "user/data/report.h"
#include "user/data/run.h"

/**
 * notes_write() - add to the notes of @report
 * @run: the recording
 * @report: complete except for the notes
 *
 * Return: 0 or -ENOMEM.
 */
int notes_write(const struct run *run, struct report *report);

#endif /* XLAT_NOTES_H */
