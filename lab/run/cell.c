// SPDX-License-Identifier: GPL-2.0
/* One boot of a cell: the same launcher for the demo and for a matrix. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bare_metal.h"
#include "cell.h"
#include "lab/machine/program.h"
#include "record_job.h"
#include "scenario.h"

enum { PATH_SIZE = 4096 };

static bool is(const struct plan_cell *cell, enum setting s, const char *word)
{
	return settings_is(&cell->settings, s, word);
}

bool cell_is_xen_4_20(const struct plan_cell *cell)
{
	const char *name = settings_text(&cell->settings, SET_HYPERVISOR);

	return !strcmp(name, "debian-4.20") || !strncmp(name, "4.20-", 5);
}

static void tools_of_4_20(const struct cell_inputs *inputs,
			  char path[PATH_SIZE])
{
	snprintf(path, PATH_SIZE, "%s/arm64-trixie", inputs->parts_dir);
}

void cell_hypervisor(const struct plan_cell *cell,
		     const struct cell_inputs *inputs, char path[4096])
{
	const char *name = settings_text(&cell->settings, SET_HYPERVISOR);

	*path = '\0';
	if (!strcmp(name, "debian-4.17"))
		snprintf(path, PATH_SIZE, "%s", inputs->parts.xen);
	else if (!strcmp(name, "debian-4.20"))
		snprintf(path, PATH_SIZE, "%s/arm64-trixie/boot/"
			 "xen-4.20-arm64", inputs->parts_dir);
	else if (strcmp(name, "none"))
		snprintf(path, PATH_SIZE, "%s/%s/xen", inputs->xen_dir, name);
}

static bool is_own_linux(const struct plan_cell *cell)
{
	return is(cell, SET_KERNEL, "debian-6.1");
}

/* "debian-6.12" is in linux-6.12. */
static void linux_root(const struct plan_cell *cell,
		       const struct cell_inputs *inputs, char path[PATH_SIZE])
{
	const char *kernel = settings_text(&cell->settings, SET_KERNEL);

	snprintf(path, PATH_SIZE, "%s/linux%s", inputs->parts_dir,
		 kernel + strcspn(kernel, "-"));
}

void cell_module(const struct plan_cell *cell,
		 const struct cell_inputs *inputs, char path[4096])
{
	if (is_own_linux(cell))
		snprintf(path, PATH_SIZE, "%s", inputs->module);
	else
		snprintf(path, PATH_SIZE, "%s/%s/xlat.ko", inputs->modules_dir,
			 settings_text(&cell->settings, SET_KERNEL));
}

int cell_parts(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct parts *parts)
{
	char path[PATH_SIZE];
	int error = 0;

	*parts = inputs->parts;
	if (cell_is_xen_4_20(cell)) {
		tools_of_4_20(inputs, path);
		error = parts_use_xen(parts, path);
	}
	cell_hypervisor(cell, inputs, path);
	if (*path)
		parts->xen = strdup(path);
	if (!error && !is_own_linux(cell)) {
		linux_root(cell, inputs, path);
		error = parts_use_linux(parts, path);
	}
	return error;
}

static bool has_xen(const struct plan_cell *cell,
		    const struct cell_inputs *inputs, char why[256])
{
	char path[PATH_SIZE], tools[PATH_SIZE];

	tools_of_4_20(inputs, tools);
	cell_hypervisor(cell, inputs, path);
	if (cell_is_xen_4_20(cell) && access(tools, R_OK))
		snprintf(why, 256, "no %.100s, which has the tools of Xen "
			 "4.20: make parts-trixie", tools);
	else if (*path && access(path, R_OK))
		snprintf(why, 256, "no %.100s: make xen-%.60s, or, if that is "
			 "none of xen/variants, put yours there", path,
			 settings_text(&cell->settings, SET_HYPERVISOR));
	return !*why;
}

/* Another one than that of all others, with a module built for it. */
static bool has_linux(const struct plan_cell *cell,
		      const struct cell_inputs *inputs, char why[256])
{
	const char *version = settings_text(&cell->settings, SET_KERNEL);
	char root[PATH_SIZE], module[PATH_SIZE];

	if (is_own_linux(cell))
		return true;
	version += strlen("debian-");
	linux_root(cell, inputs, root);
	cell_module(cell, inputs, module);
	if (access(root, R_OK))
		snprintf(why, 256, "no %.100s: make parts-trixie", root);
	else if (is(cell, SET_GUEST, "linux") && access(module, R_OK))
		snprintf(why, 256, "no %.100s: make module-arm64-%.20s",
			 module, version);
	return !*why;
}

