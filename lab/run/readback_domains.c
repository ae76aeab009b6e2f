// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cpupool.h"
#include "dom0_job.h"
#include "readback_domains.h"
#include "record_job.h"
#include "recorded.h"

enum { LINE_SIZE = 4096, WORDS = 16 };

/* The column in which xl prints the value of an option. */
static const struct {
	const char *scheduler, *option, *column;
} columns[] = {
	{ "credit", "-w", "Weight" },
	{ "credit", "-c", "Cap" },
	{ "credit2", "-w", "Weight" },
	{ "credit2", "-c", "Cap" },
	{ "rtds", "-p", "Period" },
	{ "rtds", "-b", "Budget" },
	{ "rtds", "-e", "Extratime" },	/* xl prints no for 0 and yes for 1 */
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

static bool is_value(const char *said, const char *asked)
{
	return !strcmp(said, asked) ||
	       (!strcmp(said, "no") && !strcmp(asked, "0")) ||
	       (!strcmp(said, "yes") && !strcmp(asked, "1"));
}

/* vcpu is NULL for all vCPUs. */
static bool is_vcpu(char *const words[], int count, int at, const char *vcpu)
{
	return !vcpu || (at >= 0 && at < count && !strcmp(words[at], vcpu));
}

static int find(char *const words[], int count, const char *word)
{
	int n;

	for (n = 0; n < count; n++)
		if (!strcmp(words[n], word))
			return n;
	return -1;
}

/*
 * Check the lines of the domain below the last header. There is one line for
 * each vCPU. If vcpu is not NULL, only its line is checked.
 */
static void check_column(const struct look *look, const char *domain,
			 const char *vcpu, const char *column,
			 const char *asked)
{
	char path[LINE_SIZE], line[LINE_SIZE], *words[WORDS];
	int count, at = -1, vcpu_at = -1, lines = 0;
	bool same = true;
	FILE *f;

	snprintf(path, sizeof(path), "%s/xl-sched.txt", look->out);
	f = fopen(path, "re");
	while (f && same && fgets(line, sizeof(line), f)) {
		count = split(line, words);
		if (count && !strcmp(words[0], "Name")) {
			at = find(words, count, column);
			vcpu_at = find(words, count, "VCPU");
		} else if (count && at >= 0 && !strcmp(words[0], domain) &&
			   is_vcpu(words, count, vcpu_at, vcpu)) {
			same = at < count && is_value(words[at], asked);
			lines++;
		}
	}
	if (f)
		fclose(f);
	if (!same || !lines)
		snprintf(look->differs, READBACK_DIFFERS,
			 "xl sched does not say that %s of %.60s is %.30s",
			 column, domain, asked);
}

static void check_scheduler(const struct look *look, const char *domain)
{
	const struct settings *s = &look->scenario->settings;
	const char *scheduler = settings_text(s, SET_SCHEDULER);
	char text[LINE_SIZE], *words[WORDS];
	const char *vcpu = NULL;
	int n, count;
	size_t i;

	snprintf(text, sizeof(text), "%s",
		 settings_text(s, SET_SCHEDULER_PARAMETERS));
	count = cpupool_is_wanted(&look->scenario->settings) ? 0 : split(text, words);
	for (n = 0; n + 1 < count; n++) {
		if (!strcmp(words[n], "-v"))
			vcpu = strcmp(words[n + 1], "all") ? words[n + 1] :
							     NULL;
		for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
			if (!*look->differs && !strcmp(words[n],
						       columns[i].option) &&
			    !strcmp(scheduler, columns[i].scheduler))
				check_column(look, domain, vcpu,
					     columns[i].column, words[n + 1]);
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
		check_scheduler(look, domain);
}

void readback_domains(char differs[READBACK_DIFFERS],
		      const struct plan_cell *cell, const char *out)
{
	const struct settings *s = &cell->settings;
	bool bare = settings_is(s, SET_GUEST, "bare-metal");
	int n, phase, phases = bare ? settings_number(s, SET_PHASES) : 1;
	char source[RECORD_NAME], name[RECORD_NAME];
	struct scenario scenario;
	struct look look = { &scenario, out, NULL, differs };
	json_t *document;

	*differs = '\0';
	if (scenario_make(&scenario, cell->name, s))
		return;
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
