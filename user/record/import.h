/* SPDX-License-Identifier: MIT */
/*
 * Recordings that came as text lines over a console, back into files.
 */
#ifndef XLAT_IMPORT_H
#define XLAT_IMPORT_H

#include <jansson.h>

#include "user/format/replace.h"
#include "user/format/textline.h"

/** IMPORT_WORDS: room for what import_describe() says */
#define IMPORT_WORDS	256

/**
 * import_log() - find the runs in a console log
 * @path: the log; "-": the standard input
 * @log: textline_free() it in every case
 *
 * Deflated runs are inflated, and runs that are not needed are marked as
 * superseded.
 *
 * Return: 0; -EFBIG more than file_bound() bytes; else -errno.
 */
int import_log(const char *path, struct textline_log *log);

/**
 * import_only() - the one run of this name
 *
 * Return: NULL where the log has none, or more than one, that is not
 * superseded.
 */
const struct textline_run *import_only(const struct textline_log *log,
				       const char *name);

/**
 * import_host() - read the output of "xlat-read env" in dom0
 * @path: of the file
 * @why: what is wrong with it, where NULL is returned
 *
 * Return: the document, for json_decref().
 */
json_t *import_host(const char *path, char why[IMPORT_WORDS]);

/**
 * import_is_empty() - is nothing left of @run to write?
 *
 * A damaged deflated run may have nothing that can be inflated.
 */
bool import_is_empty(const struct textline_run *run);

/**
 * import_write() - write what arrived of @run
 * @path: of the recording. What bears the name before is kept
 * @host: document to attach, or NULL
 * @old: the name under which a file of this name is kept; "": there was none
 *
 * The file is complete before it takes this name.
 *
 * Return: 0; -EBADMSG or -EPROTONOSUPPORT: the host's document cannot be
 * attached, because nothing of the recording is intact or its format is newer;
 * else -errno.
 */
int import_write(const char *path, const struct textline_run *run,
		 json_t *host, char old[REPLACE_OLD_SIZE]);

/**
 * import_describe() - what arrived of @run, and what to do about the rest
 *
 * Return: true if all of it arrived.
 */
bool import_describe(const struct textline_run *run, char text[IMPORT_WORDS]);

#endif /* XLAT_IMPORT_H */