bool cell_can_run(const struct plan_cell *cell,
		  const struct cell_inputs *inputs, char why[256])
{
	*why = '\0';
	if (!has_xen(cell, inputs, why) || !has_linux(cell, inputs, why))
		return false;
	if ((is(cell, SET_GUEST, "bare-metal") ||
	     is(cell, SET_COMPETITOR, "domain")) &&
	    access(inputs->bare_metal, R_OK))
		snprintf(why, 256, "no %.100s: make guest",
			 inputs->bare_metal);
	else if (is(cell, SET_SCHEDULER, "arinc653") &&
		 cell_is_xen_4_20(cell))
		snprintf(why, 256, "what sets ARINC653's schedule is made with "
			 "the libxenctrl of Xen 4.17, and for it only");
	else if (is(cell, SET_SCHEDULER, "arinc653") &&
		 access(inputs->arinc653, R_OK))
		snprintf(why, 256, "no %.100s, which sets ARINC653's schedule: "
			 "make lab-tools", inputs->arinc653);
	return !*why;
}

void cell_dom0(const struct plan_cell *cell, const struct cell_inputs *inputs,
	       struct recipe *dom0)
{
	dom0->job = record_dom0_job;
	dom0->files[0].name = "/xlat-read";
	dom0->files[0].host_path = inputs->guest_reader;
	if (!is(cell, SET_SCHEDULER, "arinc653"))
		return;
	dom0->files[1].name = "/arinc653";
	dom0->files[1].host_path = inputs->arinc653;
}

static void boot_linux(const struct plan_cell *cell, int boot,
		       const struct cell_inputs *inputs, const char *out,
		       struct cell_outcome *outcome)
{
	char job[65536], emulator[256], module[PATH_SIZE];
	struct scenario scenario;
	struct scenario_options o = {
		.out = out, .icount = true,
		.limit_s = settings_number(&cell->settings, SET_LIMIT),
		.stall_s = settings_number(&cell->settings, SET_STALL),
		.tries = inputs->tries, .tell = inputs->tell,
		.bare_metal = inputs->bare_metal,
		.recipe = {
			.init = inputs->init, .job = job,
			.files = { { "/xlat.ko", module },
				   { "/xlat-read", inputs->guest_reader } },
		},
	};

	cell_module(cell, inputs, module);
	snprintf(emulator, sizeof(emulator), "QEMU %s",
		 inputs->parts.qemu_version);
	cell_dom0(cell, inputs, &o.dom0);
	outcome->error = cell_parts(cell, inputs, &o.parts);
	if (!outcome->error)
		outcome->error = scenario_make(&scenario, cell->name,
					       &cell->settings);
	if (!outcome->error)
		outcome->error = record_job(job, sizeof(job), &scenario, boot,
					    emulator);
	if (!outcome->error)
		outcome->error = scenario_run(&scenario, &o, &outcome->vm,
					      outcome->culprit);
}

/* Of ended children: the emulator, and what unpacked its files. */
static double cpu_seconds(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void launch(const struct plan_cell *cell, int boot,
		   const struct cell_inputs *inputs, const char *out,
		   struct cell_outcome *outcome)
{
	if (is(cell, SET_GUEST, "linux"))
		boot_linux(cell, boot, inputs, out, outcome);
	else
		bare_metal_boot(cell, boot, inputs, out, outcome);
}

int cell_tell(const struct plan_cell *cell, int boot,
	      const struct cell_inputs *inputs, struct hash *hash,
	      char culprit[4096])
{
	struct cell_inputs telling = *inputs;
	struct plan_cell nameless = *cell;
	struct cell_outcome outcome;

	telling.tell = hash;
	snprintf(nameless.name, sizeof(nameless.name), "cell");
	memset(&outcome, 0, sizeof(outcome));
	snprintf(outcome.culprit, sizeof(outcome.culprit), "parts of %s",
		 cell->name);
	launch(&nameless, boot, &telling, "", &outcome);
	snprintf(culprit, 4096, "%s", outcome.culprit);
	return outcome.error;
}

void cell_boot(const struct plan_cell *cell, int boot,
	       const struct cell_inputs *inputs, const char *out,
	       struct cell_outcome *outcome)
{
	memset(outcome, 0, sizeof(*outcome));
	snprintf(outcome->culprit, sizeof(outcome->culprit), "%s", out);
	if (mkdir(out, 0755) && errno != EEXIST)
		outcome->error = -errno;
	else
		launch(cell, boot, inputs, out, outcome);
	outcome->cpu_seconds = cpu_seconds();
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
