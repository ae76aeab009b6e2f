/* SPDX-License-Identifier: MIT */
/*
 * Makes files from recordings that came over a console as text lines.
 */
#ifndef XLAT_IMPORT_H
#define XLAT_IMPORT_H

#include <jansson.h>

#include "user/format/replace.h"
#include "user/format/textline.h"

/** IMPORT_WORDS: size of a text from import_describe() or import_host() */
#define IMPORT_WORDS	256

/**
 * import_log() - find the runs in a console log
 * @path: the log; "-": the standard input
 * @log: textline_free() it in every case
 *
 * It inflates deflated runs, and marks runs that are not needed as superseded.
 *
 * Return: 0; -EFBIG if the log has more than file_bound() bytes; else -errno.
 */
int import_log(const char *path, struct textline_log *log);

/**
 * import_only() - the only run of this name that is not superseded
 *
 * Return: the run; NULL if the log has no such run, or several.
 */
const struct textline_run *import_only(const struct textline_log *log,
				       const char *name);

/**
 * import_host() - read a file with the output that "xlat-read env" had in dom0
 * @path: the file
 * @why: what is wrong with the file, if NULL is returned
 *
 * Return: the document, for json_decref().
 */
json_t *import_host(const char *path, char why[IMPORT_WORDS]);

/**
 * import_is_empty() - does @run contain nothing to write?
 *
 * This is so if no byte of a damaged deflated run can be inflated.
 */
bool import_is_empty(const struct textline_run *run);

/**
 * import_write() - write the bytes of @run that arrived
 * @path: the recording to write. An old file of this name is kept
 * @run: the run
 * @host: the host's document to attach, or NULL
 * @old: the new name of the old file; "" if there was none
 *
 * The file is complete before it gets its name.
 *
 * Return: 0; -EBADMSG if @host cannot be attached because nothing of the
 * recording is intact; -EPROTONOSUPPORT if @host cannot be attached because the
 * recording's format is newer; else -errno.
 */
int import_write(const char *path, const struct textline_run *run,
		 json_t *host, char old[REPLACE_OLD_SIZE]);

/**
 * import_describe() - how much of @run arrived, and what to do about the rest
 *
 * Return: true if all of it arrived.
 */
bool import_describe(const struct textline_run *run, char text[IMPORT_WORDS]);

#endif /* XLAT_IMPORT_H */
