// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "matrix.h"

/* Counts changes of the launcher that change what a cell measures. */
#define LAUNCHER "1"

static bool is(const struct matrix_cell *cell, enum setting s,
	       const char *word)
{
	return settings_is(&cell->plan->settings, s, word);
}

/* Read once: every cell has the same few. */
static const char *content_of(const char *path, char culprit[4096])
{
	static struct {
		char path[4096], text[HASH_TEXT];
	} known[64];
	struct hash hash;
	size_t n = 0;

	while (*known[n].path && strcmp(known[n].path, path))
		n++;
	if (*known[n].path)
		return known[n].text;
	hash_begin(&hash);
	if (n == sizeof(known) / sizeof(known[0]) - 1 ||
	    hash_file(&hash, path)) {
		snprintf(culprit, 4096, "%s", path);
		return NULL;
	}
	snprintf(known[n].path, sizeof(known[n].path), "%s", path);
	hash_text(&hash, known[n].text);
	return known[n].text;
}

static int add_file(struct hash *hash, const char *path, char culprit[4096])
{
	const char *content = content_of(path, culprit);

	if (!content)
		return errno ? -errno : -EIO;
	hash_string(hash, content);
	return 0;
}

static int add_files(struct hash *hash, const struct matrix *matrix,
		     const struct matrix_cell *cell, char culprit[4096])
{
	const struct cell_inputs *i = &matrix->inputs;
	bool xen = is(cell, SET_MACHINE, "xen");
	bool linux_guest = is(cell, SET_GUEST, "linux");
	bool some_linux = linux_guest || (xen && !is(cell, SET_DOMAIN,
						     "dom0less"));
	bool bare = !linux_guest || is(cell, SET_COMPETITOR, "domain");
	char hypervisor[4096], module[4096];
	struct parts parts;
	int error = cell_parts(cell->plan, i, &parts);

	snprintf(culprit, 4096, "parts of %s", cell->plan->name);
	if (error)
		return error;
	cell_hypervisor(cell->plan, i, hypervisor);
	cell_module(cell->plan, i, module);
	if (xen)
		error = add_file(hash, hypervisor, culprit);
	if (!error && some_linux)
		error = add_file(hash, parts.kernel, culprit);
	if (!error && some_linux)
		error = add_file(hash, i->init, culprit);
	if (!error && some_linux)
		error = add_file(hash, i->guest_reader, culprit);
	if (!error && linux_guest)
		error = add_file(hash, module, culprit);
	if (!error && bare)
		error = add_file(hash, i->bare_metal, culprit);
	if (!error && is(cell, SET_SCHEDULER, "arinc653"))
		error = add_file(hash, i->arinc653, culprit);
	return error;
}

/* Not its name: two centres may meet in one set-up, which is run once. */
int matrix_key(const struct matrix *matrix, struct matrix_cell *cell,
	       char culprit[4096])
{
	struct hash hash;
	int s, error;

	hash_begin(&hash);
	hash_string(&hash, LAUNCHER);
	for (s = 0; s < SETTINGS; s++) {
		hash_string(&hash, setting_name((enum setting)s));
		hash_string(&hash, settings_text(&cell->plan->settings,
						 (enum setting)s));
	}
	hash_string(&hash, matrix->inputs.parts.qemu_version);
	error = add_files(&hash, matrix, cell, culprit);
	hash_text(&hash, cell->key);
	return error;
}
