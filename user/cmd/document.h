/* SPDX-License-Identifier: MIT */
/*
 * --json=FILE: the JSON document in a file of its own, beside what goes to
 * the standard output.
 */
#ifndef XLAT_CMD_DOCUMENT_H
#define XLAT_CMD_DOCUMENT_H

#include <stddef.h>
#include <stdio.h>

#include "analyse.h"

/* All of these complain themselves and return an enum exit_code. */

/**
 * document_take() - note --json=@path, which may be given once
 * @command: whose option it is, for messages
 * @taken: NULL, or the path of an earlier --json
 */
int document_take(const char *command, const char *path, const char **taken);

/**
 * document_choose() - what --json=@path means beside --format
 * @command: who asks, for messages
 * @path: NULL: there was no --json; "-": the standard output
 * @format: as given; %ANALYSIS_JSON where the document takes its place
 */
int document_choose(const char *command, const char *path,
		    enum analysis_format *format);

/**
 * document_spare() - refuse a @path that is one of @inputs, or a recording
 * @inputs: that are read, or that will be written first: they need not exist
 * @count: of @inputs
 */
int document_spare(const char *command, const char *path, char *const *inputs,
		   size_t count);

/**
 * struct document - on its way to a file
 * @out: to render into; NULL: there is nothing to do
 */
struct document {
	const char *path;
	FILE *out;
	char *text;
	size_t length;
};

/** document_begin() - @path is that of --json, or NULL */
int document_begin(struct document *document, const char *path);

/**
 * document_end() - write what was rendered
 * @error: of the renderer: then nothing is written
 *
 * A regular file is replaced once the new one is whole; whatever else bears
 * the name (a pipe, a device) is written to.
 */
int document_end(struct document *document, int error);

#endif /* XLAT_CMD_DOCUMENT_H */
