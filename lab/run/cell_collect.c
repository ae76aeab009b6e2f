// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cell_collect.h"
#include "dom0_job.h"
#include "record_job.h"
#include "user/record/import.h"

enum { PATH_SIZE = 4096 };

__attribute__((format(printf, 2, 3)))
static int refuse(char why[256], const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(why, 256, format, list);
	va_end(list);
	return -1;
}

/* Path of the console log with the recording; "" if recordings are files. */
static void console_of(const struct plan_cell *cell, const char *out,
		       const char *run, char path[PATH_SIZE])
{
	const struct settings *s = &cell->settings;

	*path = '\0';
	if (settings_is(s, SET_GUEST, "bare-metal") &&
	    settings_is(s, SET_DOMAIN, "domu"))
		snprintf(path, PATH_SIZE, "%s/guest-%s.log", out, run);
	else if (settings_is(s, SET_GUEST, "bare-metal"))
		snprintf(path, PATH_SIZE, "%s/%s/console.log", out, run);
	else if (settings_is(s, SET_DOMAIN, "domu"))
		snprintf(path, PATH_SIZE, "%s/guest-domu.log", out);
}

/*
 * The host's facts from dom0 or Xen's console. NULL with why "" if there are
 * none.
 */
static json_t *host_of(const struct plan_cell *cell, const char *out,
		       const char *run, char why[256])
{
	bool bare = settings_is(&cell->settings, SET_GUEST, "bare-metal");
	char path[PATH_SIZE], file[DOM0_JOB_NAME], text[IMPORT_WORDS];
	json_t *host;

	*why = '\0';
	dom0_job_host_file(file, bare ? run : "domu");
	if (settings_is(&cell->settings, SET_DOMAIN, "dom0less"))
		snprintf(path, sizeof(path), "%s/%s/host.json", out, run);
	else
		snprintf(path, sizeof(path), "%s/%s", out, file);
	if (access(path, R_OK))
		return NULL;
	host = import_host(path, text);
	if (!host)
		refuse(why, "%.100s: %.120s", path, text);
	return host;
}

static int write_run(const char *path, const struct textline_run *run,
		     json_t *host, char why[256])
{
	char text[IMPORT_WORDS], old[REPLACE_OLD_SIZE];
	bool whole = import_describe(run, text);
	int error = import_is_empty(run) ? 0 :
		    import_write(path, run, host, old);

	if (error)
		return refuse(why, "cannot write %.150s: %s", path,
			      strerror(-error));
	return whole ? 0 : refuse(why, "%.100s: %.150s", path, text);
}

static int import_run(const char *console, const char *name, const char *path,
		      json_t *host, char why[256])
{
	const struct textline_run *run;
	struct textline_log log;
	int error = import_log(console, &log);

	if (error) {
		error = refuse(why, "cannot read %.150s: %s", console,
			       strerror(-error));
	} else {
		run = import_only(&log, name);
		error = run ? write_run(path, run, host, why) :
			refuse(why, "%.150s has no recording %.60s, or several",
			       console, name);
	}
	textline_free(&log);
	return error;
}

static int collect_one(const struct plan_cell *cell, const char *out,
		       const char *run, char why[256])
{
	char path[PATH_SIZE], console[PATH_SIZE];
	json_t *host;
	int error;

	snprintf(path, sizeof(path), "%s/%s.xlat", out, run);
	console_of(cell, out, run, console);
	if (!*console)
		return !access(path, R_OK) ? 0 :
		       refuse(why, "there is no recording %.100s", run);
	unlink(path);
	host = host_of(cell, out, run, why);
	error = *why ? -1 : import_run(console, run, path, host, why);
	json_decref(host);
	return error;
}

int cell_collect(const struct plan_cell *cell, const char *out, char why[256])
{
	int phases = settings_number(&cell->settings, SET_PHASES);
	char source[RECORD_NAME], run[RECORD_NAME];
	int n, phase, error = 0;

	for (n = 0; !record_source(&cell->settings, n, source); n++)
		for (phase = 1; !error && phase <= phases; phase++) {
			record_name(run, source, phase);
			error = collect_one(cell, out, run, why);
		}
	return error;
}
