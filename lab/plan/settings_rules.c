// SPDX-License-Identifier: GPL-2.0
/* Rules for combinations of settings: which apply, and which contradict. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "schedule.h"
#include "settings.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

typedef const struct settings *view;

static bool is_set(view s, enum setting which, const char *word)
{
	return settings_is(s, which, word);
}

static bool on_xen(view s)
{
	return is_set(s, SET_MACHINE, "xen");
}

static bool is_linux(view s)
{
	return is_set(s, SET_GUEST, "linux");
}

static bool in_domu(view s)
{
	return on_xen(s) && is_set(s, SET_DOMAIN, "domu");
}

/* A machine that starts domains also runs xl. */
static bool has_xl(view s)
{
	return on_xen(s) && !is_set(s, SET_DOMAIN, "dom0less");
}

/* Is Linux the guest, or the dom0 of the guest? */
static bool has_linux(view s)
{
	return is_linux(s) || has_xl(s);
}

static bool has_busy_domain(view s)
{
	return is_set(s, SET_COMPETITOR, "domain");
}

/*
 * The condition under which a setting applies. If it does not apply, it gets
 * the value "without". is_meant() decides whether this is an error.
 */
static const struct {
	enum setting setting;
	bool (*applies)(view s);
	const char *without;
	enum setting reason;
} applicability[] = {
	{ SET_HYPERVISOR, on_xen, "none", SET_MACHINE },
	{ SET_XEN_OPTIONS, on_xen, "-", SET_MACHINE },
	{ SET_SCHEDULER, on_xen, "-", SET_MACHINE },
	{ SET_SCHEDULER_PARAMETERS, on_xen, "-", SET_MACHINE },
	{ SET_PINNING, on_xen, "-", SET_MACHINE },
	{ SET_VWFI, on_xen, "-", SET_MACHINE },
	{ SET_DEBUG, on_xen, "-", SET_MACHINE },
	{ SET_TIMER_SLOP, on_xen, "-", SET_MACHINE },
	{ SET_CNTP, on_xen, "-", SET_MACHINE },
	{ SET_DOMAIN, on_xen, "-", SET_MACHINE },
	{ SET_PINNING, has_xl, "-", SET_DOMAIN },
	{ SET_VCPUS, is_linux, "1", SET_GUEST },
	{ SET_VCPUS, on_xen, "-", SET_MACHINE },
	{ SET_VCPUS, in_domu, "-", SET_DOMAIN },
	{ SET_COMPETITOR_CPU, has_busy_domain, "-", SET_COMPETITOR },
	{ SET_KERNEL, has_linux, "debian-6.1", SET_GUEST },
	{ SET_KERNEL_OPTIONS, is_linux, "", SET_GUEST },
};

static bool debian_xen(view s)
{
	return !strncmp(settings_text(s, SET_HYPERVISOR), "debian-", 7);
}

static bool xen_without_name(view s)
{
	return on_xen(s) && is_set(s, SET_HYPERVISOR, "none");
}

static bool debian_forwards(view s)
{
	return is_set(s, SET_CNTP, "native") && debian_xen(s);
}

static bool debian_schedules(view s)
{
	return on_xen(s) && debian_xen(s) &&
	       strncmp(settings_text(s, SET_SCHEDULER), "credit", 6);
}

static bool debian_debugs(view s)
{
	return is_set(s, SET_DEBUG, "yes") && debian_xen(s);
}

static bool null_shares(view s)
{
	return has_busy_domain(s) && is_set(s, SET_SCHEDULER, "null");
}

static bool floats_alone(view s)
{
	return has_busy_domain(s) && is_set(s, SET_PINNING, "no") &&
	       is_set(s, SET_COMPETITOR_CPU, "other");
}

static bool null_has_parameters(view s)
{
	return is_set(s, SET_SCHEDULER, "null") &&
	       *settings_text(s, SET_SCHEDULER_PARAMETERS);
}

static bool has_slots(view s)
{
	return is_set(s, SET_SCHEDULER, "arinc653");
}

static bool slots_without_domu(view s)
{
	return has_slots(s) && is_set(s, SET_DOMAIN, "dom0");
}

static bool slots_elsewhere(view s)
{
	return has_slots(s) && is_set(s, SET_COMPETITOR_CPU, "other");
}

static bool slots_of_two(view s)
{
	return has_slots(s) && in_domu(s) &&
	       settings_number(s, SET_VCPUS) != 1;
}

static bool busy_domain_natively(view s)
{
	return has_busy_domain(s) && !on_xen(s);
}

