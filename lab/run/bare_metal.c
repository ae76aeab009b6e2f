// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bare_metal.h"
#include "cpupool.h"
#include "dom0_job.h"
#include "launch.h"
#include "record_job.h"
#include "text.h"

enum { RUNS = BARE_METAL_RUNS, OPTIONS_SIZE = 512 };

struct run {
	char name[RECORD_NAME];
	char options[OPTIONS_SIZE];
};

/* Phases are spread over the period and differ between boots. */
static int64_t phase_ns(const struct settings *s, int boot, int phase)
{
	int64_t period = settings_time_ns(settings_text(s, SET_PERIOD));
	int64_t n = (boot - 1) * settings_number(s, SET_PHASES) + phase;

	return settings_is(s, SET_PHASE, "random") ?
	       n * 618034 % 1000000 * (period / 1000000) +
	       n * 618034 % 1000000 * (period % 1000000) / 1000000 : 0;
}

static int describe(struct run *run, const struct plan_cell *cell, int boot,
		    const char *source, int phase)
{
	const struct settings *s = &cell->settings;
	struct text t = { run->options, sizeof(run->options), 0 };

	record_name(run->name, source, phase);
	text_add(&t, "xlat.timer=%s xlat.idle=%s xlat.period=%s "
		 "xlat.count=%s xlat.phase=%" PRId64 "ns xlat.dither=%s "
		 "xlat.seed=%d xlat.warm_up=%s xlat.delay=%s xlat.name=%s "
		 "xlat.scenario=%.60s xlat.icount_shift=%s",
		 source, settings_text(s, SET_IDLE),
		 settings_text(s, SET_PERIOD), settings_text(s, SET_SAMPLES),
		 phase_ns(s, boot, phase), settings_text(s, SET_DITHER),
		 boot * 1000 + phase, settings_text(s, SET_WARM_UP),
		 settings_text(s, SET_SETTLE), run->name, cell->name,
		 settings_text(s, SET_ICOUNT_SHIFT));
	return text_end(&t);
}

/* Returns the number of runs, or -errno. */
static int describe_all(struct run runs[RUNS], const struct plan_cell *cell,
			int boot)
{
	int n, phase, count = 0, error = 0;
	int phases = settings_number(&cell->settings, SET_PHASES);
	char source[RECORD_NAME];

	for (n = 0; !record_source(&cell->settings, n, source); n++)
		for (phase = 1; !error && phase <= phases; phase++) {
			if (count == RUNS)
				return -E2BIG;
			error = describe(&runs[count++], cell, boot, source,
					 phase);
		}
	return error ? error : count;
}

static struct scenario_options options_of(const struct plan_cell *cell,
					  const struct cell_inputs *inputs,
					  const char *out)
{
	return (struct scenario_options){
		.out = out, .icount = true,
		.limit_s = settings_number(&cell->settings, SET_LIMIT),
		.stall_s = settings_number(&cell->settings, SET_STALL),
		.tries = inputs->tries, .hash = inputs->hash,
		.recipe = { .init = inputs->init },
		.bare_metal = inputs->bare_metal, .host = true,
	};
}

static void start(const struct plan_cell *cell,
		  const struct cell_inputs *inputs,
		  struct scenario_options *o, struct cell_outcome *outcome)
{
	struct scenario scenario;

	cell_dom0(cell, inputs, &o->dom0);
	outcome->error = cell_parts(cell, inputs, &o->parts);
	if (!outcome->error)
		outcome->error = scenario_make(&scenario, cell->name,
					       &cell->settings);
	if (!outcome->error)
		outcome->error = launch_scenario(&scenario, o, &outcome->vm,
					      outcome->culprit);
	parts_free(&o->parts);
}

static void start_alone(const struct run *run, const struct plan_cell *cell,
			const struct cell_inputs *inputs, const char *out,
			struct cell_outcome *outcome)
{
	char directory[4096];
	const struct recipe_domain alone[] = {
		{ run->name, 1, 64, "bare.kernel", inputs->bare_metal, NULL,
		  run->options, NULL, NULL },
		{ .name = NULL },
	};
	struct scenario_options o;

	snprintf(directory, sizeof(directory), "%s/%s", out, run->name);
	o = options_of(cell, inputs, directory);
	o.bare = alone;
	if (!inputs->hash && mkdir(directory, 0755) && errno != EEXIST)
		outcome->error = -errno;
	else
		start(cell, inputs, &o, outcome);
}

/* Start one machine after the other, each with only the guest. */
static void boot_alone(const struct run runs[], int count,
			  const struct plan_cell *cell,
			  const struct cell_inputs *inputs, const char *out,
			  struct cell_outcome *outcome)
{
	double seconds = 0;
	int n, tries = 1;

	for (n = 0; n < count; n++) {
		start_alone(&runs[n], cell, inputs, out, outcome);
		seconds += outcome->vm.seconds;
		if (outcome->vm.tries > tries)
			tries = outcome->vm.tries;
		if (outcome->error || outcome->vm.end != VM_DONE ||
		    outcome->vm.verdict)
			break;
	}
	outcome->vm.seconds = seconds;
	outcome->vm.tries = tries;
}

/* A domain has the name of its recording; its console log gets this name. */
static void boot_domains(const struct run runs[], int count,
			 const struct plan_cell *cell,
			 const struct cell_inputs *inputs, const char *out,
			 struct cell_outcome *outcome)
{
	static struct recipe_domain domains[RUNS + 1];
	struct scenario_options o = options_of(cell, inputs, out);
	struct scenario scenario;
	char cpu[4];
	int n;

	outcome->error = scenario_make(&scenario, cell->name,
				       &cell->settings);
	if (outcome->error)
		return;
	snprintf(cpu, sizeof(cpu), "%d", dom0_job_measured_cpu(&scenario));
	for (n = 0; n < count; n++)
		domains[n] = (struct recipe_domain){
			runs[n].name, 1, 64, "bare.kernel", inputs->bare_metal,
			NULL, runs[n].options,
			dom0_job_is_pinned(&scenario) ? cpu : NULL,
			cpupool_config(&scenario.settings, false),
		};
	domains[n].name = NULL;
	o.bare = domains;
	start(cell, inputs, &o, outcome);
}

void bare_metal_boot(const struct plan_cell *cell, int boot,
		     const struct cell_inputs *inputs, const char *out,
		     struct cell_outcome *outcome)
{
	static struct run runs[RUNS];
	int count = describe_all(runs, cell, boot);

	if (count < 0)
		outcome->error = count;
	else if (settings_is(&cell->settings, SET_DOMAIN, "domu"))
		boot_domains(runs, count, cell, inputs, out, outcome);
	else
		boot_alone(runs, count, cell, inputs, out, outcome);
}
