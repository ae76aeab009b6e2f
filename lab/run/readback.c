// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dom0_job.h"
#include "lab/machine/xen_console.h"
#include "readback.h"
#include "record_job.h"
#include "recorded.h"
#include "user/data/environment.h"
#include "user/format/file.h"
#include "user/record/xl.h"

enum { PATH_SIZE = 4096 };

static void read_info(struct readback *r, json_t *xen)
{
	json_t *info = json_object_get(xen, "info");

	snprintf(r->xen_version, sizeof(r->xen_version), "%s",
		 recorded_text(info, "xen_version"));
	snprintf(r->xen_commandline, sizeof(r->xen_commandline), "%s",
		 recorded_text(xen, "commandline"));
	snprintf(r->xen_build, sizeof(r->xen_build), "%s, %s, %s",
		 recorded_text(info, "build_id"),
		 recorded_text(info, "cc_compiler"),
		 recorded_text(info, "cc_compile_date"));
}

/* The scheduler of the measured domain's cpupool. */
static void read_scheduler(struct readback *r, json_t *xen, const char *domain)
{
	int id = recorded_domain(xen, domain);
	json_t *scheduler;

	if (id < 0)
		return;
	scheduler = hostenv_scheduler(xen, (unsigned int)id);
	snprintf(r->scheduler, sizeof(r->scheduler), "%s",
		 json_string_value(scheduler) ?: "");
	json_decref(scheduler);
}

/* The schedule that the helper /arinc653 read back. */
static void read_schedule(struct readback *r, const char *out)
{
	char path[PATH_SIZE];
	FILE *f;

	snprintf(path, sizeof(path), "%s/arinc653.txt", out);
	f = fopen(path, "re");
	if (f && fgets(r->schedule, sizeof(r->schedule), f))
		r->schedule[strcspn(r->schedule, "\n")] = '\0';
	if (f)
		fclose(f);
}

/* "Domain-0/0:0 domu/0:2": the hard affinity of each vCPU */
static void read_pinning(struct readback *r, json_t *xen)
{
	size_t i, used = 0;
	json_t *vcpu;

	json_array_foreach(json_object_get(xen, "vcpus"), i, vcpu)
		if (used < sizeof(r->pinning))
			used += (size_t)snprintf(r->pinning + used,
				sizeof(r->pinning) - used, "%s%s/%d:%s",
				used ? " " : "", recorded_text(vcpu, "domain"),
				(int)json_integer_value(json_object_get(vcpu,
								"vcpu")),
				recorded_text(vcpu, "hard"));
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
static void measured_domain(const struct plan_cell *cell, const char *run,
			    char name[RECORD_NAME])
{
	if (settings_is(&cell->settings, SET_DOMAIN, "dom0"))
		strcpy(name, "Domain-0");
	else if (settings_is(&cell->settings, SET_GUEST, "bare-metal"))
		strcpy(name, run);
	else
		strcpy(name, "domu");
}

/* From the first recording. */
static void read_host(struct readback *r, const struct plan_cell *cell,
		      const char *out)
{
	char source[RECORD_NAME], run[RECORD_NAME], domain[RECORD_NAME];
	struct xen_console console;
	json_t *document, *xen;

	xen_console_read(&console, out);
	strcpy(r->debug, console.debug);
	if (record_source(&cell->settings, 0, source))
		return;
	record_name(run, source, 1);
	document = recorded_environment(out, run);
	xen = recorded_xen(document);
	measured_domain(cell, run, domain);
	read_info(r, xen);
	read_pinning(r, xen);
	read_scheduler(r, xen, domain);
	json_decref(document);
}

void readback_read(struct readback *r, const struct plan_cell *cell,
		   const struct cell_inputs *inputs, const char *out)
{
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
	read_host(r, cell, out);
	readback_domains(r->differs, cell, out);
	if (settings_is(&cell->settings, SET_SCHEDULER, "arinc653"))
		read_schedule(r, out);
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
