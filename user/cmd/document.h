/* SPDX-License-Identifier: MIT */
/*
 * --json=FILE: writes the JSON document to a file, in addition to the standard
 * output.
 */
#ifndef XLAT_CMD_DOCUMENT_H
#define XLAT_CMD_DOCUMENT_H

#include <stddef.h>
#include <stdio.h>

#include "analyse.h"

/* Each function prints its own error message and returns an enum exit_code. */

/**
 * document_take() - store the path of --json=@path, which may be given once
 * @command: the subcommand, for messages
 * @taken: path of an earlier --json, or NULL; set to @path
 */
int document_take(const char *command, const char *path, const char **taken);

/**
 * document_choose() - combine --json=@path with --format
 * @command: the subcommand, for messages
 * @path: NULL if --json was not given, "-" for the standard output
 * @format: value of --format; set to %ANALYSIS_JSON if @path is "-"
 */
int document_choose(const char *command, const char *path,
		    enum analysis_format *format);

/**
 * document_spare() - refuse a @path that is one of @inputs or is a recording
 * @inputs: files that the command reads, or writes first; they need not exist
 * @count: number of @inputs
 */
int document_spare(const char *command, const char *path, char *const *inputs,
		   size_t count);

/**
 * struct document - a document that will be written to a file
 * @out: stream for the renderer; NULL if no file was requested
 */
struct document {
	const char *path;
	FILE *out;
	char *text;
	size_t length;
};

/** document_begin() - open @document; @path is the FILE of --json, or NULL */
int document_begin(struct document *document, const char *path);

/**
 * document_end() - write the rendered document to its file
 * @error: 0 or -errno of the renderer; after an error nothing is written
 *
 * A regular file is replaced when the new one is complete. A pipe or a device
 * is written to.
 */
int document_end(struct document *document, int error);

#endif /* XLAT_CMD_DOCUMENT_H */
