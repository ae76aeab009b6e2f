// SPDX-License-Identifier: GPL-2.0
/* Make a machine and its command lines from settings. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cpupool.h"
#include "scenario.h"
#include "text.h"
#include "lab/machine/xen_ring.h"

#define WITH_DOM0 "console=dtuart dom0_mem=512M dom0_max_vcpus=2 bootscrub=0"
/* A domain's console lines are messages of Xen, so Xen must not drop any. */
#define WITHOUT_DOM0 "console=dtuart bootscrub=0 guest_loglvl=all/none " \
	XEN_RING_OPTIONS

const struct scenario_name scenario_names[] = {
	{ "native", "Linux entered at EL1, no hypervisor",
	  "machine=native" },
	{ "native-el2", "Linux entered at EL2, no hypervisor",
	  "machine=native-el2 source=hrtimer" },
	{ "native-vhe", "Linux at EL2 with VHE, no KVM, GICv3",
	  "machine=native-vhe" },
	{ "native-acpi", "Linux at EL1 on UEFI and ACPI, no device tree",
	  "machine=native-acpi source=hrtimer" },
	{ "xen-dom0", "Xen's dom0, 2 vCPUs",
	  "machine=xen domain=dom0 pinning=yes" },
	{ "xen-domu", "a domU, 2 pinned vCPUs, vwfi=trap",
	  "machine=xen domain=domu pinning=yes" },
	{ "xen-domu-vwfi", "a domU, 2 pinned vCPUs, vwfi=native",
	  "machine=xen domain=domu pinning=yes vwfi=native" },
	{ "xen-dom0less", "the bare-metal guest, started by Xen, no dom0",
	  "machine=xen domain=dom0less guest=bare-metal" },
	{ NULL, NULL, NULL },
};

static const struct {
	const char *word, *domain;
	enum vm_machine machine;
	unsigned int memory_mb;
	const char *xen_append;		/* precedes the options of settings */
} machines[] = {
	{ "native", "-", VM_NATIVE_EL1, 512, NULL },
	{ "native-el2", "-", VM_NATIVE_EL2, 512, NULL },
	{ "native-vhe", "-", VM_NATIVE_VHE, 512, NULL },
	{ "native-acpi", "-", VM_NATIVE_ACPI, 512, NULL },
	{ "xen", "dom0", VM_XEN, 2048, WITH_DOM0 },
	{ "xen", "domu", VM_XEN, 2048, WITH_DOM0 },
	{ "xen", "dom0less", VM_DOM0LESS, 1024, WITHOUT_DOM0 },
};

static bool is_set(const struct scenario *s, enum setting which,
		   const char *word)
{
	return settings_is(&s->settings, which, word);
}

static void add_given(struct text *t, const struct scenario *s,
		      enum setting which)
{
	const char *text = settings_text(&s->settings, which);

	if (*text && strcmp(text, "-"))
		text_add(t, " %s", text);
}

/* Leave out options that equal Xen's default: the command line stays short. */
static int make_xen_append(struct scenario *s, const char *first)
{
	struct text t = { s->xen_append, sizeof(s->xen_append), 0 };

	text_add(&t, "%s vwfi=%s", first,
		 settings_text(&s->settings, SET_VWFI));
	if (!is_set(s, SET_SCHEDULER, "credit2") &&
	    !cpupool_is_wanted(&s->settings))
		text_add(&t, " sched=%s",
			 settings_text(&s->settings, SET_SCHEDULER));
	if (!is_set(s, SET_TIMER_SLOP, "50000"))
		text_add(&t, " timer_slop=%s",
			 settings_text(&s->settings, SET_TIMER_SLOP));
	if (is_set(s, SET_CNTP, "native"))
		text_add(&t, " vcntp=native");
	add_given(&t, s, SET_XEN_OPTIONS);
	return text_end(&t);
}

static int make_append(struct scenario *s)
{
	struct text t = { s->append, sizeof(s->append), 0 };

	text_add(&t, "nokaslr loglevel=4 panic=-1 console=%s",
		 s->machine == VM_XEN ? "hvc0" : "ttyAMA0");
	if (s->machine == VM_NATIVE_VHE)
		text_add(&t, " kvm-arm.mode=none");
	if (s->machine == VM_NATIVE_ACPI)
		text_add(&t, " acpi=force");
	add_given(&t, s, SET_KERNEL_OPTIONS);
	return text_end(&t);
}

int scenario_make(struct scenario *s, const char *name,
		  const struct settings *settings)
{
	const char *xen_append = NULL;
	size_t i;
	int error;

	memset(s, 0, sizeof(*s));
	snprintf(s->name, sizeof(s->name), "%s", name);
	s->what = "";
	s->settings = *settings;
	for (i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (is_set(s, SET_MACHINE, machines[i].word) &&
		    is_set(s, SET_DOMAIN, machines[i].domain)) {
			s->machine = machines[i].machine;
			s->memory_mb = machines[i].memory_mb;
			xen_append = machines[i].xen_append;
		}
	s->domu = s->machine == VM_XEN && is_set(s, SET_DOMAIN, "domu");
	s->icount_shift = settings_number(settings, SET_ICOUNT_SHIFT);
	error = make_append(s);
	if (!error && xen_append)
		error = make_xen_append(s, xen_append);
	return error;
}

/* Parse "NAME=VALUE NAME=VALUE" of the table above. */
static int read_settings(struct settings *settings, const char *text)
{
	char copy[256], message[512], *word, *rest, *value;
	int error = 0;

	settings_begin(settings);
	snprintf(copy, sizeof(copy), "%s", text);
	for (rest = copy; !error && (word = strsep(&rest, " ")); ) {
		value = strchr(word, '=');
		*value++ = '\0';
		error = settings_set(settings, setting_find(word), value, "",
				     RANK_DEFAULTS, message);
	}
	return error ? error : settings_complete(settings, message);
}

int scenario_find(struct scenario *s, const char *name)
{
	const struct scenario_name *n;
	struct settings settings;
	int error;

	for (n = scenario_names; n->name; n++)
		if (!strcmp(n->name, name))
			break;
	if (!n->name)
		return -ENOENT;
	error = read_settings(&settings, n->settings);
	if (!error)
		error = scenario_make(s, name, &settings);
	s->what = n->what;
	return error;
}