static bool busy_domain_without_domu(view s)
{
	return has_busy_domain(s) && on_xen(s) && !in_domu(s);
}

static bool spinner_in_bare_metal(view s)
{
	return is_set(s, SET_COMPETITOR, "spinner") && !is_linux(s);
}

static bool bare_metal_hrtimer(view s)
{
	return !is_linux(s) && settings_has(s, SET_SOURCE, "hrtimer");
}

static bool bare_metal_dom0(view s)
{
	return !is_linux(s) && is_set(s, SET_DOMAIN, "dom0");
}

static bool bare_metal_vhe(view s)
{
	return !is_linux(s) && is_set(s, SET_MACHINE, "native-vhe");
}

static bool wrong_idle(view s)
{
	bool of_linux = is_set(s, SET_IDLE, "shallow") ||
			is_set(s, SET_IDLE, "keep");

	return of_linux != is_linux(s);
}

/* The table in docs/measuring.md says which timers Linux itself uses. */
static bool virt_is_linux_tick(view s)
{
	return is_linux(s) && settings_has(s, SET_SOURCE, "virt") &&
	       (on_xen(s) || is_set(s, SET_MACHINE, "native"));
}

static bool phys_is_linux_tick(view s)
{
	return is_linux(s) && settings_has(s, SET_SOURCE, "phys") &&
	       is_set(s, SET_MACHINE, "native-el2");
}

static bool acpi_raw(view s)
{
	return is_set(s, SET_MACHINE, "native-acpi") &&
	       !is_set(s, SET_SOURCE, "hrtimer");
}

static bool dom0less_linux(view s)
{
	return is_linux(s) && is_set(s, SET_DOMAIN, "dom0less");
}

static bool dom0less_parameters(view s)
{
	return is_set(s, SET_DOMAIN, "dom0less") &&
	       *settings_text(s, SET_SCHEDULER_PARAMETERS);
}

static bool dom0_parameters(view s)
{
	return is_set(s, SET_DOMAIN, "dom0") &&
	       *settings_text(s, SET_SCHEDULER_PARAMETERS);
}

static bool dom0less_arinc653(view s)
{
	return is_set(s, SET_DOMAIN, "dom0less") &&
	       is_set(s, SET_SCHEDULER, "arinc653");
}

static int64_t time_of(view s, enum setting which)
{
	return settings_time_ns(settings_text(s, which));
}

static bool dither_too_long(view s)
{
	return time_of(s, SET_DITHER) > time_of(s, SET_PERIOD) / 2;
}

static bool period_too_short(view s)
{
	return is_linux(s) && time_of(s, SET_PERIOD) < 10000;
}

static bool no_period(view s)
{
	return time_of(s, SET_PERIOD) < 1000 ||
	       time_of(s, SET_PERIOD) > 10000000000;
}

static bool staggered_twice(view s)
{
	return is_set(s, SET_PHASE, "staggered") &&
	       settings_number(s, SET_PHASES) > 1;
}

static bool all_cold(view s)
{
	return settings_number(s, SET_WARM_UP) >=
	       settings_number(s, SET_SAMPLES);
}

static bool no_such_cpu(view s)
{
	const char *cpus = settings_text(s, SET_CPUS);
	int last = cpus[strlen(cpus) - 1] - '0';

	if (!on_xen(s))
		return false;
	/* a bare-metal guest has one vCPU, pinned on one of two pCPUs */
	return last >= (is_linux(s) && in_domu(s) ?
			settings_number(s, SET_VCPUS) : 2);
}

static bool too_many_runs(view s)
{
	int sources = settings_has(s, SET_SOURCE, "phys") +
		      settings_has(s, SET_SOURCE, "virt");

	return !is_linux(s) &&
	       sources * settings_number(s, SET_PHASES) > BARE_METAL_RUNS;
}

