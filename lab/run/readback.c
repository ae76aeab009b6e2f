// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dom0_job.h"
#include "lab/machine/xen_console.h"
#include "readback.h"
#include "record_job.h"
#include "user/data/environment.h"
#include "user/format/file.h"

enum { PATH_SIZE = 4096, LINE_SIZE = 4096 };

static FILE *open_in(const char *out, const char *name)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", out, name);
	return fopen(path, "re");
}

/* Read the value of a line "key   : value" of xl info. */
static void take_info(FILE *f, const char *key, char *value, size_t size)
{
	char line[LINE_SIZE], *at;
	size_t n = strlen(key);

	rewind(f);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		at = line + n;
		if (strncmp(line, key, n) || *(at += strspn(at, " ")) != ':')
			continue;
		at++;
		snprintf(value, size, "%s", at + strspn(at, " "));
		return;
	}
}

static void read_info(struct readback *r, const char *out)
{
	char id[64] = "", compiler[96] = "", date[64] = "";
	FILE *f = open_in(out, "xl-info.txt");

	if (!f)
		return;
	take_info(f, "xen_version", r->xen_version, sizeof(r->xen_version));
	take_info(f, "xen_commandline", r->xen_commandline,
		  sizeof(r->xen_commandline));
	take_info(f, "xen_scheduler", r->scheduler, sizeof(r->scheduler));
	take_info(f, "build_id", id, sizeof(id));
	take_info(f, "cc_compiler", compiler, sizeof(compiler));
	take_info(f, "cc_compile_date", date, sizeof(date));
	snprintf(r->xen_build, sizeof(r->xen_build), "%s, %s, %s", id,
		 compiler, date);
	fclose(f);
}

/* "domu  1  0  2  r--  0.0  2 / all": the hard affinity of each vCPU, here 2 */
static void read_pinning(struct readback *r, const char *out)
{
	FILE *f = open_in(out, "xl-vcpu-list.txt");
	char line[LINE_SIZE], name[64], hard[64];
	int vcpu, headers = 0;
	size_t used = 0;

	while (f && headers < 2 && fgets(line, sizeof(line), f)) {
		headers += !strncmp(line, "Name ", 5);
		if (sscanf(line, "%63s %*d %d %*s %*s %*s %63s", name, &vcpu,
			   hard) != 3 || used >= sizeof(r->pinning))
			continue;
		used += (size_t)snprintf(r->pinning + used,
					 sizeof(r->pinning) - used,
					 "%s%s/%d:%s", used ? " " : "", name,
					 vcpu, hard);
	}
	if (f)
		fclose(f);
}

/* Word number column, from 0, of the line whose word 0 is first. */
static void read_column(char *value, size_t size, const char *out,
			const char *file, const char *first, int column)
{
	FILE *f = open_in(out, file);
	char line[LINE_SIZE], *rest, *word;
	int n;

	while (f && !*value && fgets(line, sizeof(line), f)) {
		rest = line;
		for (n = 0; (word = strtok_r(rest, " \n", &rest)); n++) {
			if (!n && strcmp(word, first))
				break;
			if (n == column)
				snprintf(value, size, "%s", word);
		}
	}
	if (f)
		fclose(f);
}

enum { LIST_POOL = 6, POOL_SCHEDULER = 2 };

/* Read the scheduler of the domain's cpupool; xl info names that of dom0's. */
static void read_pool(struct readback *r, const char *domain, const char *out)
{
	char pool[64] = "";
	FILE *f = open_in(out, "arinc653.txt");

	*r->scheduler = '\0';
	read_column(pool, sizeof(pool), out, "xl-list-c.txt", domain,
		    LIST_POOL);
	read_column(r->scheduler, sizeof(r->scheduler), out,
		    "xl-cpupool-list.txt", pool, POOL_SCHEDULER);
	if (f && fgets(r->schedule, sizeof(r->schedule), f))
		r->schedule[strcspn(r->schedule, "\n")] = '\0';
	if (f)
		fclose(f);
}

/* Read the environment of a source's first recording; false if unreadable. */
static bool read_environment(struct environment *e, const char *out,
			     const char *source)
{
	char name[RECORD_NAME], path[PATH_SIZE];
	struct run run;
	bool good;

	record_name(name, source, 1);
	snprintf(path, sizeof(path), "%s/%s.xlat", out, name);
	good = !file_read(path, &run);
	if (good)
		(void)environment_read(run.environment, e);
	run_free(&run);
	return good;
}

/* Read the kernel's name from a recording. */
static void read_kernel(struct readback *r, const struct plan_cell *cell,
			const char *out)
{
	char source[RECORD_NAME];
	struct environment e;

	if (!record_source(&cell->settings, 0, source) &&
	    read_environment(&e, out, source))
		snprintf(r->kernel, sizeof(r->kernel), "%s", e.kernel);
}

