// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <unistd.h>

#include "cell_collect.h"
#include "lab/machine/program.h"
#include "record_job.h"

enum { PATH_SIZE = 4096 };

static bool is(const struct plan_cell *cell, enum setting s, const char *word)
{
	return settings_is(&cell->settings, s, word);
}

/* The console that holds the recordings; "": they came as files. */
static void console_of(const struct plan_cell *cell, const char *out,
		       const char *run, char path[PATH_SIZE])
{
	*path = '\0';
	if (is(cell, SET_GUEST, "bare-metal") && is(cell, SET_DOMAIN, "domu"))
		snprintf(path, PATH_SIZE, "%s/guest-%s.log", out, run);
	else if (is(cell, SET_GUEST, "bare-metal"))
		snprintf(path, PATH_SIZE, "%s/%s/console.log", out, run);
	else if (is(cell, SET_DOMAIN, "domu"))
		snprintf(path, PATH_SIZE, "%s/guest-domu.log", out);
}

static int import(const struct plan_cell *cell,
		  const struct cell_inputs *inputs, const char *out,
		  const char *run, const char *log)
{
	char console[PATH_SIZE], file[PATH_SIZE], host[PATH_SIZE];
	const char *argv[] = { inputs->reader, "import", console, "--run", run,
			       "-o", file, "--host-env", host, NULL };

	console_of(cell, out, run, console);
	snprintf(file, sizeof(file), "%s/%s.xlat", out, run);
	if (is(cell, SET_DOMAIN, "dom0less"))
		snprintf(host, sizeof(host), "%s/%s/host.json", out, run);
	else
		snprintf(host, sizeof(host), "%s/host.json", out);
	if (access(host, R_OK))
		argv[7] = NULL;
	unlink(file);
	return log ? program_log(argv, log) : program_run(argv, NULL);
}

static int collect_one(const struct plan_cell *cell,
		       const struct cell_inputs *inputs, const char *out,
		       const char *run, const char *log, char why[256])
{
	char path[PATH_SIZE];
	int status = 0;

	console_of(cell, out, run, path);
	if (*path)
		status = import(cell, inputs, out, run, log);
	if (status) {
		snprintf(why, 256, "import of %.60s from %.100s: exit status "
			 "%d", run, path, status);
		return 1;
	}
	snprintf(path, sizeof(path), "%s/%s.xlat", out, run);
	if (!access(path, R_OK))
		return 0;
	snprintf(why, 256, "there is no recording %.100s", run);
	return 1;
}

int cell_collect(const struct plan_cell *cell,
		 const struct cell_inputs *inputs, const char *out,
		 const char *log, char why[256])
{
	int phases = settings_number(&cell->settings, SET_PHASES);
	char source[RECORD_NAME], run[RECORD_NAME];
	int n, phase, failed = 0;

	for (n = 0; !record_source(&cell->settings, n, source); n++)
		for (phase = 1; !failed && phase <= phases; phase++) {
			record_name(run, source, phase);
			failed = collect_one(cell, inputs, out, run, log, why);
		}
	return failed;
}