static const struct {
	bool (*wrong)(view s);
	enum setting a, b;
	const char *why;
} contradictions[] = {
	{ xen_without_name, SET_HYPERVISOR, SET_MACHINE,
	  "machine xen needs a hypervisor" },
	{ debian_forwards, SET_CNTP, SET_HYPERVISOR,
	  "only a patched Xen forwards the physical timer" },
	{ debian_schedules, SET_SCHEDULER, SET_HYPERVISOR,
	  "Debian's Xen has credit and credit2 only" },
	{ debian_debugs, SET_DEBUG, SET_HYPERVISOR,
	  "Debian's Xen is built without DEBUG" },
	{ null_shares, SET_COMPETITOR, SET_SCHEDULER,
	  "null gives each vCPU a pCPU of its own: nothing competes" },
	{ floats_alone, SET_COMPETITOR_CPU, SET_PINNING,
	  "only pinning keeps a busy domain off" },
	{ null_has_parameters, SET_SCHEDULER_PARAMETERS, SET_SCHEDULER,
	  "null has no parameters" },
	{ slots_without_domu, SET_SCHEDULER, SET_DOMAIN,
	  "only a domU has a cpupool of its own, which ARINC653 needs" },
	{ slots_of_two, SET_VCPUS, SET_SCHEDULER,
	  "ARINC653 has one pCPU: vcpus = 1, cpus = \"0\"" },
	{ slots_elsewhere, SET_COMPETITOR_CPU, SET_SCHEDULER,
	  "ARINC653 has one pCPU, and the busy domain a slot on it" },
	{ busy_domain_natively, SET_COMPETITOR, SET_MACHINE,
	  "without Xen there are no domains" },
	{ busy_domain_without_domu, SET_COMPETITOR, SET_DOMAIN,
	  "a busy domain competes with a domU" },
	{ spinner_in_bare_metal, SET_COMPETITOR, SET_GUEST,
	  "a spinner is a process of Linux" },
	{ bare_metal_hrtimer, SET_SOURCE, SET_GUEST,
	  "an hrtimer is Linux's" },
	{ bare_metal_dom0, SET_DOMAIN, SET_GUEST, "dom0 is Linux" },
	{ bare_metal_vhe, SET_MACHINE, SET_GUEST,
	  "the bare-metal guest runs at EL1" },
	{ wrong_idle, SET_IDLE, SET_GUEST,
	  "Linux has shallow and keep, bare metal wfi and busy" },
	{ virt_is_linux_tick, SET_SOURCE, SET_MACHINE,
	  "the virtual timer is Linux's tick there" },
	{ phys_is_linux_tick, SET_SOURCE, SET_MACHINE,
	  "the physical timer is Linux's tick there" },
	{ acpi_raw, SET_SOURCE, SET_MACHINE,
	  "without a device tree there are hrtimers only" },
	{ dom0less_linux, SET_DOMAIN, SET_GUEST,
	  "a dom0less Linux has no way to send recordings" },
	{ dom0less_parameters, SET_SCHEDULER_PARAMETERS, SET_DOMAIN,
	  "xl sets them, in a dom0" },
	{ dom0_parameters, SET_SCHEDULER_PARAMETERS, SET_DOMAIN,
	  "those of a domU are set, not dom0's" },
	{ dom0less_arinc653, SET_SCHEDULER, SET_DOMAIN,
	  "its schedule is set from a dom0" },
	{ dither_too_long, SET_DITHER, SET_PERIOD,
	  "at most half the period" },
	{ no_period, SET_PERIOD, SET_PERIOD, "a period is 1us to 10s" },
	{ period_too_short, SET_PERIOD, SET_GUEST,
	  "the module's shortest period is 10us" },
	{ staggered_twice, SET_PHASE, SET_PHASES,
	  "staggered is one phase, again and again" },
	{ all_cold, SET_WARM_UP, SET_SAMPLES, "every sample would be cold" },
	{ no_such_cpu, SET_CPUS, SET_VCPUS, "the guest has no such CPU" },
	{ too_many_runs, SET_PHASES, SET_SOURCE,
	  "phases of all sources: bare metal takes 64 in a boot" },
};

/* The message names the line of the setting with the higher rank. */
static int complain(view s, enum setting a, enum setting b, const char *why,
		    char message[512])
{
	enum setting at = s->value[a].rank >= s->value[b].rank ? a : b;
	enum setting other = at == a ? b : a;

	snprintf(message, 512, "%.150s: %s = \"%.60s\" contradicts "
		 "%s = \"%.60s\"%s%.100s%s: %s",
		 s->value[at].where, setting_name(at), s->value[at].text,
		 setting_name(other), s->value[other].text,
		 *s->value[other].where ? " (" : "", s->value[other].where,
		 *s->value[other].where ? ")" : "", why);
	return -EINVAL;
}

/* Was it given for this cell, or together with the reason that excludes it? */
static bool is_meant(view s, enum setting which, enum setting reason)
{
	enum setting_rank rank = s->value[which].rank;

	return rank == RANK_CELL ||
	       (rank != RANK_BUILT_IN && rank == s->value[reason].rank);
}