/* Read from a recording by which mechanism interrupts were delivered. */
static void read_mechanism(struct readback *r, const struct plan_cell *cell,
			   const char *out)
{
	struct environment e;

	if (settings_has(&cell->settings, SET_SOURCE, "phys") &&
	    read_environment(&e, out, "phys"))
		snprintf(r->mechanism, sizeof(r->mechanism), "%.63s",
			 e.mechanism);
}

/* Without a dom0, the facts come from Xen's console on the first machine. */
static void read_alone(struct readback *r, const struct plan_cell *cell,
		       const char *out)
{
	char source[RECORD_NAME], run[RECORD_NAME], path[PATH_SIZE];
	struct xen_console console;

	if (record_source(&cell->settings, 0, source))
		return;
	record_name(run, source, 1);
	snprintf(path, sizeof(path), "%s/%s", out, run);
	xen_console_read(&console, path);
	strcpy(r->xen_version, console.version);
	strcpy(r->xen_build, console.build);
	strcpy(r->xen_commandline, console.commandline);
	strcpy(r->scheduler, console.scheduler);
	strcpy(r->debug, console.debug);
}

/* The measured domain's name in xl; the first one, if there are several. */
static void measured_domain(const struct plan_cell *cell,
			    char name[RECORD_NAME])
{
	char source[RECORD_NAME];

	strcpy(name, "domu");
	if (settings_is(&cell->settings, SET_GUEST, "bare-metal") &&
	    !record_source(&cell->settings, 0, source))
		record_name(name, source, 1);
}

void readback_read(struct readback *r, const struct plan_cell *cell,
		   const struct cell_inputs *inputs, const char *out)
{
	struct xen_console console;
	char domain[RECORD_NAME];

	memset(r, 0, sizeof(*r));
	snprintf(r->qemu, sizeof(r->qemu), "QEMU %s",
		 inputs->parts.qemu_version);
	read_kernel(r, cell, out);
	if (!settings_is(&cell->settings, SET_MACHINE, "xen"))
		return;
	read_mechanism(r, cell, out);
	if (settings_is(&cell->settings, SET_DOMAIN, "dom0less")) {
		read_alone(r, cell, out);
		return;
	}
	read_info(r, out);
	xen_console_read(&console, out);
	strcpy(r->debug, console.debug);
	read_pinning(r, out);
	readback_domains(r->differs, cell, out);
	measured_domain(cell, domain);
	if (settings_is(&cell->settings, SET_SCHEDULER, "arinc653"))
		read_pool(r, domain, out);
}

static bool has_word(const char *text, const char *word)
{
	const char *at = text;
	size_t n = strlen(word);

	for (; (at = strstr(at, word)); at += n)
		if ((at == text || at[-1] == ' ') && strchr(" ", at[n]))
			return true;
	return false;
}

/* Is the vCPU of the busy domain pinned as requested? */
static bool is_pinned(const struct readback *r, const struct plan_cell *cell,
		      char word[64])
{
	struct scenario scenario;

	if (scenario_make(&scenario, cell->name, &cell->settings) ||
	    !scenario.domu ||
	    !settings_is(&cell->settings, SET_COMPETITOR, "domain"))
		return true;
	snprintf(word, 64, "busy/0:%d", dom0_job_busy_cpu(&scenario));
	return has_word(r->pinning, word);
}

/* A Xen without the patch silently ignores vcntp=native. */
static bool is_forwarded_as_asked(const struct readback *r,
				  const struct settings *s)
{
	return !settings_has(s, SET_SOURCE, "phys") ||
	       !strcmp(r->mechanism, settings_is(s, SET_CNTP, "native") ?
		       "forwarded" : "emulated");
}

static const char *known(const char *text)
{
	return *text ? text : "unknown";
}

bool readback_agrees(const struct readback *r, const struct plan_cell *cell,
		     char why[256])
{
	const struct settings *s = &cell->settings;
	char word[64];

	*why = '\0';
	if (!settings_is(s, SET_MACHINE, "xen"))
		return true;
	snprintf(word, sizeof(word), "vwfi=%s", settings_text(s, SET_VWFI));
	if (!has_word(r->xen_commandline, word))
		snprintf(why, 256, "Xen's command line has no %s", word);
	else if (strcmp(r->scheduler, settings_text(s, SET_SCHEDULER)))
		snprintf(why, 256, "scheduler is \"%s\", asked for %.60s",
			 r->scheduler, settings_text(s, SET_SCHEDULER));
	else if (*r->debug != *settings_text(s, SET_DEBUG))
		snprintf(why, 256, "Xen's banner says debug=%s, asked for %.8s",
			 known(r->debug), settings_text(s, SET_DEBUG));
	else if (*r->differs)
		snprintf(why, 256, "%s", r->differs);
	else if (!is_pinned(r, cell, word))
		snprintf(why, 256, "xl vcpu-list does not say %s", word);
	else if (!is_forwarded_as_asked(r, s))
		snprintf(why, 256, "the physical timer is %s, asked for "
			 "cntp = %.8s", known(r->mechanism),
			 settings_text(s, SET_CNTP));
	return !*why;
}
