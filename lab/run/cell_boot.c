// SPDX-License-Identifier: GPL-2.0
/* One boot of a cell. The demo and a matrix use the same launcher. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "bare_metal.h"
#include "cell_boot.h"
#include "launch.h"
#include "record_job.h"

enum { PATH_SIZE = 4096 };

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
		.tries = inputs->tries, .hash = inputs->hash,
		.bare_metal = inputs->bare_metal, .host = true,
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
		outcome->error = launch_scenario(&scenario, &o, &outcome->vm,
					      outcome->culprit);
	parts_free(&o.parts);
}

/* Time of ended children: the emulator, and processes that unpacked files. */
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
	if (settings_is(&cell->settings, SET_GUEST, "linux"))
		boot_linux(cell, boot, inputs, out, outcome);
	else
		bare_metal_boot(cell, boot, inputs, out, outcome);
}

int cell_hash(const struct plan_cell *cell, int boot,
	      const struct cell_inputs *inputs, struct hash *hash,
	      char culprit[4096])
{
	struct cell_inputs hashed = *inputs;
	struct plan_cell nameless = *cell;
	struct cell_outcome outcome;

	hashed.hash = hash;
	snprintf(nameless.name, sizeof(nameless.name), "cell");
	memset(&outcome, 0, sizeof(outcome));
	snprintf(outcome.culprit, sizeof(outcome.culprit), "parts of %s",
		 cell->name);
	launch(&nameless, boot, &hashed, "", &outcome);
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
