// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cpupool.h"
#include "dom0_job.h"
#include "text.h"

/* dom0's vCPUs are on pCPUs 0 and 1, a measured domain's on 2 and above. */
enum { FIRST_CPU = 2, OTHER_CPU = 1 };

/* The pinning is read back later, so that it is not just assumed. */
#define PIN_DOM0 \
	"must xl vcpu-pin Domain-0 0 0\n" \
	"must xl vcpu-pin Domain-0 1 1\n"
static const char pin_dom0[] = PIN_DOM0;
static const char create_busy[] =
	"sleep 3\n"
	"must out xl-create.txt xl create /busy.cfg\n";

/*
 * With the null scheduler and vwfi=native, a pCPU runs no softirq of Xen while
 * its vCPU waits in WFI. So no RCU grace period ends. But only after a grace
 * period does the vCPU of a destroyed domain leave its pCPU, so the next domain
 * would never run there (docs/measured.md). Setting an affinity again makes Xen
 * schedule on that pCPU. This is done three times: for a grace period that was
 * already in progress, for the grace period of the domain, and for its
 * callback. The job first sleeps, until xl has destroyed the domain in the
 * background.
 */
#define THREE_TIMES(text) text text text
static const char end_grace[] =
	"sleep 1\n" THREE_TIMES(PIN_DOM0);
static const char end_grace_unpinned[] =
	"sleep 1\n" THREE_TIMES("must xl vcpu-pin Domain-0 all all\n");

static bool is_set(const struct scenario *s, enum setting which,
		   const char *word)
{
	return settings_is(&s->settings, which, word);
}

static bool has_busy_domain(const struct scenario *s)
{
	return is_set(s, SET_COMPETITOR, "domain");
}

bool dom0_job_is_pinned(const struct scenario *s)
{
	return is_set(s, SET_PINNING, "yes") || has_busy_domain(s);
}

/* A cpupool has one pCPU. */
int dom0_job_cpu(const struct scenario *s, int vcpu)
{
	return cpupool_is_wanted(&s->settings) ? FIRST_CPU : FIRST_CPU + vcpu;
}

int dom0_job_measured_cpu(const struct scenario *s)
{
	const char *cpus = settings_text(&s->settings, SET_CPUS);

	return dom0_job_cpu(s, cpus[strlen(cpus) - 1] - '0');
}

int dom0_job_busy_cpu(const struct scenario *s)
{
	return is_set(s, SET_COMPETITOR_CPU, "measured") ?
	       dom0_job_measured_cpu(s) : OTHER_CPU;
}

static void add_pins(struct text *t, const struct scenario *s)
{
	int n, vcpus = settings_number(&s->settings, SET_VCPUS);

	if (!dom0_job_is_pinned(s))
		return;
	text_add(t, "%s", pin_dom0);
	for (n = 0; n < vcpus; n++)
		text_add(t, "must xl vcpu-pin domu %d %d\n", n,
			 dom0_job_cpu(s, n));
}

void dom0_job_host_file(char name[DOM0_JOB_NAME], const char *domain)
{
	snprintf(name, DOM0_JOB_NAME, "host-%.64s.json", domain);
}

/*
 * The environment that the recordings of a domain hold. It is recorded last, so
 * that it describes the machine as it is measured.
 */
static void add_host(struct text *t, const struct dom0_wishes *wishes,
		     const char *domain)
{
	char file[DOM0_JOB_NAME];

	dom0_job_host_file(file, domain);
	if (wishes->host)
		text_add(t, "out %s /xlat-read env\n", file);
}

static void add_parameters(struct text *t, const struct scenario *s,
			   const char *domain)
{
	const char *parameters = settings_text(&s->settings,
					       SET_SCHEDULER_PARAMETERS);
	const char *scheduler = settings_text(&s->settings, SET_SCHEDULER);

	if (!*parameters || cpupool_is_wanted(&s->settings))
		return;
	text_add(t, "must xl sched-%s -d %s %s\n", scheduler, domain,
		 parameters);
}

static void of_linux(struct text *t, const struct scenario *s,
		     const struct dom0_wishes *wishes)
{
	cpupool_make(t, &s->settings, FIRST_CPU);
	text_add(t, "must out xl-create.txt xl create /domu.cfg\n");
	add_pins(t, s);
	add_parameters(t, s, "domu");
	text_add(t, "out xl-dmesg.txt xl dmesg\n%s\n%s", wishes->job,
		 has_busy_domain(s) ? create_busy : "");
	add_host(t, wishes, "domu");
	text_add(t, "release-domu\n");
	if (has_busy_domain(s))	/* it would slow the console */
		text_add(t, "await-recorded 86400\nxl destroy busy\n"
			 "release-domu 1 2\n");
	text_add(t, "await-domu 600\n"
		 "out xl-vcpu-list-after.txt xl vcpu-list\n");
}

static const char *free_pcpu(const struct scenario *s)
{
	if (!is_set(s, SET_SCHEDULER, "null") || !is_set(s, SET_VWFI, "native"))
		return "";
	return dom0_job_is_pinned(s) ? end_grace : end_grace_unpinned;
}

/*
 * A bare-metal guest starts to measure at once and does not communicate with
 * dom0. So it is created paused, and unpaused when dom0 has nothing left to do.
 * It has ended when its domain is gone.
 */
static void of_bare_metal(struct text *t, const struct scenario *s,
			  const struct recipe_domain *bare,
			  const struct dom0_wishes *wishes)
{
	const char *gone = "", *job = wishes->job;
	int id = 1;

	text_add(t, "%sout xl-dmesg.txt xl dmesg\n",
		 dom0_job_is_pinned(s) ? pin_dom0 : "");
	cpupool_make(t, &s->settings, FIRST_CPU);
	if (has_busy_domain(s)) {
		text_add(t, "%s", create_busy);
		id++;
	}
	for (; bare->name; bare++, id++) {
		text_add(t, "must out xl-create.txt xl create -p /%s.cfg\n",
			 bare->name);
		add_parameters(t, s, bare->name);
		text_add(t, "%s\n", job);
		add_host(t, wishes, bare->name);
		text_add(t, "%smust xl unpause %s\nawait-gone 86400 %d\n",
			 gone, bare->name, id);
		job = "";
		gone = free_pcpu(s);
	}
}

int dom0_job(char *bytes, size_t size, const struct scenario *s,
	     const struct recipe_domain *bare,
	     const struct dom0_wishes *wishes)
{
	struct text t = { bytes, size, 0 };

	if (bare)
		of_bare_metal(&t, s, bare, wishes);
	else
		of_linux(&t, s, wishes);
	return text_end(&t);
}

int dom0_job_alone(char *bytes, size_t size, const struct scenario *s)
{
	struct text t = { bytes, size, 0 };

	text_add(&t, "%sout xl-dmesg.txt xl dmesg\n",
		 is_set(s, SET_PINNING, "yes") ? pin_dom0 : "");
	return text_end(&t);
}
