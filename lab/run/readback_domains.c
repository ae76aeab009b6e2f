// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpupool.h"
#include "dom0_job.h"
#include "readback_domains.h"
#include "record_job.h"
#include "recorded.h"

enum { LINE_SIZE = 4096, WORDS = 16 };

/* The options of "xl sched-*", and their names in the host's document. */
static const struct {
	const char *scheduler, *option, *key;
} parameters[] = {
	{ "credit", "-w", "weight" },
	{ "credit", "-c", "cap" },
	{ "credit2", "-w", "weight" },
	{ "credit2", "-c", "cap" },
	{ "rtds", "-p", "period_us" },
	{ "rtds", "-b", "budget_us" },
	{ "rtds", "-e", "extratime" },
};

struct look {
	const struct scenario *scenario;
	const char *out;
	json_t *xen;		/* when this domain was measured */
	char *differs;
};

static int split(char line[LINE_SIZE], char *words[WORDS])
{
	char *rest = line, *word;
	int n = 0;

	while (n < WORDS && (word = strtok_r(rest, " \n", &rest)))
		words[n++] = word;
	return n;
}

static void check_pin(const struct look *look, const char *domain, int vcpu,
		      int cpu)
{
	char want[16];

	snprintf(want, sizeof(want), "%d", cpu);
	if (!*look->differs &&
	    strcmp(recorded_affinity(look->xen, domain, vcpu), want))
		snprintf(look->differs, READBACK_DIFFERS,
			 "xl vcpu-list does not say %.60s/%d:%d", domain, vcpu,
			 cpu);
}

static void check_pins_of_dom0(const struct look *look)
{
	if (!dom0_job_is_pinned(look->scenario))
		return;
	check_pin(look, "Domain-0", 0, 0);
	check_pin(look, "Domain-0", 1, 1);
}

static void check_pins(const struct look *look, const char *domain)
{
	const struct scenario *s = look->scenario;
	int n, vcpus = settings_number(&s->settings, SET_VCPUS);

	if (!dom0_job_is_pinned(s))
		return;
	if (settings_is(&s->settings, SET_GUEST, "bare-metal"))
		check_pin(look, domain, 0, dom0_job_measured_cpu(s));
	else
		for (n = 0; n < vcpus; n++)
			check_pin(look, domain, n, dom0_job_cpu(s, n));
}

/* vcpu is -1 for all vCPUs. */
static void check_parameter(const struct look *look, const char *domain,
			    int vcpu, const char *option, const char *wanted)
{
	const char *scheduler = settings_text(&look->scenario->settings,
					      SET_SCHEDULER);
	size_t i;

	for (i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++)
		if (!*look->differs &&
		    !strcmp(parameters[i].scheduler, scheduler) &&
		    !strcmp(parameters[i].option, option) &&
		    !recorded_parameter_is(look->xen, domain, vcpu,
					   parameters[i].key, wanted))
			snprintf(look->differs, READBACK_DIFFERS,
				 "xl sched-%s does not say that %s of %.60s is %.30s",
				 scheduler, parameters[i].key, domain, wanted);
}

static void check_parameters(const struct look *look, const char *domain)
{
	const struct settings *s = &look->scenario->settings;
	char text[LINE_SIZE], *words[WORDS];
	int n, count, vcpu = -1;

	if (cpupool_is_wanted(s))
		return;
	snprintf(text, sizeof(text), "%s",
		 settings_text(s, SET_SCHEDULER_PARAMETERS));
	count = split(text, words);
	for (n = 0; n + 1 < count; n++) {
		if (!strcmp(words[n], "-v"))
			vcpu = strcmp(words[n + 1], "all") ?
				       atoi(words[n + 1]) : -1;
		check_parameter(look, domain, vcpu, words[n], words[n + 1]);
	}
}

/* Check dom0 and the domain of one recording. */
static void check(const struct look *look, const char *domain)
{
	check_pins_of_dom0(look);
	if (!domain)
		return;
	check_pins(look, domain);
	if (!*look->differs)
		check_parameters(look, domain);
}

/*
 * Each recording of dom0, and each bare-metal domain, has a description of Xen
 * of its own. All recordings of a Linux domU hold the same one: the lab attaches
 * what dom0 recorded once, before the domain measured.
 */
static int phases_to_check(const struct scenario *scenario)
{
	const struct settings *s = &scenario->settings;

	return scenario->domu && settings_is(s, SET_GUEST, "linux") ? 1 :
	       settings_number(s, SET_PHASES);
}

void readback_domains(char differs[READBACK_DIFFERS],
		      const struct plan_cell *cell, const char *out)
{
	const struct settings *s = &cell->settings;
	bool bare = settings_is(s, SET_GUEST, "bare-metal");
	int n, phase, phases;
	char source[RECORD_NAME], name[RECORD_NAME];
	struct scenario scenario;
	struct look look = { &scenario, out, NULL, differs };
	json_t *document;

	*differs = '\0';
	if (scenario_make(&scenario, cell->name, s))
		return;
	phases = phases_to_check(&scenario);
	for (n = 0; !*differs && !record_source(s, n, source); n++)
		for (phase = 1; !*differs && phase <= phases; phase++) {
			record_name(name, source, phase);
			document = recorded_environment(out, name);
			look.xen = recorded_xen(document);
			check(&look, !scenario.domu ? NULL :
				     bare ? name : "domu");
			json_decref(document);
		}
}
