/* SPDX-License-Identifier: MIT */
/*
 * The files' names of the runs in a console log: each another one.
 */
#ifndef XLAT_IMPORT_NAMES_H
#define XLAT_IMPORT_NAMES_H

#include "user/format/textline.h"

/**
 * import_names() - a name, without .xlat, for each run that is not superseded
 *
 * The run's own, or NAME-2, NAME-3, ...; of a run without one "unnamed",
 * "unnamed-2", ... Intact runs choose first. A numbered name is never that of
 * a run. Runs that are not wanted have one as well, so that a name does not
 * depend on what is wanted.
 *
 * Return: @log->count names, NULL for what is superseded, for
 * import_names_free(); NULL: no memory.
 */
char **import_names(const struct textline_log *log);

/** import_names_free() - free @count names, of which some may be NULL */
void import_names_free(char **names, size_t count);

#endif /* XLAT_IMPORT_NAMES_H */