static int drop(struct settings *s, enum setting which, enum setting reason,
		const char *value, char message[512])
{
	if (!strcmp(s->value[which].text, value))
		return 0;
	if (is_meant(s, which, reason))
		return complain(s, which, reason, "it does not apply", message);
	strcpy(s->value[which].text, value);
	return 0;
}

/* Use the guest's default idle policy, unless one was given with the guest. */
static void choose_idle(struct settings *s)
{
	if (wrong_idle(s) && (s->value[SET_IDLE].rank == RANK_BUILT_IN ||
	    s->value[SET_IDLE].rank < s->value[SET_GUEST].rank))
		strcpy(s->value[SET_IDLE].text,
		       is_linux(s) ? "shallow" : "wfi");
}

/*
 * A pinned measured vCPU has its pCPU exclusively. Otherwise it shares the pCPU
 * with the busy domain, as on a machine without a spare CPU.
 */
static void choose_competitor_cpu(struct settings *s)
{
	if (has_busy_domain(s) &&
	    s->value[SET_COMPETITOR_CPU].rank == RANK_BUILT_IN)
		strcpy(s->value[SET_COMPETITOR_CPU].text,
		       is_set(s, SET_PINNING, "yes") && !has_slots(s) ?
		       "other" : "measured");
}

/* Each vCPU needs a slot to run, and each slot must belong to a vCPU. */
static int check_slots(view s, const struct schedule *schedule,
		       char message[512])
{
	const struct schedule_slot *slot = schedule->slots;
	int n, vcpus = settings_number(s, SET_VCPUS);

	for (n = 0; n < vcpus; n++)
		if (!schedule_has(schedule, "domu", n))
			return complain(s, SET_SCHEDULER_PARAMETERS, SET_VCPUS,
					"a vCPU of domu without a slot never "
					"runs", message);
	if (has_busy_domain(s) && !schedule_has(schedule, "busy", 0))
		return complain(s, SET_COMPETITOR, SET_SCHEDULER_PARAMETERS,
				"a busy domain without a slot never runs",
				message);
	for (n = 0; n < schedule->count; n++, slot++)
		if (strcmp(slot->domain, "busy") ? slot->vcpu >= vcpus ||
		    strcmp(slot->domain, "domu") : slot->vcpu)
			return complain(s, SET_SCHEDULER_PARAMETERS, SET_VCPUS,
					"slots are those of domu's vCPUs and "
					"of busy:0", message);
	return 0;
}

static int check_schedule(view s, char message[512])
{
	struct schedule schedule;
	char why[SCHEDULE_WHY];

	if (!has_slots(s))
		return 0;
	if (!schedule_parse(&schedule,
			    settings_text(s, SET_SCHEDULER_PARAMETERS), why))
		return check_slots(s, &schedule, message);
	return complain(s, SET_SCHEDULER_PARAMETERS, SET_SCHEDULER, why,
			message);
}

/*
 * Options that a setting controls. If one is given twice, Xen uses the last,
 * and the setting of the cell would be wrong.
 */
static const struct {
	const char *option;
	enum setting setting;
} own_options[] = {
	{ "vwfi=", SET_VWFI },
	{ "sched=", SET_SCHEDULER },
	{ "timer_slop=", SET_TIMER_SLOP },
	{ "vcntp=", SET_CNTP },
};

static int check_xen_options(view s, char message[512])
{
	const char *word = settings_text(s, SET_XEN_OPTIONS);
	size_t i;

	for (; *(word += strspn(word, " ")); word += strcspn(word, " "))
		for (i = 0; i < ARRAY_SIZE(own_options); i++)
			if (!strncmp(word, own_options[i].option,
				     strlen(own_options[i].option)))
				return complain(s, SET_XEN_OPTIONS,
						own_options[i].setting,
						"that option is this setting's",
						message);
	return 0;
}

int settings_complete(struct settings *s, char message[512])
{
	size_t i;
	int error;

	choose_idle(s);
	choose_competitor_cpu(s);
	for (i = 0; i < ARRAY_SIZE(applicability); i++) {
		if (applicability[i].applies(s))
			continue;
		error = drop(s, applicability[i].setting,
			     applicability[i].reason,
			     applicability[i].without, message);
		if (error)
			return error;
	}
	for (i = 0; i < ARRAY_SIZE(contradictions); i++)
		if (contradictions[i].wrong(s))
			return complain(s, contradictions[i].a,
					contradictions[i].b,
					contradictions[i].why, message);
	error = check_xen_options(s, message);
	return error ? error : check_schedule(s, message);
}
