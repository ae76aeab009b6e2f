/* SPDX-License-Identifier: MIT */
/*
 * Gives each run in a console log a different file name.
 */
#ifndef XLAT_IMPORT_NAMES_H
#define XLAT_IMPORT_NAMES_H

#include "user/format/textline.h"

/**
 * import_names() - make a name, without .xlat, for each run in @log
 *
 * The first run called NAME gets this name, the others get NAME-2, NAME-3, ...
 * Runs without a name get "unnamed", "unnamed-2", ... Intact runs are named
 * first. A numbered name is never equal to the name of another run. Superseded
 * runs get no name. Runs that the user did not request get a name too, so that
 * a name does not depend on the request.
 *
 * Return: @log->count names, NULL for each superseded run; free them with
 * import_names_free(). NULL if there is no memory.
 */
char **import_names(const struct textline_log *log);

/** import_names_free() - free @count names; some of them may be NULL */
void import_names_free(char **names, size_t count);

#endif /* XLAT_IMPORT_NAMES_H */
